import { audibilityOf } from '../src/discord/audibility.ts';
import { type CommandContext, defineCommand } from '../src/discord/define-command.ts';
import { type PrivacyFacts, privacyReport } from '../src/discord/privacy-report.ts';
import { toProblem } from '../src/errors.ts';

/** `/privacy`: what is heard, sent and stored, and the member's own way out of it, which is in force at once and in every server. */
export const privacy = defineCommand({
  name: 'privacy',
  subcommands: [{ name: 'show' }, { name: 'opt-out' }, { name: 'opt-in' }],
  run: async (context) => {
    const { interaction, reply, t } = context;
    switch (interaction.options.getSubcommand()) {
      case 'opt-out':
        return reply(await optOut(context));
      case 'opt-in':
        return reply(await optIn(context));
      default:
        return reply(privacyReport(t, await privacyFacts(context)));
    }
  },
});

async function optOut({ interaction, optOuts, log, t }: CommandContext): Promise<string> {
  try {
    const changed = await optOuts.set(interaction.user.id, true);
    return changed ? t('privacy.optedOut') : t('privacy.optedOutAlready');
  } catch (error) {
    if (toProblem(error).code !== 'STORE_WRITE_FAILED') throw error;
    // Whoever does not want to be heard has to know that they still are, and what helps meanwhile.
    log.warn({ err: error, guildId: interaction.guildId }, 'an opt-out could not be saved');
    return t('privacy.optOutUnsaved');
  }
}

async function optIn({ interaction, optOuts, t }: CommandContext): Promise<string> {
  const changed = await optOuts.set(interaction.user.id, false);
  return changed ? t('privacy.optedIn') : t('privacy.optedInAlready');
}

async function privacyFacts({ interaction, rooms, optOuts, store }: CommandContext): Promise<PrivacyFacts> {
  const { member, guildId } = interaction;
  const transcript = await store.transcriptTarget(guildId);
  const room = rooms.ofGuild(guildId);
  const present = room !== undefined && member.voice.channelId === room.channelId;
  return {
    optedOut: optOuts.has(member.id),
    transcriptId: transcript?.place?.id ?? transcript?.channelId ?? null,
    room: present
      ? {
          channelId: room.channelId,
          status: room.status.status,
          muted: audibilityOf(member.voice, optOuts) === 'muted',
        }
      : null,
  };
}
