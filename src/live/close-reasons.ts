/**
 * What a connection's end means. The service has no error messages, only close codes and reasons of at most 123 bytes, and its
 * codes say little: a bad key comes as 1007 or 1008, so the text decides (reference/live-api.md §8.4). Pure.
 */
import type { ErrorCode, ErrorDetails } from '../errors.ts';
import { refusedSetting } from './refused-setting.ts';
import type { TransportClose } from './transport.ts';

export type CloseVerdict =
  /** Trying the same again cannot help; `details.setting` names what to change. */
  | { readonly kind: 'fatal'; readonly code: ErrorCode; readonly details: ErrorDetails }
  /** Nothing is wrong: connect again at once. */
  | { readonly kind: 'resume' }
  /** Something is: connect again after a while. */
  | { readonly kind: 'retry' }
  /** The settings that were changed are not taken: connect again with those that were. `details.setting` names the one. */
  | { readonly kind: 'revert'; readonly code: ErrorCode; readonly details: ErrorDetails }
  /** The session that the handle names is gone: connect again without it. */
  | { readonly kind: 'dropHandle' }
  /** Too much was asked of the key; `retryAfterMs` as the service says it, or null. */
  | { readonly kind: 'quota'; readonly retryAfterMs: number | null };

export interface CloseContext {
  /** Whether `setupComplete` had come. */
  readonly established: boolean;
  /** Whether this connection was to continue a session. */
  readonly withHandle: boolean;
  /** Connections with this handle that failed before this one. */
  readonly handleFailures: number;
  /** Whether its settings are others than those of a connection that worked. */
  readonly changed: boolean;
}

/** A handle that the service fails on (1011) is often useless from then on; twice is no accident. */
const MOST_HANDLE_FAILURES = 1;

const KEY =
  /api[ _]key (not valid|not found|expired|invalid)|api_key_invalid|reported as leaked|unregistered callers|invalid authentication|permission.denied|has not been used in project|service_disabled/i;
const MODEL = /is not found for api version|not supported for bidigeneratecontent/i;
const QUOTA = /quota|resource.?exhausted|rate.?limit|too many requests|credits are depleted/i;
const VOICE = /requested voice/i;
const PLACE = /location is not supported/i;
const LIFETIME = /deadline expired/i;

export function classifyClose(close: TransportClose, context: CloseContext): CloseVerdict {
  const { reason, httpStatus } = close;
  if (KEY.test(reason) || httpStatus === 401 || httpStatus === 403)
    return fatal('LIVE_KEY_REFUSED', 'GEMINI_API_KEY', close);
  if (MODEL.test(reason)) return fatal('LIVE_MODEL_REFUSED', 'GEMINI_MODEL', close);
  if (QUOTA.test(reason) || httpStatus === 429) return { kind: 'quota', retryAfterMs: retryAfterMs(reason) };
  if (PLACE.test(reason)) return fatal('LIVE_SETUP_REFUSED', 'location', close);
  if (VOICE.test(reason)) return refused(close, context);
  return context.established ? afterSetup(close) : duringSetup(close, context);
}

function afterSetup({ code, reason }: TransportClose): CloseVerdict {
  switch (code) {
    case 1011:
      return LIFETIME.test(reason) ? { kind: 'resume' } : { kind: 'retry' };
    case 1009:
    case 1012:
    case 1013:
      return { kind: 'retry' };
    default:
      // Ends without a word, rotation, and faults around tool calls: the first attempt at once, back-off after that.
      return { kind: 'resume' };
  }
}

function duringSetup(close: TransportClose, context: CloseContext): CloseVerdict {
  const { code } = close;
  const { withHandle, handleFailures, changed } = context;
  // It may be either, and the settings are the younger news: if the handle was it, the connection with the old ones fails as well.
  if (code === 1007 && changed) return refused(close, context);
  if (withHandle && (code === 1007 || code === 1008)) return { kind: 'dropHandle' };
  if (code === 1007) return refused(close, context);
  if (withHandle && code === 1011 && handleFailures >= MOST_HANDLE_FAILURES) return { kind: 'dropHandle' };
  return { kind: 'retry' };
}

/** The setup as it was sent; one that was changed in a room that is talking need not end it. */
function refused(close: TransportClose, { changed }: CloseContext): CloseVerdict {
  const details = detailsOf(refusedSetting(close.reason), close);
  return { kind: changed ? 'revert' : 'fatal', code: 'LIVE_SETUP_REFUSED', details };
}

function fatal(code: ErrorCode, setting: string, close: TransportClose): CloseVerdict {
  return { kind: 'fatal', code, details: detailsOf(setting, close) };
}

function detailsOf(setting: string, { code: closeCode, reason, httpStatus }: TransportClose): ErrorDetails {
  return { setting, closeCode, reason, ...(httpStatus !== null && { httpStatus }) };
}

/** "Please retry in 34.07s." */
function retryAfterMs(reason: string): number | null {
  const [, seconds] = /retry in (\d+(?:\.\d+)?)\s*s/i.exec(reason) ?? [];
  return seconds === undefined ? null : Number(seconds) * 1000;
}
