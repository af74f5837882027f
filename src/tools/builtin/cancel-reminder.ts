import { z } from 'zod';
import { defineTool, ToolFailure } from '../define-tool.ts';
import { withinReach } from './reminder-rights.ts';

export const cancelReminder = defineTool({
  name: 'cancel_reminder',
  description:
    'Takes a reminder back. Call this when somebody does not want to be reminded any more; list_reminders tells the ids. Everybody ' +
    'may cancel their own, and whoever manages the server those of others.',
  args: z.object({ id: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).describe('As list_reminders tells it.') }),
  defaultOn: true,
  audience: 'everybody',
  async run({ id }, context) {
    const { guild, actorIds } = context;
    const reminder = (await guild.reminders()).find((one) => one.id === id);
    if (reminder === undefined) throw new ToolFailure(GONE);
    const [mine] = await withinReach([reminder], context);
    if (mine === undefined) throw new ToolFailure(actorIds.includes(reminder.ownerId ?? '') ? SEVERAL : FOREIGN);
    if (!(await guild.removeReminder(id))) throw new ToolFailure(GONE);
    return { cancelled: true, id, what: reminder.what };
  },
});

const GONE = 'There is no reminder of that id. It may be over already; list_reminders tells which there are.';
const FOREIGN = 'That reminder is not theirs. Cancelling it takes the permission Manage Server.';
const SEVERAL =
  'More than one person was speaking, so it is not known which one of them wants that. Have the owner ask alone.';
