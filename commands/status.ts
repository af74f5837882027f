import { attendeesOf } from '../src/discord/audibility.ts';
import { type CommandContext, defineCommand } from '../src/discord/define-command.ts';
import { type RoomFacts, statusReport } from '../src/discord/status-report.ts';
import { VERSIONS } from '../src/discord/versions.ts';

/** `/status`: where Parley is, whom it hears, how its connections are. For anybody, privately. */
export const status = defineCommand({
  name: 'status',
  run: async (context) => {
    const { interaction, settings, model, locale, reply } = context;
    const { ping } = interaction.guild.shard;
    const report = statusReport(locale, {
      room: roomFacts(context),
      model,
      settings: (await settings.read(interaction.guildId)).settings,
      // −1 until the first heartbeat was answered (discord.js, "WebSocketShard").
      gatewayPingMs: ping < 0 ? null : ping,
      versions: VERSIONS,
    });
    return reply(report);
  },
});

function roomFacts({ interaction, rooms, optOuts, clock, now }: CommandContext): RoomFacts | null {
  const room = rooms.ofGuild(interaction.guildId);
  if (room === undefined) return null;
  const { channelId, status, vitals } = room;
  const channel = interaction.guild.channels.cache.get(channelId);
  const onCalendar = (at: number | null): number | null => (at === null ? null : now() - (clock.now() - at));
  return {
    channelId,
    status: status.status,
    vitals: {
      ...vitals,
      readyAt: onCalendar(vitals.readyAt),
      conversationSince: onCalendar(vitals.conversationSince),
      connectedSince: onCalendar(vitals.connectedSince),
    },
    attendees: channel?.isVoiceBased() ? attendeesOf(channel, optOuts) : [],
  };
}
