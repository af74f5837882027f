/**
 * Where REST, CDN and gateway are: one port of this machine.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { RestHandler } from './rest/rest-server.ts';

export interface Endpoint {
  readonly port: number;
  /** Cuts every connection and listens no more. */
  close(): Promise<void>;
}

export interface EndpointOptions {
  /** 0 for a free one. */
  readonly port: number;
  readonly rest: RestHandler;
  /** A connection to the gateway, and the version that it asks for. */
  readonly gateway: (ws: WebSocket, version: string | null) => void;
}

export async function openEndpoint({ port, rest, gateway }: EndpointOptions): Promise<Endpoint> {
  const server = createServer(rest);
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    sockets.handleUpgrade(request, socket, head, (ws) => gateway(ws, searchParams.get('v')));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
