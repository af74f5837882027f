/**
 * The catalogue of everything that can go wrong and that somebody is told about.
 *
 * A code is stable: it is what logs, metrics and tests name. The words a person reads come from `i18n/` under `error.CODE`.
 * Expected outcomes of a function are return values; a `ParleyError` is thrown where the caller cannot go on.
 */

/** Each code, and whether trying the same thing again later can help. */
const CATALOGUE = {
  CONFIG_INVALID: { retryable: false },
  DISCORD_TOKEN_REFUSED: { retryable: false },
  DISCORD_INTENT_REFUSED: { retryable: false },
  DISCORD_UNREACHABLE: { retryable: true },
  STORE_UNUSABLE: { retryable: false },
  STORE_WRITE_FAILED: { retryable: true },
  GUILD_NOT_ALLOWED: { retryable: false },
  MEMBER_IN_NO_CHANNEL: { retryable: true },
  MEMBER_MAY_NOT_MOVE: { retryable: false },
  MEMBER_MAY_NOT_STEER: { retryable: false },
  MEMBER_LACKS_PERMISSION: { retryable: false },
  ROOM_NONE: { retryable: true },
  ROOM_LIMIT: { retryable: true },
  MINUTES_LIMIT: { retryable: true },
  TOKENS_LIMIT: { retryable: true },
  SHUTTING_DOWN: { retryable: true },
  ROOM_THREAD_LOST: { retryable: true },
  ROOM_THREAD_REPEATEDLY_LOST: { retryable: true },
  VOICE_PERMISSION_MISSING: { retryable: true },
  VOICE_CHANNEL_FULL: { retryable: true },
  VOICE_CHANNEL_UNSUPPORTED: { retryable: false },
  VOICE_JOIN_TIMEOUT: { retryable: true },
  VOICE_GATEWAY_BUDGET: { retryable: true },
  VOICE_GATEWAY_DOWN: { retryable: true },
  VOICE_KICKED: { retryable: true },
  VOICE_CALL_TERMINATED: { retryable: true },
  VOICE_RATE_LIMITED: { retryable: true },
  VOICE_ENCRYPTION_REQUIRED: { retryable: false },
  VOICE_ENCRYPTION_FAILED: { retryable: true },
  VOICE_REJECTED: { retryable: false },
  VOICE_LOST: { retryable: true },
  LIVE_KEY_REFUSED: { retryable: false },
  LIVE_MODEL_REFUSED: { retryable: false },
  LIVE_SETUP_REFUSED: { retryable: false },
  LIVE_CONNECT_TIMEOUT: { retryable: true },
  LIVE_UNREACHABLE: { retryable: true },
  LIVE_QUOTA: { retryable: true },
  LIVE_LOST: { retryable: true },
  INTERNAL: { retryable: true },
} as const satisfies Record<string, { readonly retryable: boolean }>;

export type ErrorCode = keyof typeof CATALOGUE;

/** Values for the placeholders of a message: ids, numbers, names of permissions. Plain data, so that it crosses threads. */
export type ErrorDetails = Readonly<Record<string, string | number>>;

/** An error as plain data, the form that crosses from a room's thread. */
export interface Problem {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
}

export class ParleyError extends Error {
  override readonly name = 'ParleyError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, { details = {}, cause }: { details?: ErrorDetails; cause?: unknown } = {}) {
    super(code, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }

  get retryable(): boolean {
    return isRetryable(this.code);
  }

  toProblem(): Problem {
    return { code: this.code, details: this.details };
  }
}

export function isRetryable(code: ErrorCode): boolean {
  return CATALOGUE[code].retryable;
}

/** Anything thrown, as a problem; what is not ours is `INTERNAL`. */
export function toProblem(error: unknown): Problem {
  return error instanceof ParleyError ? error.toProblem() : { code: 'INTERNAL', details: {} };
}
