/**
 * Clients of the loopback Live: Google's own SDK, and a bare WebSocket for what the SDK cannot send.
 */
import { once } from 'node:events';
import { GoogleGenAI, type LiveConnectConfig, type LiveServerMessage, type Session } from '@google/genai';
import { type RawData, WebSocket } from 'ws';
import type { Closed, Received, Wire } from './wire.ts';

export interface RawClient extends Wire {
  /** What the frames looked like. */
  readonly frames: readonly { readonly text: string; readonly binary: boolean }[];
  send(message: object): void;
  sendFrame(frame: string | Buffer): void;
  close(): void;
}

export interface RawOptions {
  /** Comes before `/ws/`. */
  readonly base?: string;
  readonly version?: string;
  /** Goes into the header unless it is null. */
  readonly key?: string | null;
  /** Without the question mark. */
  readonly query?: string;
}

export interface SdkClient extends Wire {
  readonly session: Session;
}

export interface SdkOptions {
  readonly model?: string;
  readonly apiKey?: string;
  readonly apiVersion?: string;
  readonly config?: LiveConnectConfig;
}

/** The client makes the turns: what every test but those of automatic detection uses. */
export const MANUAL: LiveConnectConfig = { realtimeInputConfig: { automaticActivityDetection: { disabled: true } } };

function watch(ws: WebSocket): { closed: Closed | null } {
  const watched: { closed: Closed | null } = { closed: null };
  ws.on('error', () => {});
  ws.once('close', (code, reason) => {
    watched.closed = { code, reason: reason.toString() };
  });
  return watched;
}

/** @param now the time that messages are noted with. */
export async function connectRaw(url: string, now: () => number, options: RawOptions = {}): Promise<RawClient> {
  const { base = '', version = 'v1beta', key = 'a-key', query = '' } = options;
  const method = `ws/google.ai.generativelanguage.${version}.GenerativeService.BidiGenerateContent`;
  const headers = key === null ? {} : { 'x-goog-api-key': key };
  const address = `${url.replace('http', 'ws')}${base}/${method}${query === '' ? '' : `?${query}`}`;
  const ws = new WebSocket(address, { headers });
  const watched = watch(ws);
  const received: Received[] = [];
  const frames: { text: string; binary: boolean }[] = [];
  ws.on('message', (data: RawData, binary) => {
    const text = data.toString();
    frames.push({ text, binary });
    const message = parse(text);
    if (message !== null) received.push({ at: now(), message });
  });
  await once(ws, 'open');
  return {
    ws,
    received,
    frames,
    get closed() {
      return watched.closed;
    },
    send: (message) => ws.send(JSON.stringify(message)),
    sendFrame: (frame) => ws.send(frame),
    close: () => ws.close(),
  };
}

function parse(text: string): LiveServerMessage | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Connects as an application would; resolves once setup is complete. */
export async function connectSdk(url: string, now: () => number, options: SdkOptions = {}): Promise<SdkClient> {
  const { model = 'gemini-3.8-live', apiKey = 'a-key', apiVersion = 'v1beta', config = MANUAL } = options;
  const received: Received[] = [];
  const ai = new GoogleGenAI({ apiKey, apiVersion, httpOptions: { baseUrl: url } });
  const session = await ai.live.connect({
    model,
    config,
    callbacks: { onmessage: (message) => void received.push({ at: now(), message }) },
  });
  const ws = socketOf(session);
  const watched = watch(ws);
  return {
    ws,
    session,
    received,
    get closed() {
      return watched.closed;
    },
  };
}

/** The SDK's own socket, which it does not show: only with its pings can a test tell that everything has arrived. */
function socketOf(session: Session): WebSocket {
  const { ws } = session.conn as unknown as { ws: unknown };
  if (!isSocket(ws)) throw new Error('the SDK keeps its socket elsewhere');
  return ws;
}

function isSocket(value: unknown): value is WebSocket {
  return typeof value === 'object' && value !== null && 'ping' in value && 'readyState' in value;
}
