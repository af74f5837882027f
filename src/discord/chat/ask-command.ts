/**
 * Questions by command: `/ask`, and "Ask Parley" in the menu of a message. Everybody sees the answer, and each has one of its own.
 */
import type { Message, MessageContextMenuCommandInteraction } from 'discord.js';
import { type Attached, NOTHING_ATTACHED, type Question } from '../../chat/question.ts';
import type { PostedFile } from '../../chat/question-files.ts';
import { cutText, readableText } from '../../chat/readable-text.ts';
import type { Translate } from '../../i18n/translate.ts';
import { onOneLine, plainText } from '../quote.ts';
import type { CommandServices } from '../services.ts';
import { contextTurns, writtenBefore } from './context-before.ts';
import { createInteractionPlace, type PublicInteraction } from './interaction-place.ts';
import { authorName, ownIds, readMessage } from './readable-message.ts';

type AskContext = Pick<CommandServices, 'chat' | 'optOuts' | 'log'> & { readonly t: Translate };

/** Of the question that stands above its answer, since Discord does not show what a command was given. */
const MOST_QUOTED = 300;

/** Why a question of this member cannot be taken now, in their words; counts it if it can. */
export function notNow({ chat, t }: AskContext, { guildId, channelId, user }: PublicInteraction): string | null {
  return chat.desk.admit({ guildId, channelId, memberId: user.id })?.(t) ?? null;
}

export interface Asked {
  readonly text: string;
  readonly image: PostedFile | null;
}

/** `/ask`, deferred publicly. */
export function askByCommand(context: AskContext, interaction: PublicInteraction, { text, image }: Asked): void {
  const { chat } = context;
  const { guild } = interaction;
  const read = readableText(text, ownIds(guild), {
    member: (id) => guild.members.cache.get(id)?.displayName ?? null,
    role: (id) => guild.roles.cache.get(id)?.name ?? null,
    channel: (id) => guild.channels.cache.get(id)?.name ?? null,
  });
  const { images: resolution } = chat.choices.of(guild.id);
  const attached =
    image === null
      ? Promise.resolve(NOTHING_ATTACHED)
      : chat.load({ images: [image], voice: null, resolution }, chat.signal);
  const heading = `> ${plainText(cutText(onOneLine(read), MOST_QUOTED))}`;
  ask(context, interaction, { text: read, attached, hasFiles: image !== null, heading: () => heading });
}

/** Why there is nothing to ask about a message, in the member's words; null: there is. */
export function cannotAskAbout({ optOuts, t }: AskContext, message: Message<true>, memberId: string): string | null {
  const { author } = message;
  if (optOuts.has(author.id) && author.id !== memberId) return t('chat.optedOut', { member: `<@${author.id}>` });
  const { text, images, voice } = readMessage(message);
  return text === '' && images.length === 0 && voice === null ? t('chat.nothing') : null;
}

/** "Ask Parley", deferred publicly. */
export function askAbout(context: AskContext, interaction: MessageContextMenuCommandInteraction<'cached'>): void {
  const { targetMessage: message, member, guild } = interaction;
  const { text, images, voice } = readMessage(message);
  const name = authorName(message);
  const self = guild.members.me?.displayName ?? guild.client.user.displayName;
  const asker = onOneLine(member.displayName);
  const isOwn = message.author.id === member.id;
  const about = message.author.id === guild.client.user.id ? `of yours (${self})` : `by ${name}`;
  const asked = isOwn ? text : `${asker} asks you about this message ${about}:\n${text}`.trim();
  const heading = (t: Translate): string => t('chat.askedAbout', { link: message.url, member: plainText(name) });
  const attached = attachedTo(context, interaction);
  ask(context, interaction, { text: asked, attached, hasFiles: images.length > 0 || voice !== null, heading });
}

async function attachedTo(
  { chat, optOuts, log }: AskContext,
  { targetMessage: message, channel }: MessageContextMenuCommandInteraction<'cached'>,
): Promise<Attached> {
  const { images, voice } = readMessage(message);
  const { images: resolution } = chat.choices.of(message.guildId);
  // Without the intent there is nothing to read in what was not chosen.
  const before = chat.readsEverything && channel !== null ? writtenBefore(channel, message.id, optOuts) : [];
  const [loaded, written] = await Promise.all([
    images.length === 0 && voice === null ? NOTHING_ATTACHED : chat.load({ images, voice, resolution }, chat.signal),
    Promise.resolve(before).catch((error: unknown) => {
      log.info({ err: error, channelId: message.channelId }, 'what was written before could not be read');
      return [];
    }),
  ]);
  return 'refused' in loaded ? loaded : { ...loaded, context: contextTurns(written) };
}

function ask(
  { chat, log }: AskContext,
  interaction: PublicInteraction,
  question: Pick<Question, 'text' | 'attached' | 'hasFiles' | 'heading'>,
): void {
  const { id, guildId, channelId, member, guild } = interaction;
  chat.desk.ask({
    ...{ id, guildId, channelId, authorId: member.id, authorName: onOneLine(member.displayName) },
    ...question,
    alone: true,
    byVoice: false,
    place: createInteractionPlace(interaction, log),
    locale: () => chat.localeIn(guild),
  });
}
