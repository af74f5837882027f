import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createFetchAttachment, type FetchResult } from '../../../src/chat/media/fetch-attachment.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';

const MOST_BYTES = 100_000;

async function listen(server: Server | ReturnType<typeof createSocketServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A stand-in for Discord, and a download from it; `armed` counts the timers that were set. */
async function setUp(answer: RequestListener) {
  const base = await listen(createServer(answer));
  return { base, ...download(base) };
}

function download(base: string) {
  const clock = createFakeClock();
  const timers = { armed: 0 };
  const counting = {
    now: clock.now,
    after: (ms: number, fn: () => void) => {
      timers.armed++;
      return clock.after(ms, fn);
    },
  };
  const fetchAttachment = createFetchAttachment({ clock: counting, apiUrl: `${base}/api` });
  const get = (path = '/attachments/1/2/a.png', signal?: AbortSignal): Promise<FetchResult> =>
    fetchAttachment({ url: `${base}${path}`, mostBytes: MOST_BYTES, signal });
  return { clock, timers, get };
}

/** Answers with bytes on a bare socket, so that it may lie as no HTTP library would. */
async function setUpRaw(head: string, body: string) {
  const server = createSocketServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\n${head}\r\n\r\n${body}`));
  });
  return download(await listen(server));
}

test('a file comes as it is, up to the very limit, and leaves no timer behind', async () => {
  const file = Buffer.alloc(MOST_BYTES, 'abc');
  const { get, clock } = await setUp((_, response) => response.end(file));
  const result = await get();
  expect(result.ok && Buffer.from(result.bytes).equals(file)).toBe(true);
  expect(clock.pending).toBe(0);
});

test('nothing is sent that would tell who asks: no cookies, no credentials, no referrer', async () => {
  const seen: Record<string, unknown>[] = [];
  const { get } = await setUp(({ headers }, response) => {
    seen.push(headers);
    response.writeHead(200, { 'set-cookie': 'track=1; Path=/' }).end('x');
  });
  await get();
  await get();
  expect(seen).toHaveLength(2);
  for (const headers of seen) {
    for (const name of ['cookie', 'authorization', 'referer', 'origin']) expect(headers).not.toHaveProperty(name);
  }
});

test('a file that never ends is let go at the first byte that is too much', async () => {
  let sent = 0;
  const closed = Promise.withResolvers<void>();
  const pour = (response: ServerResponse): void => {
    while (!response.destroyed && response.write(Buffer.alloc(16_384))) sent += 16_384;
    response.once('drain', () => pour(response));
  };
  const { get, clock } = await setUp((_, response) => {
    response.once('close', closed.resolve);
    pour(response);
  });
  expect(await get()).toEqual({ ok: false, reason: 'tooLarge' });
  await closed.promise;
  // What the sockets on both sides hold goes out without anybody reading it.
  expect(sent).toBeLessThan(50_000_000);
  expect(clock.pending).toBe(0);
});

test('a file that is announced as too large is not even begun', async () => {
  const closed = Promise.withResolvers<void>();
  const { get } = await setUp((_, response) => {
    response.once('close', closed.resolve);
    response.writeHead(200, { 'content-length': MOST_BYTES + 1 }).flushHeaders();
  });
  expect(await get()).toEqual({ ok: false, reason: 'tooLarge' });
  await closed.promise;
});

test('a server that lies about the length gets nothing past the limit', async () => {
  const short = await setUpRaw('Content-Length: 10', 'x'.repeat(MOST_BYTES * 2));
  const result = await short.get();
  expect(result.ok ? result.bytes.length : 0).toBeLessThanOrEqual(10);
  const long = await setUpRaw('Content-Length: 1000', 'x'.repeat(10));
  expect(await long.get()).toEqual({ ok: false, reason: 'unreachable' });
  const none = await setUpRaw('Connection: close', 'x'.repeat(MOST_BYTES + 1));
  expect(await none.get()).toEqual({ ok: false, reason: 'tooLarge' });
  const nonsense = await setUpRaw('Content-Length: -5', 'x');
  expect(await nonsense.get()).toEqual({ ok: false, reason: 'unreachable' });
});

test('a packed file counts by what is in it', async () => {
  const packed = gzipSync(Buffer.alloc(50_000_000));
  expect(packed.length).toBeLessThan(MOST_BYTES);
  const { get } = await setUp((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed));
  expect(await get()).toEqual({ ok: false, reason: 'tooLarge' });
});

test('no redirect is followed, wherever it leads', async () => {
  let calls = 0;
  const inside = await listen(
    createServer((_, response) => {
      calls++;
      response.end('secret');
    }),
  );
  const targets = [
    'http://169.254.169.254/latest/meta-data/',
    `${inside}/secret`,
    inside.replace('127.0.0.1', 'localhost'),
    '/elsewhere',
    'https://cdn.discordapp.com/attachments/1/2/a.png',
  ];
  for (const status of [301, 302, 303, 307, 308]) {
    for (const location of targets) {
      const asked: (string | undefined)[] = [];
      const { get } = await setUp(({ url }, response) => {
        asked.push(url);
        response.writeHead(status, { location }).end('moved');
      });
      expect(await get()).toEqual({ ok: false, reason: 'redirected' });
      expect(asked).toEqual(['/attachments/1/2/a.png']);
    }
  }
  expect(calls).toBe(0);
});

test('what is gone, what fails and where nobody listens are told apart', async () => {
  const { get } = await setUp(({ url }, response) => response.writeHead(Number(url?.slice(1))).end());
  for (const status of [403, 404, 410]) expect(await get(`/${status}`)).toEqual({ ok: false, reason: 'gone' });
  for (const status of [204, 206, 401, 429, 500, 503])
    expect(await get(`/${status}`)).toEqual({ ok: false, reason: 'unreachable' });
  const server = createServer();
  const base = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  expect(await download(base).get()).toEqual({ ok: false, reason: 'unreachable' });
});

test('a server that does not answer is given up after five seconds, one that stops in the middle as well', async () => {
  for (const beginning of [null, Buffer.alloc(1_000)]) {
    const asked = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<void>();
    const { get, clock, timers } = await setUp((_, response) => {
      response.once('close', closed.resolve);
      if (beginning !== null) response.write(beginning);
      asked.resolve();
    });
    const result = get();
    await asked.promise;
    // Two timers at the start, and one more for the head and for each piece that comes.
    if (beginning !== null) await vi.waitFor(() => expect(timers.armed).toBe(4));
    clock.advance(5_000);
    expect(await result).toEqual({ ok: false, reason: 'timedOut' });
    await closed.promise;
    expect(clock.pending).toBe(0);
  }
});

test('a server that keeps on giving, a little at a time, is given up after twenty seconds', async () => {
  const opened = Promise.withResolvers<ServerResponse>();
  const { get, clock, timers } = await setUp((_, response) => opened.resolve(response));
  const result = get();
  const response = await opened.promise;
  for (let second = 0; second < 20; second += 4) {
    const before = timers.armed;
    response.write('a little');
    await vi.waitFor(() => expect(timers.armed).toBeGreaterThan(before));
    clock.advance(4_000);
  }
  expect(await result).toEqual({ ok: false, reason: 'timedOut' });
  expect(clock.pending).toBe(0);
});

test('a download that is called off ends at once and closes its connection', async () => {
  const asked = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  const { get, clock } = await setUp((_, response) => {
    response.once('close', closed.resolve);
    response.write('a little');
    asked.resolve();
  });
  const abort = new AbortController();
  const result = get(undefined, abort.signal);
  await asked.promise;
  abort.abort();
  expect(await result).toEqual({ ok: false, reason: 'aborted' });
  await closed.promise;
  expect(await get(undefined, abort.signal)).toEqual({ ok: false, reason: 'aborted' });
  expect(clock.pending).toBe(0);
});
