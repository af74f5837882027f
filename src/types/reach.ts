/**
 * Whether the Live service can be had with our key: what each session learns of it, and what all are told. Crosses threads.
 */
import type { Problem } from '../errors.ts';

/** Whether the service may be dialled; all that use the same key share in the answer. */
export type DialGate =
  | { readonly status: 'open' }
  /** It is to be tried whether the service is back, and by this session alone. */
  | { readonly status: 'probe' }
  | { readonly status: 'shut'; readonly problem: Problem };

/** What a session learns of the service that others with the same key should know. */
export type ReachReport =
  | { readonly type: 'connected' }
  /** For no reason of this session's own; `waitMs`: how long the service asks to be left alone, or null. */
  | { readonly type: 'failed'; readonly problem: Problem; readonly waitMs: number | null }
  /** It would dial if it might. */
  | { readonly type: 'waits' };
