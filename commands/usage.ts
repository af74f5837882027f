import { type CommandContext, defineCommand } from '../src/discord/define-command.ts';
import { type UsageFacts, usageReport } from '../src/discord/usage-report.ts';
import { utcDay } from '../src/store/limits.ts';

const DAY_MS = 86_400_000;
/** Days of the longest report, today included. */
const MONTH_DAYS = 30;

/** `/usage`: what this room, this day and this month have used, and about what that costs. For anybody, privately. */
export const usage = defineCommand({
  name: 'usage',
  run: async (context) => {
    const { interaction, ledger, limits, locale, now, reply } = context;
    const { guildId } = interaction;
    const at = now();
    const [room, today, counted, month] = await Promise.all([
      roomUsage(context, at),
      ledger.report(guildId, { fromDay: utcDay(at) }),
      ledger.today(guildId),
      ledger.report(guildId, { fromDay: utcDay(at - (MONTH_DAYS - 1) * DAY_MS) }),
    ]);
    return reply(usageReport(locale, { room, today, counted, month, limits, now: at }));
  },
});

async function roomUsage(
  { interaction, rooms, ledger, clock }: CommandContext,
  at: number,
): Promise<UsageFacts['room']> {
  const room = rooms.ofGuild(interaction.guildId);
  const readyAt = room?.vitals.readyAt ?? null;
  if (room === undefined || readyAt === null) return null;
  const voiceMs = clock.now() - readyAt;
  const since = at - voiceMs;
  const { tokens } = await ledger.report(interaction.guildId, { fromDay: utcDay(since), roomId: room.id });
  return { channelId: room.channelId, since, voiceMs, tokens };
}
