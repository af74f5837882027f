/**
 * Chooses the channel in which everything that is written is for the bot, and tells whoever writes there.
 */
import type { GuildTextBasedChannel } from 'discord.js';
import { type Translate, translator } from '../../i18n/translate.ts';
import type { CommandContext } from '../define-command.ts';
import { createNoticeBoard } from '../notice-board.ts';

type ChoiceContext = Pick<CommandContext, 'chat' | 'interaction' | 't' | 'log'>;

/** @returns what to tell the member. @throws ParleyError `STORE_WRITE_FAILED`: nothing has changed */
export async function chatHere(context: ChoiceContext, channel: GuildTextBasedChannel): Promise<string> {
  const { chat, interaction, t } = context;
  const { guildId, user } = interaction;
  const named = { channel: `<#${channel.id}>` };
  const before = await chat.choices.change(guildId, { channelId: channel.id });
  if (before.channelId === channel.id) return t('chat.here.already', named);
  await announceEnd(context, before.channelId);
  const member = `<@${user.id}>`;
  const all = chat.readsEverything;
  await announce(context, channel, (words) => words(all ? 'chat.announcedAll' : 'chat.announcedCalls', { member }));
  return t(all ? 'chat.here.all' : 'chat.here.calls', named);
}

/** @returns what to tell the member. @throws ParleyError `STORE_WRITE_FAILED`: nothing has changed */
export async function chatOff(context: ChoiceContext): Promise<string> {
  const { chat, interaction, t } = context;
  const before = await chat.choices.change(interaction.guildId, { channelId: null });
  if (before.channelId === null) return t('chat.off.already');
  await announceEnd(context, before.channelId);
  return t('chat.off.done', { channel: `<#${before.channelId}>` });
}

async function announceEnd(context: ChoiceContext, channelId: string | null): Promise<void> {
  const { interaction } = context;
  const channel = interaction.guild.channels.cache.get(channelId ?? '');
  if (!channel?.isTextBased()) return;
  await announce(context, channel, (words) => words('chat.announcedOff', { member: `<@${interaction.user.id}>` }));
}

async function announce(
  { chat, interaction, log }: ChoiceContext,
  channel: GuildTextBasedChannel,
  words: (t: Translate) => string,
): Promise<void> {
  const locale = await chat.localeIn(interaction.guild);
  await createNoticeBoard([channel], log).post(words(translator(locale)));
}
