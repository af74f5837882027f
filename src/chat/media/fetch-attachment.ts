/**
 * Downloads a file that somebody posted, from Discord and from nowhere else.
 *
 * The address comes out of a message, so it may be anybody's: only exact hosts over https pass, and no redirect is followed, or
 * the bot could be sent to the network it runs in. What comes is counted as it comes; what the server says of its length is only
 * believed when it is too much.
 */
import type { Clock, Timer } from '../../types/clock.ts';

/** Where Discord keeps what is posted; the second one serves the same files scaled. */
const DISCORD_HOSTS: ReadonlySet<string> = new Set(['cdn.discordapp.com', 'media.discordapp.net']);

/** A server that says nothing for so long has gone. */
const STALL_MS = 5_000;
/** For the whole file: 8 MB at 3 Mbit/s. Nobody waits longer for an answer. */
const TOTAL_MS = 20_000;

export type FetchFault =
  /** No address of Discord's. */
  | 'forbiddenHost'
  | 'redirected'
  | 'tooLarge'
  | 'timedOut'
  /** The file is not there any more, or the address has run out: addresses are good for a day. */
  | 'gone'
  /** Anything else that a server answers, and a connection that fails or ends early. */
  | 'unreachable'
  | 'aborted';

export type FetchResult =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: FetchFault };

export interface FetchRequest {
  readonly url: string;
  /** The first byte more ends it. */
  readonly mostBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/** Never rejects. */
export type FetchAttachment = (request: FetchRequest) => Promise<FetchResult>;

export interface FetchAttachmentOptions {
  readonly clock: Clock;
  /** `DISCORD_API_URL`: its scheme, host and port are allowed, too; null when it is not set. */
  readonly apiUrl: string | null;
}

export function createFetchAttachment({ clock, apiUrl }: FetchAttachmentOptions): FetchAttachment {
  const apiOrigin = apiUrl === null ? null : new URL(apiUrl).origin;
  return async ({ url, mostBytes, signal }) => {
    const address = allowedAddress(url, apiOrigin);
    if (address === null) return fail('forbiddenHost');
    if (signal?.aborted) return fail('aborted');
    const ending = createEnding(clock, signal);
    try {
      return await download(address, mostBytes, ending);
    } catch {
      return fail(ending.reason ?? 'unreachable');
    } finally {
      ending.release();
    }
  };
}

/** The parsed address, or null for one that is not to be called. @param apiOrigin that of `DISCORD_API_URL` */
export function allowedAddress(text: string, apiOrigin: string | null): URL | null {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.origin === apiOrigin) return url;
  return url.protocol === 'https:' && url.port === '' && DISCORD_HOSTS.has(url.hostname) ? url : null;
}

async function download(address: URL, mostBytes: number, ending: Ending): Promise<FetchResult> {
  // `identity`: what is packed would only be counted once it is unpacked.
  const headers = { accept: '*/*', 'accept-encoding': 'identity' };
  const response = await fetch(address, { headers, redirect: 'manual', credentials: 'omit', signal: ending.signal });
  ending.heard();
  const refusal = refusalOf(response, mostBytes);
  if (refusal !== null) ending.end(refusal);
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of response.body ?? []) {
    ending.heard();
    sizeBytes += chunk.length;
    if (sizeBytes > mostBytes) ending.end('tooLarge');
    if (ending.reason !== null) break;
    chunks.push(chunk);
  }
  return ending.reason === null ? { ok: true, bytes: new Uint8Array(Buffer.concat(chunks)) } : fail(ending.reason);
}

function refusalOf({ status, headers }: Response, mostBytes: number): FetchFault | null {
  if (status >= 300 && status < 400) return 'redirected';
  if (status === 403 || status === 404 || status === 410) return 'gone';
  if (status !== 200) return 'unreachable';
  return Number(headers.get('content-length') ?? 0) > mostBytes ? 'tooLarge' : null;
}

/** What ends a download before it is done: its connection is closed, and whoever reads from it is thrown out. */
interface Ending {
  readonly signal: AbortSignal;
  /** Why it ended; null while it goes on. */
  readonly reason: FetchFault | null;
  /** Something came: the server is still there. */
  heard(): void;
  /** Only the first reason counts. */
  end(reason: FetchFault): void;
  release(): void;
}

function createEnding(clock: Clock, asked: AbortSignal | undefined): Ending {
  const controller = new AbortController();
  let reason: FetchFault | null = null;
  const end = (why: FetchFault): void => {
    reason ??= why;
    controller.abort();
  };
  const abort = (): void => end('aborted');
  const wait = (ms: number): Timer => clock.after(ms, () => end('timedOut'));
  asked?.addEventListener('abort', abort, { once: true });
  const total = wait(TOTAL_MS);
  let stall = wait(STALL_MS);
  return {
    signal: controller.signal,
    get reason() {
      return reason;
    },
    heard() {
      stall.cancel();
      stall = wait(STALL_MS);
    },
    end,
    release() {
      asked?.removeEventListener('abort', abort);
      stall.cancel();
      total.cancel();
    },
  };
}

function fail(reason: FetchFault): FetchResult {
  return { ok: false, reason };
}
