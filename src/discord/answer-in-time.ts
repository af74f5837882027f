/**
 * Answers what may take long: soon with the outcome or with "still at it", and in the end with the outcome or with giving up.
 */
import { ParleyError } from '../errors.ts';
import type { Clock } from '../types/clock.ts';

/** The member reads something at 3 s (DESIGN.md §4); the rest is the way to Discord and back. */
export const INTERIM_MS = 2_500;
/** Nobody waits longer for a bot (DESIGN.md §4). */
export const GIVE_UP_MS = 15_000;
/** What the work gets to say for itself once it was told to give up. */
const LAST_WORD_MS = 250;

export interface TimedAnswer {
  readonly clock: Clock;
  /** Writes the answer, or replaces it. */
  readonly reply: (text: string) => Promise<void>;
  readonly interim: string;
  /**
   * Does the work and returns the answer. It is told through the signal when it has to come to an end: it undoes what it
   * began, and answers at once or not at all.
   */
  readonly work: (signal: AbortSignal) => Promise<string>;
}

/** @throws ParleyError `VOICE_JOIN_TIMEOUT` when the work took too long; what the work throws */
export async function answerInTime({ clock, reply, interim, work }: TimedAnswer): Promise<void> {
  const abort = new AbortController();
  let interimSent: Promise<void> = Promise.resolve();
  const soon = clock.after(INTERIM_MS, () => {
    interimSent = reply(interim);
    // It is awaited below, before anything else is said; until then its failure is nobody's.
    interimSent.catch(() => undefined);
  });
  const { promise: late, reject } = Promise.withResolvers<never>();
  let end = clock.after(GIVE_UP_MS, () => {
    abort.abort();
    end = clock.after(LAST_WORD_MS, () => reject(new ParleyError('VOICE_JOIN_TIMEOUT')));
  });
  try {
    const answer = await Promise.race([work(abort.signal), late]);
    await interimSent;
    await reply(answer);
  } catch (error) {
    await interimSent;
    throw error;
  } finally {
    soon.cancel();
    end.cancel();
  }
}
