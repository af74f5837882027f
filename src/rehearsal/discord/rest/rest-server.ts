/**
 * The REST side of the loopback Discord: token, rate limits, routes, errors; and the CDN on the same host.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DiscordHappening, DiscordViolationRule } from '../discord-event.ts';
import { type ApiResponse, apiErrors, type FileResponse } from './api-response.ts';
import { createRateLimits } from './rate-limits.ts';
import { BodyError, readBody } from './request.ts';
import type { ApiDeps, Route } from './route.ts';
import { applicationRoutes } from './routes/application-routes.ts';
import { channelRoutes } from './routes/channel-routes.ts';
import { guildRoutes } from './routes/guild-routes.ts';
import { interactionRoutes } from './routes/interaction-routes.ts';
import { messageRoutes } from './routes/message-routes.ts';
import { threadRoutes } from './routes/thread-routes.ts';

/** What REST does wrong on purpose. */
export interface RestFaults {
  /** Answers come so much later, ms. */
  delayMs: number;
  /** Every request is answered with this status; null: as it should be. */
  failWith: number | null;
}

export interface RestServerOptions {
  readonly deps: ApiDeps;
  readonly token: () => string;
  readonly faults: RestFaults;
  readonly rateLimited: boolean;
  readonly now: () => number;
  readonly tell: (happening: DiscordHappening) => void;
  readonly violation: (rule: DiscordViolationRule, detail: string) => void;
}

export type RestHandler = (request: IncomingMessage, response: ServerResponse) => void;

const ROUTES: readonly Route[] = [
  ...applicationRoutes,
  ...interactionRoutes,
  ...channelRoutes,
  ...messageRoutes,
  ...threadRoutes,
  ...guildRoutes,
];
/** Under which discord.js, told a base of its own, asks: `/api/v10/…`. */
const API_PREFIX = /^\/api\/v10(?=\/)/;

export function createRestHandler(options: RestServerOptions): RestHandler {
  const { deps, token, faults, now, tell, violation } = options;
  const limits = createRateLimits();

  const unknown = (method: string, path: string): ApiResponse => {
    violation('unknown-route', `${method} ${path}`);
    return ROUTES.some((one) => one.path.test(path)) ? apiErrors.methodNotAllowed : apiErrors.notFound;
  };

  const answer = async (
    message: IncomingMessage,
    method: string,
    path: string,
    query: URLSearchParams,
  ): Promise<ApiResponse | FileResponse> => {
    const route = ROUTES.find((one) => one.method === method && one.path.test(path));
    const authorized = message.headers.authorization === `Bot ${token()}`;
    if (!authorized && !route?.open) return apiErrors.unauthorized;
    if (options.rateLimited) {
      const verdict = limits.take(method, path, now());
      if (!verdict.allowed) {
        tell({ type: 'rateLimited', method, path });
        const body = {
          message: 'You are being rate limited.',
          retry_after: verdict.retryAfterMs / 1_000,
          global: verdict.global,
        };
        return { status: 429, body, headers: verdict.headers };
      }
      const answered = route ? await handle(message, route, { method, path, query }) : unknown(method, path);
      return 'file' in answered ? answered : { ...answered, headers: verdict.headers };
    }
    return route ? handle(message, route, { method, path, query }) : unknown(method, path);
  };

  const handle = async (
    message: IncomingMessage,
    route: Route,
    at: { readonly method: string; readonly path: string; readonly query: URLSearchParams },
  ): Promise<ApiResponse | FileResponse> => {
    try {
      const params = (route.path.exec(at.path) ?? []).slice(1);
      return route.handle({ ...at, ...(await readBody(message)), params }, deps);
    } catch (error) {
      if (!(error instanceof BodyError)) throw error;
      violation('invalid-form', `${at.method} ${at.path}: ${error.fault}`);
      return error.fault === 'too-large' ? apiErrors.tooLarge : apiErrors.notJson;
    }
  };

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(message.url ?? '/', 'http://localhost');
    const method = message.method ?? 'GET';
    const file = method === 'GET' ? deps.files.find(pathname, searchParams) : undefined;
    if (file) return send(response, { status: 200, file });
    const path = decoded(pathname.replace(API_PREFIX, ''));
    if (faults.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, faults.delayMs));
    const answered: ApiResponse | FileResponse =
      faults.failWith === null
        ? await answer(message, method, path, searchParams)
        : { status: faults.failWith, body: { message: 'Internal Server Error', code: 0 } };
    send(response, answered);
    tell({ type: 'request', method, path, status: answered.status });
  };

  return (message, response) => {
    serve(message, response).catch((error: unknown) => {
      violation('unknown-route', `${message.method} ${message.url} broke the loopback: ${String(error)}`);
      send(response, { status: 500, body: { message: 'Internal Server Error', code: 0 } });
    });
  };
}

/** As it is when it cannot be decoded: then it fits no route. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function send(response: ServerResponse, answered: ApiResponse | FileResponse): void {
  if (response.headersSent) return;
  if ('file' in answered) {
    const { bytes, contentType } = answered.file;
    response.writeHead(200, { 'content-type': contentType, 'content-length': bytes.length }).end(bytes);
    return;
  }
  const { status, body, headers = {} } = answered;
  if (body === null) response.writeHead(status, headers).end();
  else response.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(body));
}
