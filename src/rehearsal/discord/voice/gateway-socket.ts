/**
 * One WebSocket of a client: JSON and binary frames out, checked messages in. It knows the framing of version 8
 * (a binary frame from the server is `u16 seq ‖ u8 op ‖ payload`, one from a client `u8 op ‖ payload`) and no meaning.
 */
import type { RawData, WebSocket } from 'ws';
import { type ClientMessage, parseClientMessage } from './client-messages.ts';
import type { NumberedMessage } from './numbered-messages.ts';
import { VoiceClose } from './voice-opcodes.ts';

export interface GatewaySocketHandlers {
  onMessage(message: ClientMessage): void;
  /** A binary frame: key packages and commits. */
  onBinary(op: number, payload: Buffer): void;
  /** The frame was refused; the socket is closing with 4001 or 4002. */
  onRefused(reason: 'unknown-opcode' | 'bad-payload', detail: string): void;
  onClosed(code: number, by: 'server' | 'client'): void;
}

export interface GatewaySocket {
  readonly open: boolean;
  /** A message without a number. */
  send(op: number, d: unknown): void;
  sendNumbered(message: NumberedMessage): void;
  close(code: number, reason: string): void;
  /** Cuts the connection without a closing handshake. */
  terminate(): void;
  /**
   * Resolves once the client has read all that was sent before: a WebSocket ping comes back in order. Also resolves
   * when the socket closes.
   */
  settle(): Promise<void>;
  /** A black hole: nothing gets in or out, the connection stays. */
  mute(muted: boolean): void;
}

function asBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

function frame(message: NumberedMessage): string | Buffer {
  if (message.kind === 'json') return JSON.stringify({ op: message.op, d: message.d, seq: message.seq });
  const head = Buffer.alloc(3);
  head.writeUInt16BE(message.seq);
  head.writeUInt8(message.op, 2);
  return Buffer.concat([head, message.payload]);
}

export function createGatewaySocket(ws: WebSocket, handlers: GatewaySocketHandlers): GatewaySocket {
  let closedHere: number | null = null;
  let muted = false;
  let waiting: (() => void)[] = [];

  const send = (data: string | Buffer): void => {
    if (!muted && ws.readyState === ws.OPEN) ws.send(data, () => {});
  };
  const close = (code: number, reason: string): void => {
    // A close frame would not get out of a black hole either.
    if (muted) return;
    closedHere ??= code;
    ws.close(code, reason);
  };
  const refuse = (reason: 'unknown-opcode' | 'bad-payload', detail: string): void => {
    handlers.onRefused(reason, detail);
    close(reason === 'unknown-opcode' ? VoiceClose.unknownOpcode : VoiceClose.badPayload, detail.slice(0, 100));
  };
  const onText = (text: string): void => {
    const parsed = parseClientMessage(text);
    if (parsed.outcome === 'message') handlers.onMessage(parsed.message);
    else if (parsed.outcome === 'unknownOpcode') refuse('unknown-opcode', `opcode ${parsed.op}`);
    else refuse('bad-payload', parsed.detail);
  };

  ws.on('error', () => {});
  ws.on('message', (data, isBinary) => {
    if (muted || closedHere !== null) return;
    const bytes = asBuffer(data);
    if (!isBinary) onText(bytes.toString('utf8'));
    else if (bytes.length > 0) handlers.onBinary(bytes.readUInt8(0), bytes.subarray(1));
    else refuse('bad-payload', 'an empty binary frame');
  });
  ws.on('pong', () => waiting.shift()?.());
  ws.on('close', (code) => {
    for (const resolve of waiting) resolve();
    waiting = [];
    handlers.onClosed(closedHere ?? code, closedHere === null ? 'client' : 'server');
  });

  return {
    get open() {
      return ws.readyState === ws.OPEN && closedHere === null;
    },
    send: (op, d) => send(JSON.stringify({ op, d })),
    sendNumbered: (message) => send(frame(message)),
    close,
    terminate() {
      closedHere ??= 1006;
      ws.terminate();
    },
    settle() {
      if (ws.readyState !== ws.OPEN) return Promise.resolve();
      return new Promise((resolve) => {
        waiting.push(resolve);
        ws.ping();
      });
    },
    mute(next) {
      muted = next;
    },
  };
}
