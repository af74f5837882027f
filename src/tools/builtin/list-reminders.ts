import { z } from 'zod';
import { defineTool, type Tool } from '../define-tool.ts';
import { durationWords } from './duration-words.ts';
import { withinReach } from './reminder-rights.ts';

/** More than that nobody listens to. */
const MOST = 25;

/** @param now the calendar, ms since 1970 */
export function listReminders(now: () => number): Tool {
  return defineTool({
    name: 'list_reminders',
    description:
      'Lists the reminders of whoever asks, with their ids. Call this when somebody asks for their reminders, or before you cancel ' +
      'one whose id you do not know.',
    args: z.object({
      whose: z
        .enum(['mine', 'everybody'])
        .default('mine')
        .describe('`everybody`: all of the server, which is for who manages it.'),
    }),
    defaultOn: true,
    audience: 'everybody',
    async run({ whose }, context) {
      const { guild, actorIds } = context;
      const all = await guild.reminders();
      const wanted =
        whose === 'everybody' ? all : all.filter(({ ownerId }) => ownerId === null || actorIds.includes(ownerId));
      const seen = await withinReach(wanted, context);
      const at = now();
      const listed = seen.slice(0, MOST).map(({ id, what, dueAt, ownerId }) => ({
        id,
        what,
        due: new Date(dueAt).toISOString(),
        dueIn: durationWords(dueAt - at),
        ...(ownerId === null && { of: 'nobody in particular' }),
        ...(ownerId !== null && !actorIds.includes(ownerId) && { of: 'another member' }),
      }));
      return {
        reminders: listed,
        number: seen.length,
        ...(seen.length === 0 && { note: 'There are none.' }),
        ...(seen.length < wanted.length && { leftOut: leftOut(whose, actorIds.length) }),
      };
    },
  });
}

/** Why some are not told of, in words for the model. */
function leftOut(whose: 'mine' | 'everybody', actors: number): string {
  if (whose === 'everybody') return 'Those of others are left out: seeing them takes the permission Manage Server.';
  if (actors > 1)
    return 'More than one person was speaking, and each may only see their own. Have them ask one at a time.';
  return 'Some are left out: it could not be told who asks.';
}
