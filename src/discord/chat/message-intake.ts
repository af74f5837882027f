/**
 * Takes every message that people write to what is done about it: a question is asked, a picture is shown to whoever talks, what cannot
 * be answered is refused in plain words, and all else is none of the bot's business.
 */
import type { Message } from 'discord.js';
import type { AnswerPlace } from '../../chat/answer-place.ts';
import { type Address, decideAddress } from '../../chat/chat-address.ts';
import type { ChatChoices } from '../../chat/chat-choices.ts';
import type { ChatDesk } from '../../chat/chat-desk.ts';
import { type Attached, NOTHING_ATTACHED } from '../../chat/question.ts';
import type { LoadFiles } from '../../chat/question-files.ts';
import { cutText } from '../../chat/readable-text.ts';
import type { Refusals } from '../../chat/refusals.ts';
import type { Locale } from '../../i18n/locales.ts';
import { type Translate, translator } from '../../i18n/translate.ts';
import type { Room } from '../../room/rooms.ts';
import type { TranscriptTurn } from '../../types/live.ts';
import type { Log } from '../../types/log.ts';
import type { OptOuts } from '../opt-outs.ts';
import { createChannelPlace, mayAnswer } from './channel-place.ts';
import { factsOf } from './message-facts.ts';
import { authorName, type ReadableMessage, readMessage } from './readable-message.ts';

export interface MessageIntake {
  take(message: Message<true>): void;
}

export interface MessageIntakeOptions {
  readonly desk: Pick<ChatDesk, 'admit' | 'ask' | 'mayTell' | 'voiceRoomFor'>;
  readonly choices: Pick<ChatChoices, 'of'>;
  readonly optOuts: Pick<OptOuts, 'has'>;
  readonly load: LoadFiles;
  readonly refusals: Pick<Refusals, 'post'>;
  /** Discord lets the bot read what is not for it. */
  readonly readsEverything: boolean;
  /** What everybody on the server reads. */
  readonly localeOf: (message: Message<true>) => Promise<Locale>;
  /** Ends what is under way for messages. */
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** What somebody answers is quoted to the model, but the question is what it is about. */
const MOST_QUOTED = 2_000;

export function createMessageIntake(options: MessageIntakeOptions): MessageIntake {
  const { desk, choices, optOuts, load, refusals, signal, log } = options;

  const placeOf = ({ channel, id, guildId, author }: Message<true>): AnswerPlace =>
    createChannelPlace(channel, id, {
      refuse: (post) => {
        if (desk.mayTell(guildId, author.id)) refusals.post(channel.id, post);
      },
      log,
    });

  const refuse = (message: Message<true>, words: (t: Translate) => string): void => {
    options
      .localeOf(message)
      .then((locale) => placeOf(message).refuse(words(translator(locale))))
      .catch((error: unknown) =>
        log.info({ err: error, channelId: message.channelId }, 'a refusal could not be posted'),
      );
  };

  /** What somebody answers, if it is another's and may be read: its words, and its pictures where the answer has none. */
  const answeredTo = async (message: Message<true>, wantsImages: boolean) => {
    const nothing = { context: [], images: [] };
    const { repliedUser } = message.mentions;
    if (!options.readsEverything || repliedUser === null || repliedUser.id === message.client.user.id) return nothing;
    if (optOuts.has(repliedUser.id) && repliedUser.id !== message.author.id) return nothing;
    const quoted = await message.fetchReference().catch((error: unknown) => {
      // Deleted meanwhile, most likely: the question is asked without it.
      log.info({ err: error, channelId: message.channelId }, 'what a question answers could not be read');
      return null;
    });
    if (quoted === null) return nothing;
    const { text, images } = readMessage(quoted);
    const turn: TranscriptTurn = { role: 'user', text: `${authorName(quoted)}: ${cutText(text, MOST_QUOTED)}` };
    return { context: text === '' ? [] : [turn], images: wantsImages ? images : [] };
  };

  const attachedTo = async (message: Message<true>, read: ReadableMessage): Promise<Attached> => {
    const { context, images } = await answeredTo(message, read.images.length === 0 && read.voice === null);
    const wanted = { voice: read.voice, images: read.images.length > 0 ? read.images : images };
    if (wanted.voice === null && wanted.images.length === 0) return { ...NOTHING_ATTACHED, context };
    const loaded = await load({ ...wanted, resolution: choices.of(message.guildId).images }, signal);
    return 'refused' in loaded ? loaded : { ...loaded, context };
  };

  const ask = (message: Message<true>, read: ReadableMessage): void => {
    const { id, guildId, channelId, author } = message;
    const attached = attachedTo(message, read).catch((error: unknown): Attached => {
      log.warn({ err: error, channelId }, 'what belongs to a question could not be looked at');
      return { refused: (t) => t('chat.file.later') };
    });
    desk.ask({
      ...{ id, guildId, channelId, authorId: author.id, authorName: authorName(message), text: read.text },
      ...{ attached, hasFiles: read.images.length > 0 || read.voice !== null, alone: false, heading: null },
      byVoice: read.voice !== null,
      place: placeOf(message),
      locale: () => options.localeOf(message),
    });
  };

  const show = async (message: Message<true>, { images }: ReadableMessage, room: Room): Promise<void> => {
    const resolution = choices.of(message.guildId).images;
    const loaded = await load({ images, voice: null, resolution }, signal);
    if ('refused' in loaded) return refuse(message, loaded.refused);
    for (const image of loaded.images) room.image(image);
  };

  const act = (message: Message<true>, read: ReadableMessage, { kind }: Address, room: Room | null): void => {
    switch (kind) {
      case 'ignored':
        return;
      case 'unreadable':
        return refuse(message, (t) => t('chat.roleMention', { self: `<@${message.client.user.id}>` }));
      case 'empty':
        return refuse(message, (t) => t('chat.empty'));
      case 'unknownFiles':
        return refuse(message, (t) => t('chat.unknownFiles'));
      case 'question':
      case 'shown':
        return admit(message, read, kind === 'shown' ? room : null);
    }
  };

  /** @param watching whoever talks there looks at it; null: it is asked in writing */
  const admit = (message: Message<true>, read: ReadableMessage, watching: Room | null): void => {
    const { guildId, channelId, author } = message;
    // A question that nobody can read the answer to is not asked; in a voice room it is heard.
    if (!mayAnswer(message.channel) && desk.voiceRoomFor(guildId, channelId) === null) {
      return log.info({ channelId }, 'a question is not answered where the bot may not write');
    }
    const refusal = desk.admit({ guildId, channelId, memberId: author.id });
    if (refusal !== null) return refuse(message, refusal);
    if (watching === null) return ask(message, read);
    show(message, read, watching).catch((error: unknown) =>
      log.error({ err: error, channelId }, 'a picture was not shown'),
    );
  };

  return {
    take(message) {
      const { guildId, channelId, author } = message;
      const room = desk.voiceRoomFor(guildId, channelId);
      const inVoiceChat = room?.channelId === channelId;
      const inChosenChannel = choices.of(guildId).channelId === channelId;
      const read = readMessage(message);
      const facts = factsOf(message, read, { inVoiceChat, inChosenChannel, authorOptedOut: optOuts.has(author.id) });
      act(message, read, decideAddress(facts), room);
    },
  };
}
