/**
 * The cue that says without words that the bot is still working on what it was asked: a soft tone while a call takes long, never
 * over anybody. Pure: time comes in.
 */

/** People wait for an answer for about as long before they think that they were not heard. */
export const CUE_AFTER_MS = 2_000;
/** Slow enough that it is no clock ticking. */
export const CUE_EVERY_MS = 2_500;
/** After ten seconds everybody knows; who waits for a confirmation has something to look at. */
export const MOST_CUES = 4;

export interface WorkingCue {
  /**
   * @param since when people began to wait, ms; null: they do not
   * @param quiet nobody speaks, and nothing is being played
   */
  tick(now: number, since: number | null, quiet: boolean): void;
}

export function createWorkingCue(play: () => void): WorkingCue {
  let played = 0;
  let dueAt = 0;
  return {
    tick(now, since, quiet) {
      if (since === null) {
        played = 0;
        dueAt = 0;
        return;
      }
      dueAt = Math.max(dueAt, since + CUE_AFTER_MS);
      if (!quiet || now < dueAt || played >= MOST_CUES) return;
      played++;
      dueAt = now + CUE_EVERY_MS;
      play();
    },
  };
}
