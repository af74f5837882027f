/**
 * A TLS endpoint that speaks WebSocket: what `wss://{endpoint}?v=8` of a client reaches.
 */
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** The only gateway version with end-to-end encryption. */
const GATEWAY_VERSION = '8';

export interface TlsEndpoint {
  /** `localhost:PORT`, as VOICE_SERVER_UPDATE names it. */
  readonly name: string;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
}

export interface TlsEndpointOptions {
  /** PEM. */
  readonly key: string;
  readonly cert: string;
  /** `supported` is false when the client asked for another version than 8. */
  readonly onConnection: (ws: WebSocket, supported: boolean) => void;
}

/** Listens on a free port of 127.0.0.1. */
export async function openTlsEndpoint({ key, cert, onConnection }: TlsEndpointOptions): Promise<TlsEndpoint> {
  const https = createServer({ key, cert }, (_request, response) => {
    response.writeHead(426).end();
  });
  const websockets = new WebSocketServer({ server: https });
  websockets.on('connection', (ws, request) => {
    const query = new URL(request.url ?? '/', 'https://localhost').searchParams;
    onConnection(ws, query.get('v') === GATEWAY_VERSION);
  });
  // A client that does not trust the certificate breaks off the handshake: its fault, and its log.
  https.on('tlsClientError', () => {});
  https.listen(0, '127.0.0.1');
  await once(https, 'listening');
  const { port } = https.address() as AddressInfo;
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    for (const ws of websockets.clients) ws.terminate();
    websockets.close();
    https.close();
    https.closeAllConnections();
    await once(https, 'close');
  };
  return {
    name: `localhost:${port}`,
    close() {
      closing ??= close();
      return closing;
    },
  };
}
