/**
 * What the bot has to say by itself, such as a reminder, waits here until the floor is free: until nobody speaks or is about to be
 * answered. One thing at a time; what has waited for too long is given back, to be told in another way.
 *
 * Pure but for its queue: time comes in, what is to be said goes out.
 */

/**
 * How long the floor has to have been free. The pause between two people who talk with each other is mostly shorter than a second,
 * and whoever goes on after an answer does so within one.
 */
export const FREE_MS = 1_000;

/** How long something waits at most. A reminder that comes by a minute late in a lively room had better be read. */
export const SPEAK_UP_WITHIN_MS = 60_000;

export interface SpeakUp {
  wait(note: string, now: number): void;
  /** @param free nobody speaks, nothing is being answered, and the model would hear of it at once */
  tick(now: number, free: boolean): void;
}

export interface SpeakUpEffects {
  say(note: string): void;
  /** Of each note once, in the order in which they came: whether it was said. */
  settled(said: boolean): void;
}

interface Waiting {
  readonly note: string;
  readonly until: number;
}

export function createSpeakUp({ say, settled }: SpeakUpEffects): SpeakUp {
  let waiting: readonly Waiting[] = [];
  let freeSince: number | null = null;

  return {
    wait(note, now) {
      waiting = [...waiting, { note, until: now + SPEAK_UP_WITHIN_MS }];
    },
    tick(now, free) {
      freeSince = free ? (freeSince ?? now) : null;
      for (let first = waiting[0]; first !== undefined && first.until <= now; first = waiting[0]) {
        waiting = waiting.slice(1);
        settled(false);
      }
      const [next, ...others] = waiting;
      if (next === undefined || freeSince === null || now - freeSince < FREE_MS) return;
      waiting = others;
      freeSince = null;
      say(next.note);
      settled(true);
    },
  };
}
