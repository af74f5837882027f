/**
 * Has every reminder told when it is due, also one that fell due while the bot was not running.
 *
 * At least once, and in all likelihood once: a reminder is taken out of the store after it was told and not before, since one that
 * comes twice is a nuisance, and one that never comes has failed whoever relied on it. What is told and could not be taken out is
 * remembered while the process lives; when it does not, Discord itself knows the post again for some minutes
 * (`deliver-reminder.ts`). What can come twice is what was told in the very moment of a kill: aloud, or posted by a process that
 * was down for longer than that.
 */
import type { StoredReminder } from '../../store/reminders.ts';
import type { Store } from '../../store/store.ts';
import type { Clock, Timer } from '../../types/clock.ts';
import type { Count, Log } from '../../types/log.ts';

/** Calendars are put right and machines sleep: a timer alone may be off by more than anybody forgives. */
const LOOK_AGAIN_MS = 60_000;
/** Of a server that is out of reach, or that the bot was removed from: nobody wants to be reminded of last week. */
const TOO_LATE_MS = 7 * 86_400_000;
/** Pauses between tries. Refused after the last one, it is given up; while Discord is out of reach the last pause repeats. */
const RETRY_AFTER_MS = [15_000, 60_000, 300_000] as const;

/** `waits`: it cannot be told for now, which is nobody's fault. */
export type Delivery = 'spoken' | 'posted' | 'waits';

export interface ReminderSchedule {
  /** From now on what is due is told. */
  start(): void;
  /** Something has changed: one was set that may be due before the others, or a server is back. */
  look(): void;
  /** Tells nothing any more; what is due stays for the next process. Resolves when what was being told is told. */
  close(): Promise<void>;
}

export interface ReminderScheduleOptions {
  readonly store: Pick<Store, 'reminderOutlook' | 'removeReminder'>;
  /** @param signal aborted when the process is about to end: then nothing is told that could not be taken out */
  readonly deliver: (reminder: StoredReminder, signal: AbortSignal) => Promise<Delivery>;
  /** Whether trying again is of little use. */
  readonly isRefusal: (error: unknown) => boolean;
  readonly clock: Clock;
  /** The calendar, ms since 1970. */
  readonly now: () => number;
  readonly count: Count;
  readonly log: Log;
}

interface Failures {
  readonly times: number;
  /** ms since 1970 */
  readonly tryAgainAt: number;
}

export function createReminderSchedule(options: ReminderScheduleOptions): ReminderSchedule {
  const { store, deliver, isRefusal, clock, now, count, log } = options;
  const closing = new AbortController();
  const ringing = new Map<number, Promise<void>>();
  /** Told, or given up, and still in the store. */
  const over = new Set<number>();
  const failures = new Map<number, Failures>();
  let started = false;
  /** When it looks next, ms on the clock. */
  let wake: { readonly at: number; readonly timer: Timer } | null = null;

  const takeOut = async ({ guildId, id }: StoredReminder): Promise<void> => {
    over.add(id);
    failures.delete(id);
    try {
      await store.removeReminder(guildId, id);
      over.delete(id);
    } catch (error) {
      log.warn({ err: error, guildId, reminderId: id }, 'a reminder that is over could not be deleted; tried again');
    }
  };

  const failed = async (reminder: StoredReminder, error: unknown): Promise<void> => {
    const { id: reminderId, guildId } = reminder;
    const times = (failures.get(reminderId)?.times ?? 0) + 1;
    const retryInMs = RETRY_AFTER_MS[times - 1] ?? (isRefusal(error) ? null : RETRY_AFTER_MS[2]);
    const fields = { err: error, reminderId, guildId, channelId: reminder.channelId };
    if (retryInMs === null) {
      count('reminders_failed_total');
      log.warn(fields, 'a reminder could not be delivered and is given up');
      return takeOut(reminder);
    }
    failures.set(reminderId, { times, tryAgainAt: now() + retryInMs });
    wakeIn(retryInMs);
    log.info({ ...fields, retryInMs }, 'a reminder could not be delivered; tried again');
  };

  const ring = async (reminder: StoredReminder): Promise<void> => {
    try {
      const delivery = await deliver(reminder, closing.signal);
      if (delivery === 'waits') return;
      count(`reminders_${delivery}_total`);
      await takeOut(reminder);
    } catch (error) {
      await failed(reminder, error);
    }
  };

  const start = (reminder: StoredReminder): void => {
    const { id } = reminder;
    const done = ring(reminder).finally(() => ringing.delete(id));
    ringing.set(id, done);
  };

  const attend = (reminder: StoredReminder): void => {
    const { id, guildId, dueAt } = reminder;
    if (ringing.has(id)) return;
    if (over.has(id)) return void takeOut(reminder);
    if ((failures.get(id)?.tryAgainAt ?? 0) > now()) return;
    if (now() - dueAt <= TOO_LATE_MS) return start(reminder);
    count('reminders_failed_total');
    log.info({ reminderId: id, guildId }, 'a reminder could not be delivered for a week and is given up');
    void takeOut(reminder);
  };

  /** When the first of those that failed is to be tried again, ms since 1970. */
  const nextTryAt = (due: readonly StoredReminder[]): number => {
    const ids = new Set(due.map(({ id }) => id));
    // One that was cancelled meanwhile is not due any more.
    for (const id of failures.keys()) if (!ids.has(id)) failures.delete(id);
    const waiting = [...failures].filter(([id]) => !ringing.has(id));
    return Math.min(Number.POSITIVE_INFINITY, ...waiting.map(([, { tryAgainAt }]) => tryAgainAt));
  };

  const look = async (): Promise<void> => {
    try {
      const { due, nextAt } = await store.reminderOutlook(now());
      if (closing.signal.aborted) return;
      for (const reminder of due) attend(reminder);
      wakeIn(Math.min(nextTryAt(due), nextAt ?? Number.POSITIVE_INFINITY) - now());
    } catch (error) {
      log.error({ err: error }, 'the reminders could not be read; tried again in a minute');
      wakeIn(LOOK_AGAIN_MS);
    }
  };

  /** Looks then, unless it looks before that anyway. */
  const wakeIn = (inMs: number): void => {
    if (!started || closing.signal.aborted) return;
    const ms = Math.min(Math.max(0, inMs), LOOK_AGAIN_MS);
    const at = clock.now() + ms;
    if (wake !== null && wake.at <= at) return;
    wake?.timer.cancel();
    const timer = clock.after(ms, () => {
      wake = null;
      void look();
    });
    wake = { at, timer };
  };

  return {
    start() {
      started = true;
      wakeIn(0);
    },
    look: () => wakeIn(0),
    async close() {
      closing.abort();
      wake?.timer.cancel();
      wake = null;
      await Promise.all(ringing.values());
    },
  };
}
