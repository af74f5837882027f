import { answerInTime } from '../src/discord/answer-in-time.ts';
import { defineCommand } from '../src/discord/define-command.ts';
import { mustSteer } from '../src/discord/member-rights.ts';
import { unlessAborted } from '../src/discord/unless-aborted.ts';
import { ParleyError } from '../src/errors.ts';

/** `/stop`: ends the answer being spoken. For whoever is in the room's channel, or may move members. */
export const stop = defineCommand({
  name: 'stop',
  run: async ({ interaction, rooms, clock, reply, t }) => {
    const room = rooms.ofGuild(interaction.guildId);
    if (room === undefined) throw new ParleyError('ROOM_NONE');
    mustSteer(t, interaction.member, room);
    await answerInTime({
      clock,
      reply,
      interim: t('stop.working'),
      work: async (signal) => {
        const had = await unlessAborted(room.stop(), signal);
        if (had === null) return t('stop.late');
        return had ? t('stop.done') : t('stop.nothing');
      },
    });
  },
});
