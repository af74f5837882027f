/**
 * `/healthz` and `/readyz` for whoever supervises the process: "is it alive" and "can it take work" are different questions,
 * and only the first one should ever lead to a restart.
 */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Log } from '../types/log.ts';

export interface HealthServerOptions {
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** Null when work can be taken, else why not, in a word or two. */
  readonly notReady: () => string | null;
  readonly log: Log;
}

export interface HealthServer {
  /** The port it listens on; null when it could not listen at all. */
  readonly port: number | null;
  close(): Promise<void>;
}

/** Longest that a request may take to arrive, ms: nobody sends more than a line here. */
const REQUEST_TIMEOUT_MS = 5_000;

/** Starts listening. A port that is taken is no reason not to talk: it is logged, and the bot runs without. */
export async function startHealthServer(options: HealthServerOptions): Promise<HealthServer> {
  const timeouts = { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS };
  const server = createServer(timeouts, (request, response) => {
    send(response, answer(request.method ?? '', request.url ?? '', options.notReady));
  });
  const port = await listen(server, options);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, { host, port, log }: HealthServerOptions): Promise<number | null> {
  return new Promise((resolve) => {
    let listening = false;
    server.on('error', (error) => {
      log.warn({ err: error, host, port }, 'health checks are not available: the HTTP port cannot be used');
      if (!listening) resolve(null);
    });
    server.listen(port, host, () => {
      listening = true;
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : null);
    });
  });
}

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, string>>;
}

function answer(method: string, url: string, notReady: () => string | null): Answer {
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, body: { error: 'only GET' } };
  const path = url.split('?')[0];
  // That this line runs is the proof that the event loop turns.
  if (path === '/healthz') return { status: 200, body: { status: 'alive' } };
  if (path !== '/readyz') return { status: 404, body: { error: 'there are /healthz and /readyz' } };
  const reason = notReady();
  return reason === null
    ? { status: 200, body: { status: 'ready' } }
    : { status: 503, body: { status: 'not ready', reason } };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify(body)}\n`);
}
