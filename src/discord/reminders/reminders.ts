/**
 * The reminders of the servers that the bot is on: told when they are due, and after a restart those that fell due meanwhile.
 */
import { type Client, Events } from 'discord.js';
import type { Store } from '../../store/store.ts';
import type { Clock } from '../../types/clock.ts';
import type { Count, Log } from '../../types/log.ts';
import { type DeliveryServices, deliverReminder, isRefusal } from './deliver-reminder.ts';
import { createReminderSchedule } from './reminder-schedule.ts';

export interface Reminders {
  /** Listens to a client; its listeners go with the client. */
  attach(client: Client): void;
  /** One was set: it may be due before the others. */
  added(): void;
  /** Tells nothing any more; what is due stays for the next process. Resolves when what was being told is told. */
  close(): Promise<void>;
}

export interface RemindersOptions extends DeliveryServices {
  readonly store: Pick<Store, 'readOnly' | 'reminderOutlook' | 'removeReminder'>;
  readonly clock: Clock;
  readonly count: Count;
  readonly log: Log;
}

export function createReminders(options: RemindersOptions): Reminders {
  let client: Client<true> | null = null;
  const schedule = createReminderSchedule({
    ...options,
    isRefusal,
    deliver: async (reminder, signal) =>
      client === null ? 'waits' : deliverReminder(client, reminder, options, signal),
  });

  return {
    attach(attached) {
      // What cannot be taken out would be told again at every start.
      if (options.store.readOnly) return;
      attached.once(Events.ClientReady, (ready) => {
        client = ready;
        schedule.start();
      });
      attached.on(Events.GuildAvailable, schedule.look);
    },
    added: schedule.look,
    close: schedule.close,
  };
}
