/**
 * Which messages are for Parley, and what they want. Pure: facts in, a decision out.
 *
 * Called by name (a mention, a reply with a ping) it answers anywhere. In the chat of the voice channel that it is in, and in the channel
 * chosen with `/chat here`, it need not be called, as far as Discord lets it read what is written there.
 *
 * Who has opted out is heard by nobody's choice but their own: they are answered when they call Parley by name, and what they write to
 * others is not read. Bots never are answered, or two of them would talk for ever.
 */

export interface MessageFacts {
  /** A bot, a webhook, or Discord itself. */
  readonly byMachine: boolean;
  readonly authorOptedOut: boolean;
  /** The bot itself, also by a reply that pings it. */
  readonly mentionsBot: boolean;
  /** The role that is the bot's own. */
  readonly mentionsBotRole: boolean;
  readonly repliesToBot: boolean;
  /** It begins with the mention of another, or answers another's message. */
  readonly addressesOther: boolean;
  /** The chat of the voice channel that the bot is in. */
  readonly inVoiceChat: boolean;
  /** The channel chosen with `/chat here`. */
  readonly inChosenChannel: boolean;
  /** There is text beside the mention of the bot. */
  readonly hasText: boolean;
  /** Nothing at all is in it: as a rule since Discord does not let the bot read it. */
  readonly isBlank: boolean;
  readonly images: number;
  readonly isVoiceMessage: boolean;
  /** Files that are neither. */
  readonly otherFiles: number;
}

export type Address =
  | { readonly kind: 'ignored' }
  | { readonly kind: 'question' }
  /** Pictures for whoever is talking to look at. */
  | { readonly kind: 'shown' }
  /** Called by name and nothing more. */
  | { readonly kind: 'empty' }
  /** Nothing but files that cannot be looked at. */
  | { readonly kind: 'unknownFiles' }
  /** Called by its role: Discord does not let it read that. */
  | { readonly kind: 'unreadable' };

export function decideAddress(facts: MessageFacts): Address {
  const { byMachine, mentionsBot, mentionsBotRole, repliesToBot, inVoiceChat } = facts;
  if (byMachine) return { kind: 'ignored' };
  const isCalled = mentionsBot || repliesToBot || mentionsBotRole;
  if (!isCalled && !isOpenTo(facts)) return { kind: 'ignored' };
  if (facts.hasText || facts.isVoiceMessage) return { kind: 'question' };
  if (facts.images > 0) return { kind: inVoiceChat && !repliesToBot ? 'shown' : 'question' };
  if (facts.otherFiles > 0) return { kind: 'unknownFiles' };
  if (facts.isBlank && !mentionsBot) return { kind: mentionsBotRole ? 'unreadable' : 'ignored' };
  return { kind: isCalled ? 'empty' : 'ignored' };
}

/** Whether it is meant for whoever is there to read it, and so for the bot too. */
function isOpenTo({ inVoiceChat, inChosenChannel, authorOptedOut, addressesOther }: MessageFacts): boolean {
  return (inVoiceChat || inChosenChannel) && !authorOptedOut && !addressesOther;
}
