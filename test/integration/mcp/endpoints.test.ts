import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { freePort, serveEverything } from './everything-server.ts';
import { startHost } from './hosted.ts';

test.each([
  ['streamableHttp', 'mcp', {}],
  ['sse', 'sse', { type: 'sse' }],
] as const)('the reference server can be used at an address: %s', async (kind, path, more) => {
  const port = await freePort();
  await using _server = await serveEverything(kind, port);
  await using it = await startHost({ remote: { url: `http://127.0.0.1:${port}/${path}`, ...more } });
  await expect.poll(() => it.host.tools().length).toBeGreaterThan(5);
  expect(await it.call('remote__get_sum', { a: 19, b: 23 })).toMatch(/42/);
  const cancelling = new AbortController();
  const call = it.call('remote__trigger_long_running_operation', { duration: 600, steps: 2 }, cancelling.signal);
  cancelling.abort();
  await expect(call).rejects.toThrow('it was cancelled');
});

test('a server at an address that goes is noticed at the latest when it is called, and found again when it is back', async () => {
  const port = await freePort();
  await using first = await serveEverything('streamableHttp', port);
  await using it = await startHost({ remote: { url: `http://127.0.0.1:${port}/mcp` } });
  await expect.poll(() => it.host.tools().length).toBeGreaterThan(5);
  const echo = it.tool('remote__echo');
  await first.end();
  await expect(it.call('remote__echo', { message: 'x' })).rejects.toThrow(
    /its server (cannot be reached|is not running) just now/,
  );
  await expect.poll(() => echo.unavailable).toMatchObject({ why: 'serverDown', server: 'remote' });
  await using _second = await serveEverything('streamableHttp', port);
  await expect.poll(() => echo.unavailable, { timeout: 20_000 }).toBeNull();
  expect(await it.call('remote__echo', { message: 'back' })).toMatch('back');
});

test('a server that forgot the session is connected with anew', async () => {
  const port = await freePort();
  await using first = await serveEverything('streamableHttp', port);
  await using it = await startHost({ remote: { url: `http://127.0.0.1:${port}/mcp` } });
  await expect.poll(() => it.host.tools().length).toBeGreaterThan(5);
  await first.end();
  await using _second = await serveEverything('streamableHttp', port);
  await expect
    .poll(() => it.call('remote__echo', { message: 'again' }).catch(String), { timeout: 20_000 })
    .toMatch('again');
});

test('a server at an address is told when it is over', async () => {
  const port = await freePort();
  await using server = await serveEverything('streamableHttp', port);
  const it = await startHost({ remote: { url: `http://127.0.0.1:${port}/mcp` } });
  await expect.poll(() => it.host.tools().length).toBeGreaterThan(5);
  await it.host.close();
  await expect.poll(() => server.wrote).toContain('Received session termination request');
});

async function serve(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/mcp`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

test('headers are sent, and are in no log, also when the server repeats them', async () => {
  const seen: unknown[] = [];
  await using server = await serve((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(401).end(`who is ${request.headers.authorization}?`);
  });
  await using it = await startHost({ remote: { url: server.url, headers: { Authorization: 'Bearer of-a-secret' } } });
  await expect.poll(() => it.log.messages('warn')).toEqual(['an MCP server is not running; trying again']);
  expect(seen[0]).toBe('Bearer of-a-secret');
  expect(it.log.lines.at(-1)?.fields).toMatchObject({ reason: expect.stringContaining('who is [redacted]?') });
  expect(JSON.stringify(it.log.lines)).not.toContain('of-a-secret');
});

test('an answer without an end is not waited for', async () => {
  await using server = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = (): void => {
      while (!response.destroyed && response.write(' '.repeat(65_536)));
    };
    response.on('drain', more);
    more();
  });
  await using it = await startHost({ remote: { url: server.url } });
  await expect.poll(() => it.log.messages('warn')).toHaveLength(1);
  expect(it.log.lines.at(-1)?.fields).toMatchObject({ reason: expect.stringContaining('too large') });
});

test('a server that takes the call and says nothing holds up nobody', async () => {
  await using server = await serve(() => undefined);
  const it = await startHost({ remote: { url: server.url } });
  expect(it.host.tools()).toEqual([]);
  await it.host.close();
  expect(it.log.messages('warn')).toEqual([]);
});
