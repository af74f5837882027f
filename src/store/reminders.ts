/**
 * Reminders that members have set and that are not due yet, or could not be delivered yet: what the store keeps of them.
 */

export interface StoredReminder {
  /** Never given again, not even when it is gone. */
  readonly id: number;
  readonly guildId: string;
  /** Where it was set, and where it is posted when nobody can be told by voice. */
  readonly channelId: string;
  /** Who is reminded; null when it could not be told who asked. */
  readonly ownerId: string | null;
  readonly what: string;
  /** ms since 1970 */
  readonly setAt: number;
  /** ms since 1970 */
  readonly dueAt: number;
}

/** Whose limit stands in the way: the owner's or the guild's. */
export type RemindersFull = 'member' | 'guild';

/** More than anybody keeps in mind. Those without an owner count as if they had one. */
export const REMINDERS_A_MEMBER = 25;
/** A bound for the database and for what falls due at one moment. */
export const REMINDERS_A_GUILD = 200;

export interface ReminderOutlook {
  /** The earliest first. */
  readonly due: readonly StoredReminder[];
  /** When the next one after those falls due, ms since 1970. */
  readonly nextAt: number | null;
}

export interface ReminderStore {
  /** Returns its id, or which limit it would break: then nothing has changed. @throws ParleyError `STORE_WRITE_FAILED` */
  addReminder(reminder: Omit<StoredReminder, 'id'>): Promise<number | RemindersFull>;
  /** A guild's, the next first. */
  reminders(guildId: string): Promise<readonly StoredReminder[]>;
  /** All that are due at `at` (ms since 1970), in every guild. */
  reminderOutlook(at: number): Promise<ReminderOutlook>;
  /** Returns whether it was there. @throws ParleyError `STORE_WRITE_FAILED` */
  removeReminder(guildId: string, id: number): Promise<boolean>;
}
