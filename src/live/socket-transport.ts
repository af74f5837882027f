/**
 * The transport over a WebSocket (reference/live-api.md §1). The key travels in a header: URLs end up in logs.
 */
import type { IncomingMessage } from 'node:http';
import { type RawData, WebSocket } from 'ws';
import { enqueue, type QueuedFrame } from './send-queue.ts';
import type { ApiVersion, ConnectOptions, FrameKind, LiveTransport } from './transport.ts';

const GOOGLE = 'https://generativelanguage.googleapis.com';
const path = (version: ApiVersion): string =>
  `/ws/google.ai.generativelanguage.${version}.GenerativeService.BidiGenerateContent`;

/** TCP, TLS and upgrade; the session counts the answer to `setup` in. */
export const HANDSHAKE_MS = 10_000;
/** Ten minutes of audio in one message would be 38 MB; the largest seen are 40 KB. */
const MOST_MESSAGE_BYTES = 8 * 1024 * 1024;
/** Handed to the socket before frames wait here: about 1.4 s of audio, more than any healthy line holds back. */
const MOST_BUFFERED_BYTES = 64 * 1024;

export function createSocketTransport(options: ConnectOptions): LiveTransport {
  return new SocketTransport(options);
}

/** `http(s)` base of the service, with or without a path, as the address of its Live socket. */
export function liveUrl(baseUrl: string | null, version: ApiVersion = 'v1beta'): string {
  const url = new URL(baseUrl ?? GOOGLE);
  url.protocol = url.protocol === 'http:' || url.protocol === 'ws:' ? 'ws:' : 'wss:';
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${path(version)}`;
  return url.href;
}

class SocketTransport implements LiveTransport {
  readonly #options: ConnectOptions;
  readonly #socket: WebSocket;
  readonly #waiting: QueuedFrame[] = [];
  #httpStatus: number | null = null;
  #closed = false;

  constructor(options: ConnectOptions) {
    this.#options = options;
    // Compressing base64 of noise costs CPU for nothing.
    this.#socket = new WebSocket(liveUrl(options.endpoint.baseUrl, options.version), {
      headers: { 'x-goog-api-key': options.endpoint.apiKey },
      handshakeTimeout: HANDSHAKE_MS,
      perMessageDeflate: false,
      maxPayload: MOST_MESSAGE_BYTES,
      followRedirects: false,
    });
    this.#socket.on('open', () => options.on.open());
    this.#socket.on('message', (data) => options.on.message(bytesOf(data)));
    this.#socket.on('unexpected-response', (_request, response) => this.#refused(response));
    // `close` follows every error.
    this.#socket.on('error', () => options.count('live_socket_errors_total'));
    this.#socket.on('close', (code, reason) => this.#ended(code, reason.toString()));
  }

  send(frame: string, kind: FrameKind): void {
    if (this.#socket.readyState !== WebSocket.OPEN) {
      this.#options.count('live_frames_after_close_total');
      return;
    }
    const dropped = enqueue(this.#waiting, { frame, kind });
    if (dropped > 0) this.#options.count('live_send_queue_dropped_total', dropped);
    this.#flush();
  }

  get queued(): number {
    return this.#socket.bufferedAmount + this.#waiting.reduce((sum, { frame }) => sum + frame.length, 0);
  }

  close(): void {
    this.#flush({ everything: true });
    this.#socket.close(1000);
  }

  terminate(): void {
    this.#socket.terminate();
  }

  /** Called again whenever the socket has written something. */
  #flush({ everything = false } = {}): void {
    while (this.#socket.readyState === WebSocket.OPEN) {
      if (!everything && this.#socket.bufferedAmount >= MOST_BUFFERED_BYTES) return;
      const next = this.#waiting.shift();
      if (!next) return;
      this.#socket.send(next.frame, (error) => {
        if (error) return;
        this.#flush();
        if (this.#waiting.length === 0) this.#options.on.drained();
      });
    }
  }

  /** ws waits for whoever listens here to end the request. */
  #refused(response: IncomingMessage): void {
    this.#httpStatus = response.statusCode ?? 0;
    response.resume();
    this.#socket.terminate();
  }

  #ended(code: number, reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#waiting.length = 0;
    this.#options.on.closed({ code, reason, httpStatus: this.#httpStatus });
  }
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
