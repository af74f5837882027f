/** A bare voice gateway client, for what the real library never does. */
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

export interface RawClient {
  /** Every JSON message so far. */
  readonly messages: { readonly op: number; readonly d: unknown; readonly seq?: number }[];
  send(op: number, d: unknown): void;
  sendText(text: string): void;
  sendBinary(bytes: Buffer): void;
  /** The close code, once the server has closed. */
  readonly closed: Promise<number>;
  close(code: number): void;
}

export async function connectRaw(endpoint: string, version = 8): Promise<RawClient> {
  const ws = new WebSocket(`wss://${endpoint}?v=${version}`);
  const messages: RawClient['messages'] = [];
  ws.on('message', (data, isBinary) => {
    if (!isBinary) messages.push(JSON.parse(data.toString()));
  });
  ws.on('error', () => {});
  const closed = once(ws, 'close').then(([code]: number[]) => code ?? 0);
  await once(ws, 'open');
  onTestFinished(() => ws.terminate());
  return {
    messages,
    closed,
    send: (op, d) => ws.send(JSON.stringify({ op, d })),
    sendText: (text) => ws.send(text),
    sendBinary: (bytes) => ws.send(bytes),
    close: (code) => ws.close(code),
  };
}
