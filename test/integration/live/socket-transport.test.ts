import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createSocketTransport, liveUrl } from '../../../src/live/socket-transport.ts';
import type { LiveTransport, TransportClose } from '../../../src/live/transport.ts';
import { systemClock } from '../../../src/types/clock.ts';

interface Peer {
  readonly url: string;
  /** The first socket that was accepted, and what it asked for. */
  readonly accepted: Promise<{ socket: WebSocket; request: IncomingMessage }>;
}

async function startPeer(): Promise<Peer> {
  const server = createServer((_, response) => response.writeHead(418).end());
  const sockets = new WebSocketServer({ server });
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    server.close();
  });
  const accepted = new Promise<{ socket: WebSocket; request: IncomingMessage }>((resolve) =>
    sockets.once('connection', (socket, request) => resolve({ socket, request })),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, accepted };
}

function dial(baseUrl: string): {
  transport: LiveTransport;
  opened: Promise<void>;
  closed: Promise<TransportClose>;
  frames: (string | Uint8Array)[];
  counts: Map<string, number>;
} {
  const opened = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<TransportClose>();
  const frames: (string | Uint8Array)[] = [];
  const counts = new Map<string, number>();
  const transport = createSocketTransport({
    endpoint: { apiKey: 'the-key', baseUrl, model: 'm' },
    version: 'v1beta',
    clock: systemClock,
    count: (name, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by),
    on: {
      open: opened.resolve,
      message: (frame) => void frames.push(frame),
      drained: () => undefined,
      closed: closed.resolve,
    },
  });
  onTestFinished(() => transport.terminate());
  return { transport, opened: opened.promise, closed: closed.promise, frames, counts };
}

test('the key travels in a header, never in the address, and nothing is compressed', async () => {
  const peer = await startPeer();
  dial(`${peer.url}/proxy/`);
  const { request } = await peer.accepted;
  expect(request.headers['x-goog-api-key']).toBe('the-key');
  expect(request.url).toBe('/proxy/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent');
  expect(request.headers['sec-websocket-extensions']).toBeUndefined();
});

test('without a base it is Google, over TLS', () => {
  expect(liveUrl(null)).toBe(
    'wss://generativelanguage.googleapis.com/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent',
  );
});

test('a close tells its code and reason, once', async () => {
  const peer = await startPeer();
  const { closed, transport, opened } = dial(peer.url);
  const { socket } = await peer.accepted;
  await opened;
  socket.close(1007, 'Request contains an invalid argument.');
  expect(await closed).toEqual({ code: 1007, reason: 'Request contains an invalid argument.', httpStatus: null });
  transport.send('{}', 'control');
  transport.close();
  transport.terminate();
});

test('nobody there, and somebody who answers with something else', async () => {
  const peer = await startPeer();
  expect(await dial('http://127.0.0.1:1').closed).toMatchObject({ code: 1006, httpStatus: null });
  const server = createServer().on('upgrade', (_, socket) =>
    socket.end('HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n'),
  );
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await dial(`http://127.0.0.1:${port}`).closed).toMatchObject({ code: 1006, httpStatus: 403 });
  expect(peer.url).toContain('127.0.0.1');
});

test('a message larger than any answer ends the connection instead of filling the memory', async () => {
  const peer = await startPeer();
  const { closed, frames } = dial(peer.url);
  const { socket } = await peer.accepted;
  socket.send('x'.repeat(9 * 1024 * 1024));
  expect(await closed).toMatchObject({ code: 1006 });
  expect(frames).toEqual([]);
});

test('on a line that does not move the oldest audio goes, and no control message ever does', async () => {
  const peer = await startPeer();
  const { transport, opened, counts, closed } = dial(peer.url);
  const { socket } = await peer.accepted;
  await opened;
  socket.pause();
  const received: string[] = [];
  socket.on('message', (data) => received.push(data.toString().slice(0, 12)));
  const sent = 40_000;
  for (let i = 0; i < sent; i++) {
    transport.send(`a${String(i).padStart(10, '0')} ${'x'.repeat(1_000)}`, 'audio');
    if (i % 1_000 === 0) transport.send(`c${String(i).padStart(10, '0')} `, 'control');
  }
  expect(counts.get('live_send_queue_dropped_total')).toBeGreaterThan(30_000);
  transport.close();
  socket.resume();
  await closed;
  const control = received.filter((it) => it.startsWith('c'));
  expect(control).toHaveLength(40);
  expect(received.at(-1)).toBe(`a${String(sent - 1).padStart(10, '0')} `);
  expect(received).toEqual(received.toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1)) || (a < b ? -1 : 1)));
});
