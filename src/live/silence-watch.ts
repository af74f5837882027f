/**
 * The silence watch: notices when the service should say something and does not. Sockets that are up and deaf are among the
 * commonest complaints (reference/live-api.md §11 rows 4 to 6). Pure; times in ms.
 */

export type SilenceWatch =
  | { readonly status: 'off' }
  /** Something was asked and nothing at all has come. */
  | { readonly status: 'waiting'; readonly since: number; readonly nudged: boolean }
  /** An answer is coming. */
  | { readonly status: 'streaming'; readonly since: number }
  /** All of it has come; the service assumes that it is being played until `overAt`. */
  | { readonly status: 'ending'; readonly overAt: number }
  /** The service runs code for it. */
  | { readonly status: 'running'; readonly since: number }
  /** It waits for a response of ours; whoever executes calls has a deadline of their own for each. */
  | { readonly status: 'calling' };

export type SilenceEvent =
  | { readonly type: 'asked' }
  /** It heard us, if nothing more. */
  | { readonly type: 'sign' }
  | { readonly type: 'content' }
  /** `audioMs` of the whole answer. */
  | { readonly type: 'generationComplete'; readonly audioMs: number }
  | { readonly type: 'running' }
  | { readonly type: 'called' }
  /** What it waited for is not wanted any more, and something may follow. */
  | { readonly type: 'uncalled' }
  | { readonly type: 'nudged' }
  /** The turn is over, people speak, or there is no connection. */
  | { readonly type: 'over' };

/** What a silence that lasted too long calls for. */
export type SilenceRemedy = 'nudge' | 'reconnect' | 'endTurn' | 'forget';

/** First audio takes 0.8 s, with a tail of 9.1 s in 1 of 15 answers of which 8 s had shown no sign of life (§8.2). */
export const ANSWER_MS = 8_000;
/** Stalls of up to 51 s were reported, most of which never ended (§11 row 5); breaths between sentences take a second. */
export const STREAM_MS = 15_000;
/** `turnComplete` came within 0.3 s of the end of playing (§3.2); without it the session would never be between turns. */
const END_MARGIN_MS = 10_000;
/** Code may run for 30 s there (Google, "Code execution"), and what it printed has to be read. */
export const RUN_MS = 45_000;

export const WATCH_OFF: SilenceWatch = { status: 'off' };

export function stepWatch(watch: SilenceWatch, event: SilenceEvent, now: number): SilenceWatch {
  switch (event.type) {
    case 'asked':
      return { status: 'waiting', since: now, nudged: false };
    case 'sign':
      return watch.status === 'waiting' ? { ...watch, since: now } : watch;
    case 'content':
      return watch.status === 'calling' ? watch : { status: 'streaming', since: now };
    case 'generationComplete':
      return { status: 'ending', overAt: now + event.audioMs };
    case 'uncalled':
      return { status: 'streaming', since: now };
    case 'running':
      return { status: 'running', since: now };
    case 'called':
      return { status: 'calling' };
    case 'nudged':
      return { status: 'waiting', since: now, nudged: true };
    case 'over':
      return WATCH_OFF;
  }
}

/** When to look again; null: there is nothing to wait for. */
export function watchDeadline(watch: SilenceWatch): number | null {
  switch (watch.status) {
    case 'off':
    case 'calling':
      return null;
    case 'waiting':
      return watch.since + ANSWER_MS;
    case 'streaming':
      return watch.since + STREAM_MS;
    case 'ending':
      return watch.overAt + END_MARGIN_MS;
    case 'running':
      return watch.since + RUN_MS;
  }
}

/**
 * @param canNudge the model takes text at any time
 * @param unanswered what to make of the question: `ask` where it surely was one
 */
export function remedyFor(
  watch: SilenceWatch,
  canNudge: boolean,
  unanswered: 'ask' | 'repeat' | 'forget' = 'ask',
): SilenceRemedy {
  switch (watch.status) {
    case 'waiting':
      if (unanswered !== 'ask') return unanswered === 'repeat' ? 'reconnect' : 'forget';
      return canNudge && !watch.nudged ? 'nudge' : 'reconnect';
    case 'ending':
      return 'endTurn';
    case 'streaming':
    case 'running':
    case 'calling':
    case 'off':
      return 'reconnect';
  }
}
