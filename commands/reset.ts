import { PermissionFlagsBits } from 'discord.js';
import { answerInTime } from '../src/discord/answer-in-time.ts';
import { defineCommand } from '../src/discord/define-command.ts';
import { unlessAborted } from '../src/discord/unless-aborted.ts';
import { ParleyError } from '../src/errors.ts';

/** `/reset`: forgets the conversation. For whoever may manage the server, unless its admins decided otherwise. */
export const reset = defineCommand({
  name: 'reset',
  memberPermissions: PermissionFlagsBits.ManageGuild,
  run: async ({ interaction, rooms, clock, reply, t }) => {
    const room = rooms.ofGuild(interaction.guildId);
    if (room === undefined) throw new ParleyError('ROOM_NONE');
    await answerInTime({
      clock,
      reply,
      interim: t('reset.working'),
      work: async (signal) => {
        const forgotten = await unlessAborted(room.reset(), signal);
        if (forgotten === null) return t('reset.late');
        return forgotten ? t('reset.done') : t('reset.ended');
      },
    });
  },
});
