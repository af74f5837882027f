/**
 * Discord's rate limits, as buckets with the headers that bots steer by (Discord, "Rate Limits").
 *
 * The numbers are those that bots see on the real service; Discord publishes only that they may change.
 */
import { createHash } from 'node:crypto';

export interface RateRule {
  readonly limit: number;
  readonly perMs: number;
}

/** What is not listed has this one, which no honest bot reaches. */
const GENEROUS: RateRule = { limit: 100, perMs: 10_000 };
/** All routes together but those of interactions (Discord, "Global Rate Limit"). */
const GLOBAL: RateRule = { limit: 50, perMs: 1_000 };

const RULES: readonly { readonly method: string; readonly path: RegExp; readonly rule: RateRule }[] = [
  { method: 'POST', path: /^\/channels\/\d+\/messages$/, rule: { limit: 5, perMs: 5_000 } },
  { method: 'PATCH', path: /^\/channels\/\d+\/messages\/\d+$/, rule: { limit: 5, perMs: 5_000 } },
  { method: 'DELETE', path: /^\/channels\/\d+\/messages\/\d+$/, rule: { limit: 5, perMs: 1_000 } },
  { method: 'POST', path: /^\/webhooks\/\d+\/[^/]+$/, rule: { limit: 5, perMs: 2_000 } },
  { method: 'PATCH', path: /^\/webhooks\/\d+\/[^/]+\/messages\/[^/]+$/, rule: { limit: 5, perMs: 2_000 } },
  { method: 'POST', path: /^\/channels\/\d+\/typing$/, rule: { limit: 5, perMs: 5_000 } },
  { method: 'PATCH', path: /^\/channels\/\d+$/, rule: { limit: 2, perMs: 600_000 } },
];

export interface RateVerdict {
  readonly allowed: boolean;
  readonly global: boolean;
  readonly retryAfterMs: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface RateLimits {
  /** Counts a request. @param now ms since 1970 */
  take(method: string, path: string, now: number): RateVerdict;
}

interface Bucket {
  readonly used: number;
  readonly resetAt: number;
}

/** Buckets kept; those that ran out long ago are forgotten first. */
const MOST_BUCKETS = 2_000;

export function createRateLimits(): RateLimits {
  const buckets = new Map<string, Bucket>();
  const count = (
    key: string,
    { limit, perMs }: RateRule,
    now: number,
  ): { readonly over: boolean; readonly bucket: Bucket } => {
    const known = buckets.get(key);
    const bucket = known && known.resetAt > now ? known : { used: 0, resetAt: now + perMs };
    const over = bucket.used >= limit;
    const next = over ? bucket : { ...bucket, used: bucket.used + 1 };
    buckets.delete(key);
    buckets.set(key, next);
    if (buckets.size > MOST_BUCKETS) buckets.delete(buckets.keys().next().value ?? '');
    return { over, bucket: next };
  };

  return {
    take(method, path, now) {
      // The answer to an interaction counts nowhere, and what follows it not among the rest.
      if (path.endsWith('/callback')) return { allowed: true, global: false, retryAfterMs: 0, headers: {} };
      if (!path.startsWith('/webhooks/')) {
        const whole = count('global', GLOBAL, now);
        if (whole.over) return refused(true, whole.bucket.resetAt - now, {});
      }
      const rule = RULES.find((one) => one.method === method && one.path.test(path))?.rule ?? GENEROUS;
      const { over, bucket } = count(`${method} ${majorPath(path)}`, rule, now);
      const resetAfterMs = Math.max(0, bucket.resetAt - now);
      const headers = {
        'X-RateLimit-Limit': String(rule.limit),
        'X-RateLimit-Remaining': String(rule.limit - bucket.used),
        'X-RateLimit-Reset-After': (resetAfterMs / 1_000).toFixed(3),
        'X-RateLimit-Reset': ((now + resetAfterMs) / 1_000).toFixed(3),
        'X-RateLimit-Bucket': bucketOf(method, path),
      };
      return over ? refused(false, resetAfterMs, headers) : { allowed: true, global: false, retryAfterMs: 0, headers };
    },
  };
}

/** Discord's name for the limit of a route, the same whatever channel, server or webhook is meant. */
function bucketOf(method: string, path: string): string {
  const anonymous = path.replace(/^(\/webhooks\/\d+\/)[^/]+/, '$1*').replace(/\d+/g, '*');
  return createHash('sha1').update(`${method} ${anonymous}`).digest('hex').slice(0, 16);
}

/** Requests to the same route with the same channel, server or webhook share a bucket; other ids do not matter. */
function majorPath(path: string): string {
  return path.replace(/(\/messages|\/members|\/commands|\/reactions|\/voice-states)\/[^/]+/g, '$1/*');
}

function refused(global: boolean, retryAfterMs: number, headers: Readonly<Record<string, string>>): RateVerdict {
  const scope = {
    'X-RateLimit-Scope': global ? 'global' : 'user',
    ...(global ? { 'X-RateLimit-Global': 'true' } : {}),
  };
  return {
    allowed: false,
    global,
    retryAfterMs,
    headers: { ...headers, ...scope, 'Retry-After': String(Math.ceil(retryAfterMs / 1_000)) },
  };
}
