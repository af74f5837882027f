import { z } from 'zod';
import { defineTool, type Tool, ToolFailure } from '../define-tool.ts';
import type { ReminderSaved } from '../guild-actions.ts';
import { dueTime, LATEST_MS } from './due-time.ts';
import { durationWords } from './duration-words.ts';
import { ownerOf } from './reminder-rights.ts';
import { createZonesOfPlace } from './zones-of-place.ts';

const DAYS = LATEST_MS / 86_400_000;
const amount = (most: number) => z.number().min(0).max(most).optional();

/** @param now the calendar, ms since 1970 */
export function setReminder(now: () => number): Tool {
  const zonesOfPlace = createZonesOfPlace();
  return defineTool({
    name: 'set_reminder',
    description:
      'Reminds whoever asked of something at a time: aloud if you are in the voice channel with them, else by a message that pings ' +
      'them. Call this when somebody wants to be reminded, or wants a timer or an alarm. For a time of day call current_time first.',
    args: z.object({
      what: z.string().trim().min(1).max(200).describe('What to remind of, as it is to be said to them.'),
      in_seconds: amount(DAYS * 86_400).describe('Due in so many seconds; adds up with the others.'),
      in_minutes: amount(DAYS * 1_440),
      in_hours: amount(DAYS * 24),
      in_days: amount(DAYS),
      at: z
        .string()
        .max(40)
        .optional()
        .describe('Or due at this time, in ISO 8601 with an offset: 2026-10-02T18:00:00+02:00.'),
      zone: z
        .string()
        .trim()
        .min(1)
        .max(100)
        .optional()
        .describe('The IANA time zone of `at`, when that has no offset: Europe/Berlin.'),
    }),
    defaultOn: true,
    audience: 'everybody',
    async run({ what, ...wanted }, { guild, actorIds }) {
      const at = now();
      const due = dueTime(wanted, at, zonesOfPlace);
      if ('problem' in due) throw new ToolFailure(due.problem);
      const ownerId = ownerOf(actorIds);
      const saved = await guild.addReminder({ ownerId, what, dueAt: due.dueAt });
      if (!saved.saved) throw new ToolFailure(fullWords(saved));
      return {
        set: true,
        id: saved.id,
        what,
        due: new Date(due.dueAt).toISOString(),
        dueIn: durationWords(due.dueAt - at),
        reminds: ownerId === null ? NOBODY : 'whoever asked for it',
      };
    },
  });
}

const NOBODY = 'everybody in the room, nobody by name: it could not be told which one of them asked';

function fullWords({ full, limit }: Extract<ReminderSaved, { saved: false }>): string {
  const who = full === 'member' ? 'There are already as many reminders of theirs' : 'This server has as many reminders';
  return `${who} as there may be: ${limit}. One of them has to be cancelled first, or to come due.`;
}
