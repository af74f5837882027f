import { defineCommand } from '../src/discord/define-command.ts';
import { maySteer } from '../src/discord/may-steer.ts';
import { permissionWords } from '../src/discord/permissions.ts';
import { ParleyError } from '../src/errors.ts';

/** `/leave`: ends the guild's room. For whoever is in its channel, or may move members. */
export const leave = defineCommand({
  name: 'leave',
  run: async ({ interaction, rooms, reply, t }) => {
    const room = rooms.ofGuild(interaction.guildId);
    if (room === undefined) throw new ParleyError('ROOM_NONE');
    const channel = `<#${room.channelId}>`;
    if (!maySteer(interaction.member, room)) {
      return reply(t('leave.youMayNot', { channel, permissions: permissionWords(t, ['MoveMembers']) }));
    }
    await room.close({ kind: 'left' });
    return reply(t('leave.done', { channel }));
  },
});
