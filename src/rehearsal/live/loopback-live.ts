/**
 * The loopback Live: a WebSocket server that speaks BidiGenerateContent as strictly as Google's (live-api.md).
 *
 * A stand-in, not Gemini: it understands nothing, but tells from the audio itself what it heard. What Google's service refuses closes
 * the socket with its code and reason; what that tolerates, and nobody should do, is a violation.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { createSpeechThread } from '../speech/speech-thread.ts';
import { type Connection, type ConnectionDeps, serveConnection } from './connection.ts';
import { readHandshake } from './handshake.ts';
import { createLiveControl, type LoopbackLiveControl } from './live-control.ts';
import type { LiveWindow, LoopbackLiveEvent, Violation } from './live-event.ts';
import { defaultLiveOptions, type LiveOptions } from './live-options.ts';
import { createLiveScript } from './live-script.ts';
import { LIVE_LABEL } from './respond.ts';
import { createHandles } from './resumption.ts';
import { createWindowLog } from './window-log.ts';

export type LoopbackLiveOptions = LiveOptions;

export interface LoopbackLive {
  /** `http://127.0.0.1:PORT`, for GEMINI_BASE_URL. */
  readonly url: string;
  /** What it is called wherever its words are shown. */
  readonly label: string;
  readonly violations: readonly Violation[];
  readonly windows: readonly LiveWindow[];
  readonly openSockets: number;
  /** Every setup that was taken, as it came. */
  readonly setups: readonly unknown[];
  readonly control: LoopbackLiveControl;
  /** Returns what ends the listening. */
  on(listener: (event: LoopbackLiveEvent) => void): () => void;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Violations kept: a client that does everything wrong does it 50 times a second. */
const MOST_VIOLATIONS = 10_000;
/** A client message: a minute of audio in base64, and much more than the service is known to take. */
const MAX_MESSAGE = 10 * 2 ** 20;
/** Silence that makes the recogniser prepare itself before the first question comes. */
const WARM_UP = new Int16Array(1600);

export async function startLoopbackLive(given: Partial<LoopbackLiveOptions> = {}): Promise<LoopbackLive> {
  const options: LiveOptions = { ...defaultLiveOptions(), ...given };
  // Its thread starts with the first task: one that is never asked costs nothing.
  const ownSpeech = createSpeechThread();
  const speech = options.speech ?? ownSpeech;
  const script = createLiveScript(options.interruptedDelayMs);
  const windows = createWindowLog(options.keptAudioMs);
  const listeners = new Set<(event: LoopbackLiveEvent) => void>();
  const connections = new Map<number, Connection>();
  const violations: Violation[] = [];
  const setups: unknown[] = [];
  let sessions = 0;

  function tell(event: LoopbackLiveEvent): void {
    if (event.type === 'setup') setups.push(event.setup);
    if (event.type === 'closed') connections.delete(event.connection);
    for (const listener of listeners) listener(event);
  }

  const deps: ConnectionDeps = {
    options,
    script,
    speech,
    windows,
    handles: createHandles(options.handleLifetimeMs),
    nextSessionName: () => `session-${++sessions}`,
    tell,
    violation(session, rule, detail, connection) {
      const violation = { at: options.clock.now(), session, rule, detail };
      if (violations.length < MOST_VIOLATIONS) violations.push(violation);
      tell({ type: 'violation', at: violation.at, connection, session, violation });
    },
  };
  const server = createServer((_, response) => response.writeHead(404).end());
  acceptSockets(server, deps, connections);
  await listen(server);
  // Its failure is the first question's failure too, and told there.
  if (options.speech === null) ownSpeech.recognise(WARM_UP).catch(() => {});

  let closing: Promise<void> | null = null;
  async function stop(): Promise<void> {
    const gone = [...connections.values()].map((connection) => connection.gone);
    for (const connection of connections.values()) connection.terminate();
    server.closeAllConnections();
    await Promise.all([new Promise((resolve) => server.close(resolve)), ownSpeech.close(), ...gone]);
  }
  function close(): Promise<void> {
    closing ??= stop();
    return closing;
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    label: LIVE_LABEL,
    violations,
    windows: windows.windows,
    setups,
    get openSockets() {
      return connections.size;
    },
    control: createLiveControl(script, () => [...connections.values()]),
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function acceptSockets(server: Server, deps: ConnectionDeps, connections: Map<number, Connection>): void {
  const { options, script } = deps;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE });
  let accepted = 0;
  server.on('upgrade', (request, socket, head) => {
    const handshake = readHandshake(request, options.apiKeys);
    if (script.refuseSockets !== null) return refuse(socket, script.refuseSockets);
    if (handshake === null) return refuse(socket, 404);
    sockets.handleUpgrade(request, socket, head, (ws) => {
      const connection = serveConnection(ws, { number: ++accepted, ...handshake }, deps);
      connections.set(connection.number, connection);
    });
  });
}

function refuse(socket: Duplex, status: number): void {
  // The client may be gone before it reads the answer; that it was refused is all there was to say.
  socket.on('error', () => {});
  // A client that keeps its own side open would hold the server open.
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
