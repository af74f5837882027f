/**
 * A listener on the Live wire: the bot dials it instead of the service, it hands every frame on as it is, both ways, and tells what
 * passed. The same evidence is had of the loopback and of Google's service, and from outside of both.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import type { LiveWireEvent, LiveWireHappening } from './live-wire-event.ts';
import { readClientFrame, readServerFrame } from './read-frames.ts';

export interface LiveTap {
  /** For GEMINI_BASE_URL. */
  readonly url: string;
  close(): Promise<void>;
}

export interface LiveTapOptions {
  /** http(s) base of the service. */
  readonly upstream: string;
  readonly now: () => number;
  readonly on: (event: LiveWireEvent) => void;
}

/** Codes that a close frame may not carry (RFC 6455 §7.4.1): they tell of a connection that was cut. */
const UNSENDABLE: ReadonlySet<number> = new Set([1004, 1005, 1006, 1015]);
/** Headers that are the connection's own, or that the next hop makes anew. */
const HOP_HEADERS = /^(host|connection|upgrade|sec-websocket-.*)$/;
/** Frames kept until the service has answered the handshake: setup, and nothing else from a bot in good order. */
const MOST_WAITING = 100;
const MAX_MESSAGE = 16 * 2 ** 20;
const BAD_GATEWAY = 502;

export async function openLiveTap({ upstream, now, on }: LiveTapOptions): Promise<LiveTap> {
  const server = createServer((_, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE, perMessageDeflate: false });
  const open = new Set<WebSocket>();
  const tell = (happening: LiveWireHappening): void => on({ at: now(), ...happening });

  server.on('upgrade', (request, socket, head) => {
    const service = dial(upstream, request);
    open.add(service);
    service.once('close', () => open.delete(service));
    // Until the bot's side is there, a refusal of the service is the refusal of the handshake; from then on the two are joined.
    const refused = (): void => refuse(socket, BAD_GATEWAY);
    const hungUp = (): void => service.terminate();
    service.once('unexpected-response', (_, response) => refuse(socket, response.statusCode ?? BAD_GATEWAY));
    service.on('error', refused);
    socket.once('close', hungUp);
    service.once('open', () => {
      service.off('error', refused);
      socket.off('close', hungUp);
      sockets.handleUpgrade(request, socket, head, (bot) => {
        open.add(bot);
        bot.once('close', () => open.delete(bot));
        join(bot, service, tell);
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    for (const socket of open) socket.terminate();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      closing ??= close();
      return closing;
    },
  };
}

function dial(upstream: string, request: IncomingMessage): WebSocket {
  const asked = new URL(request.url ?? '/', 'http://localhost');
  const target = new URL(upstream);
  target.protocol = target.protocol === 'http:' ? 'ws:' : 'wss:';
  target.pathname = `${target.pathname.replace(/\/+$/, '')}${asked.pathname}`;
  target.search = asked.search;
  const kept = Object.entries(request.headers).filter(([name]) => !HOP_HEADERS.test(name));
  const headers = Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
  return new WebSocket(target, { headers, perMessageDeflate: false, maxPayload: MAX_MESSAGE });
}

function refuse(socket: Duplex, status: number): void {
  // Whoever asked may be gone: there is nobody left to refuse then.
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function join(bot: WebSocket, service: WebSocket, tell: (happening: LiveWireHappening) => void): void {
  let told = false;
  const ended = (code: number, reason: string, by: 'bot' | 'service'): void => {
    if (!told) tell({ type: 'closed', code, reason, by });
    told = true;
  };
  relay(bot, service, readClientFrame, tell);
  relay(service, bot, readServerFrame, tell);
  bot.on('close', (code, reason) => {
    ended(code, reason.toString(), 'bot');
    closeLike(service, code, reason);
  });
  service.on('close', (code, reason) => {
    ended(code, reason.toString(), 'service');
    closeLike(bot, code, reason);
  });
  // Its closing is what is told.
  for (const socket of [bot, service]) socket.on('error', () => socket.terminate());
}

function relay(
  from: WebSocket,
  to: WebSocket,
  read: (text: string) => LiveWireHappening[],
  tell: (happening: LiveWireHappening) => void,
): void {
  const waiting: (() => void)[] = [];
  const flush = (): void => {
    for (const send of waiting.splice(0)) send();
  };
  if (to.readyState === WebSocket.CONNECTING) to.once('open', flush);
  from.on('message', (data, binary) => {
    const send = (): void => to.send(data, { binary });
    if (to.readyState === WebSocket.OPEN) send();
    else if (to.readyState === WebSocket.CONNECTING && waiting.length < MOST_WAITING) waiting.push(send);
    for (const happening of read(textOf(data))) tell(happening);
  });
}

function closeLike(socket: WebSocket, code: number, reason: Buffer): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  if (UNSENDABLE.has(code)) socket.terminate();
  else socket.close(code, reason);
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.from(data as Buffer).toString('utf8');
}
