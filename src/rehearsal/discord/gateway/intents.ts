/**
 * Which events a bot gets for the intents it asked for, and what of a message it may read (Discord, "Gateway", Gateway Intents).
 */

export const Intent = {
  guilds: 1 << 0,
  guildMembers: 1 << 1,
  guildVoiceStates: 1 << 7,
  guildPresences: 1 << 8,
  guildMessages: 1 << 9,
  guildMessageReactions: 1 << 10,
  guildMessageTyping: 1 << 11,
  messageContent: 1 << 15,
  guildMessagePolls: 1 << 24,
} as const;

/** All bits that have a meaning: 0 to 16, 20, 21, 24, 25. Any other makes the gateway close with 4013. */
const KNOWN_INTENTS = 0x1_ffff | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);

/** Events that need an intent; those that are not listed come to everybody. */
const NEEDED: Readonly<Record<string, number>> = {
  GUILD_CREATE: Intent.guilds,
  GUILD_UPDATE: Intent.guilds,
  GUILD_DELETE: Intent.guilds,
  GUILD_ROLE_CREATE: Intent.guilds,
  GUILD_ROLE_UPDATE: Intent.guilds,
  GUILD_ROLE_DELETE: Intent.guilds,
  CHANNEL_CREATE: Intent.guilds,
  CHANNEL_UPDATE: Intent.guilds,
  CHANNEL_DELETE: Intent.guilds,
  THREAD_CREATE: Intent.guilds,
  THREAD_DELETE: Intent.guilds,
  GUILD_MEMBER_ADD: Intent.guildMembers,
  GUILD_MEMBER_REMOVE: Intent.guildMembers,
  VOICE_STATE_UPDATE: Intent.guildVoiceStates,
  MESSAGE_CREATE: Intent.guildMessages,
  MESSAGE_UPDATE: Intent.guildMessages,
  MESSAGE_DELETE: Intent.guildMessages,
  TYPING_START: Intent.guildMessageTyping,
};

export type IntentsVerdict = 'fine' | 'invalid' | 'disallowed';

/** @param messageContentAllowed whether the privileged intent is switched on in the application's settings */
export function judgeIntents(intents: unknown, messageContentAllowed: boolean): IntentsVerdict {
  if (typeof intents !== 'number' || !Number.isInteger(intents) || intents < 0) return 'invalid';
  if ((intents & ~KNOWN_INTENTS) !== 0) return 'invalid';
  const privileged = Intent.guildMembers | Intent.guildPresences | (messageContentAllowed ? 0 : Intent.messageContent);
  return (intents & privileged) === 0 ? 'fine' : 'disallowed';
}

/**
 * Whether a bot with these intents gets the event. Changes of its own member come without any; its own voice state does not
 * (discord-api-docs issue 1724).
 *
 * @param data the event's payload
 */
export function gets(event: string, data: object, intents: number, botId: string): boolean {
  if (event === 'GUILD_MEMBER_UPDATE') return userIdOf(data) === botId || (intents & Intent.guildMembers) !== 0;
  const needed = NEEDED[event];
  return needed === undefined || (intents & needed) !== 0;
}

function userIdOf(data: object): unknown {
  return 'user' in data && typeof data.user === 'object' && data.user !== null && 'id' in data.user
    ? data.user.id
    : undefined;
}

/** A message as JSON, as far as its reading is restricted. */
export interface ReadableMessage {
  readonly author?: { readonly id: string };
  readonly mentions?: readonly { readonly id: string }[];
  readonly referenced_message?: ReadableMessage | null;
}

/**
 * What is left of a message for a bot: all of it with the message content intent, else nothing of what was written, unless it concerns
 * the bot. Over the gateway the intent is what the session asked for, over REST what the application's settings allow.
 */
export function readable(message: ReadableMessage, contentAllowed: boolean, botId: string): ReadableMessage {
  if (contentAllowed) return message;
  const quoted = message.referenced_message;
  const kept = quoted ? { ...message, referenced_message: readable(quoted, contentAllowed, botId) } : message;
  const mine = message.author?.id === botId || message.mentions?.some(({ id }) => id === botId) === true;
  return mine ? kept : Object.assign({ ...kept }, UNREADABLE);
}

/** The fields that the intent guards, as Discord empties them. */
const UNREADABLE = { content: '', attachments: [], embeds: [], components: [], poll: undefined };
