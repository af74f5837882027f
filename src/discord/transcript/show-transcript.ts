/**
 * The answer to `/transcript show`: the latest conversation as a file, and with it, when it is wished for, what the model makes of it.
 */
import { toProblem } from '../../errors.ts';
import { describeProblem } from '../../i18n/translate.ts';
import type { CommandContext } from '../define-command.ts';
import { permissionWords } from '../permissions.ts';
import { plainText } from '../quote.ts';
import { type ReadTranscript, readTranscript } from './read-transcript.ts';
import { attachTranscript, transcriptFile } from './transcript-file.ts';

export async function showTranscript(context: CommandContext, withSummary: boolean): Promise<void> {
  const { interaction, store, reply, t } = context;
  const read = await readTranscript(store, interaction.member);
  if (read === null) {
    return reply(t('transcript.show.none', { permissions: permissionWords(t, ['ManageGuild']) }));
  }
  const channelName = interaction.guild.channels.cache.get(read.channelId)?.name ?? read.channelId;
  const { text } = transcriptFile(read.turns, channelName, t);
  const file = fileWords(context, read);
  if (!withSummary) return reply(file, [attachTranscript(text)]);
  await reply(t('transcript.show.summaryComing', { file }), [attachTranscript(text)]);
  // An answer that is replaced loses the files that do not come again.
  return reply(await summaryWords(context, read, file), [attachTranscript(text)]);
}

function fileWords({ t }: CommandContext, { channelId, turns }: ReadTranscript): string {
  const [from, to] = [turns[0]?.at ?? 0, turns.at(-1)?.at ?? 0].map((at) => `<t:${Math.floor(at / 1000)}:f>`);
  return t('transcript.show.file', { channel: `<#${channelId}>`, from: from ?? '', to: to ?? '' });
}

async function summaryWords(context: CommandContext, read: ReadTranscript, file: string): Promise<string> {
  const { interaction, summaries, locale, log, t } = context;
  try {
    const summary = await summaries.make(interaction.guildId, read, locale);
    if (summary === null) return t('transcript.show.summaryBusy', { file });
    const words = { file, summary: plainText(summary.text) };
    return summary.ofEnd ? t('transcript.show.summaryOfEnd', words) : t('transcript.show.summary', words);
  } catch (error) {
    log.info({ err: error, guildId: interaction.guildId }, 'a transcript could not be summed up');
    const problem = toProblem(error);
    // There is no conversation to come back to: whoever asks can only try again.
    const told = problem.code === 'LIVE_LOST' ? { ...problem, code: 'LIVE_UNREACHABLE' as const } : problem;
    return t('transcript.show.summaryFailed', { file, why: describeProblem(locale, told) });
  }
}
