/**
 * What there is to know of a message before it is decided whether it is for Parley.
 */
import { type Message, MessageType } from 'discord.js';
import type { MessageFacts } from '../../chat/chat-address.ts';
import { ownIds, type ReadableMessage } from './readable-message.ts';

export interface MessagePlace {
  readonly inVoiceChat: boolean;
  readonly inChosenChannel: boolean;
  readonly authorOptedOut: boolean;
}

/** What people write; everything else is Discord's own. */
const WRITTEN: ReadonlySet<MessageType> = new Set([MessageType.Default, MessageType.Reply]);

export function factsOf(message: Message<true>, read: ReadableMessage, place: MessagePlace): MessageFacts {
  const { author, mentions, client, guild, webhookId, type } = message;
  const self = client.user.id;
  const own = ownIds(guild);
  const repliesTo = mentions.repliedUser?.id ?? null;
  return {
    ...place,
    byMachine: author.bot || webhookId !== null || !WRITTEN.has(type),
    mentionsBot: mentions.users.has(self),
    // Whoever may not ping a role mentions it all the same.
    mentionsBotRole: [...own].some((id) => mentions.roles.has(id) || message.content.includes(`<@&${id}>`)),
    repliesToBot: repliesTo === self,
    addressesOther: (repliesTo !== null && repliesTo !== self) || beginsWithOther(message.content, own),
    hasText: read.text !== '',
    isBlank: read.isBlank,
    images: read.images.length,
    isVoiceMessage: read.voice !== null,
    otherFiles: read.otherFiles,
  };
}

function beginsWithOther(content: string, own: ReadonlySet<string>): boolean {
  const first = /^\s*<@[!&]?(\d+)>/.exec(content)?.[1];
  return first !== undefined && !own.has(first);
}
