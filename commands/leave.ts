import { defineCommand } from '../src/discord/define-command.ts';
import { mustSteer } from '../src/discord/member-rights.ts';
import { ParleyError } from '../src/errors.ts';

/** `/leave`: ends the guild's room. For whoever is in its channel, or may move members. */
export const leave = defineCommand({
  name: 'leave',
  run: async ({ interaction, rooms, reply, t }) => {
    const room = rooms.ofGuild(interaction.guildId);
    if (room === undefined) throw new ParleyError('ROOM_NONE');
    mustSteer(t, interaction.member, room);
    const channel = `<#${room.channelId}>`;
    await room.close({ kind: 'left' });
    return reply(t('leave.done', { channel }));
  },
});
