/**
 * Has transcripts deleted when their time is over: looked at when the bot starts, and every hour.
 */
import type { Store } from '../../store/store.ts';
import type { Clock, Timer } from '../../types/clock.ts';
import type { Log } from '../../types/log.ts';

/** Long enough to look something up after a week, short enough not to become a record of people. */
export const DAYS_TRANSCRIPTS_ARE_KEPT = 7;

const DAY_MS = 86_400_000;
const EVERY_MS = 3_600_000;

export interface TranscriptRetention {
  start(): void;
  close(): void;
}

export interface TranscriptRetentionOptions {
  readonly store: Pick<Store, 'readOnly' | 'deleteTranscriptsBefore'>;
  readonly clock: Clock;
  /** The calendar, ms since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

export function createTranscriptRetention(options: TranscriptRetentionOptions): TranscriptRetention {
  const { store, clock, now, log } = options;
  let timer: Timer | null = null;

  const round = async (): Promise<void> => {
    try {
      const count = await store.deleteTranscriptsBefore(now() - DAYS_TRANSCRIPTS_ARE_KEPT * DAY_MS);
      if (count > 0) log.info({ count }, 'turns of old transcripts are deleted');
    } catch (error) {
      log.warn({ err: error }, 'old transcripts could not be deleted; tried again in an hour');
    }
  };

  const everyHour = (): void => {
    timer = clock.after(EVERY_MS, everyHour);
    void round();
  };

  return {
    start() {
      if (!store.readOnly && timer === null) everyHour();
    },
    close() {
      timer?.cancel();
      timer = null;
    },
  };
}
