/**
 * A channel as the place of an answer: messages that reply to a question, if it is still there.
 */
import { type GuildTextBasedChannel, type Message, type MessageCreateOptions, MessageFlags } from 'discord.js';
import type { AnswerMessage, AnswerPlace, PostedAnswer } from '../../chat/answer-place.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { Log } from '../../types/log.ts';
import { missing, type PermissionName, permissionWords } from '../permissions.ts';
import { writeFailure } from '../transcript/transcript-failure.ts';
import { answerBody } from './answer-body.ts';
import { postVoiceMessage } from './voice-message.ts';

/** What it takes to answer in a channel. */
export function permissionsToAnswer(channel: GuildTextBasedChannel): readonly PermissionName[] {
  if (channel.isThread()) return ['ViewChannel', 'SendMessagesInThreads'];
  // The chat of a voice channel is closed to whoever may not connect (discord-api-docs #5111).
  return channel.isVoiceBased() ? ['ViewChannel', 'Connect', 'SendMessages'] : ['ViewChannel', 'SendMessages'];
}

export function mayAnswer(channel: GuildTextBasedChannel): boolean {
  const { me } = channel.guild.members;
  return me !== null && missing(channel, me, permissionsToAnswer(channel)).length === 0;
}

/**
 * @param questionId the message that is replied to; null for none
 * @param refuse posts that it is not answered, if its author is to be told that now
 */
export function createChannelPlace(
  channel: GuildTextBasedChannel,
  questionId: string | null,
  { refuse, log }: { readonly refuse: (post: () => Promise<unknown>) => void; readonly log: Log },
): AnswerPlace {
  let replied = false;

  const send = (options: MessageCreateOptions): Promise<Message> => {
    const isFirst = !replied;
    replied = true;
    return channel.send({ ...options, ...(isFirst && reply(channel, questionId)) });
  };

  return {
    channelId: channel.id,
    post: (message) =>
      postIn(channel.id, log, async () => {
        if (!mayAnswer(channel)) return null;
        const { id } = await send({ ...answerBody(message), flags: MessageFlags.SuppressEmbeds });
        return postedIn(channel, id, log);
      }),
    async refuse(text) {
      if (!mayAnswer(channel)) return;
      refuse(() => channel.send({ ...answerBody({ content: text, stop: null }), ...reply(channel, questionId) }));
    },
    lacksToSpeak(t: Translate) {
      const { me } = channel.guild.members;
      const lacks = me === null ? [] : missing(channel, me, ['SendVoiceMessages', 'AttachFiles']);
      return lacks.length === 0 ? null : permissionWords(t, lacks);
    },
    speak: (voice) => postVoiceMessage(channel, voice, repliable(channel, questionId)),
    typing: () => channel.sendTyping(),
  };
}

/** Without the right to read the channel's history nothing can be replied to. */
function repliable(channel: GuildTextBasedChannel, messageId: string | null): string | null {
  const { me } = channel.guild.members;
  return me === null || missing(channel, me, ['ReadMessageHistory']).length > 0 ? null : messageId;
}

function reply(channel: GuildTextBasedChannel, questionId: string | null): Pick<MessageCreateOptions, 'reply'> {
  const messageReference = repliable(channel, questionId);
  return messageReference === null ? {} : { reply: { messageReference, failIfNotExists: false } };
}

/** What Discord refuses for good is no answer posted. @throws what may work later */
export async function postIn(
  channelId: string,
  log: Log,
  post: () => Promise<PostedAnswer | null>,
): Promise<PostedAnswer | null> {
  try {
    return await post();
  } catch (error) {
    if (writeFailure(error).kind === 'passing') throw error;
    log.info({ err: error, channelId }, 'an answer was refused');
    return null;
  }
}

/** The same for changes of a message. @returns whether it was made */
export async function changeIn(channelId: string, log: Log, change: () => Promise<unknown>): Promise<boolean> {
  try {
    await change();
    return true;
  } catch (error) {
    if (writeFailure(error).kind === 'passing') throw error;
    log.info({ err: error, channelId }, 'a change of an answer was refused');
    return false;
  }
}

function postedIn({ id: channelId, messages }: GuildTextBasedChannel, id: string, log: Log): PostedAnswer {
  return {
    edit: (message: AnswerMessage) => changeIn(channelId, log, () => messages.edit(id, answerBody(message))),
    async remove() {
      await changeIn(channelId, log, () => messages.delete(id));
    },
  };
}
