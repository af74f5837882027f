/**
 * Whom a message mentions, and so pings (Discord, "Message Resource", Allowed Mentions Object).
 */
import { textDisplays } from './message-words.ts';
import type { GuildState, MessageState, UserState } from './world/guild-state.ts';
import { memberOf } from './world/guild-state.ts';
import { basePermissions, has } from './world/permissions.ts';

export interface AllowedMentions {
  readonly parse?: readonly string[];
  readonly users?: readonly string[];
  readonly roles?: readonly string[];
  readonly replied_user?: boolean;
}

export type Mentions = Pick<MessageState, 'mentions' | 'mentionRoles' | 'mentionEveryone'>;

/**
 * @param allowed null or undefined when the message does not say: then everything that is written counts
 * @param pingsReplied whether the author of the message replied to is pinged when `allowed` does not say
 */
export function mentionsOf(
  message: MessageState,
  guild: GuildState,
  allowed: AllowedMentions | null | undefined,
  pingsReplied: boolean,
): Mentions {
  const text = [message.content, ...textDisplays(message.components)].join('\n');
  const named = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, id = '']) => id);
  const mayPing = (kind: 'users' | 'roles', id: string): boolean =>
    allowed == null || allowed.parse?.includes(kind) === true || allowed[kind]?.includes(id) === true;
  const users = named(/<@!?(\d+)>/g).filter((id) => mayPing('users', id));
  // Whoever names others but not the one replied to does not ping that one.
  const pinged = allowed == null ? pingsReplied : allowed.replied_user === true;
  if (message.replyTo && pinged) users.push(message.replyTo.author.id);
  const author = memberOf(guild, message.author.id);
  const everybody = author !== undefined && has(basePermissions(guild, author), 'MentionEveryone');
  const roles = named(/<@&(\d+)>/g).filter((id) => mayPing('roles', id) && guild.roles.some((role) => role.id === id));
  return {
    mentions: [...new Set(users)].map((id) => memberOf(guild, id)?.user).filter((user): user is UserState => !!user),
    // None of the simulated roles may be mentioned by everybody.
    mentionRoles: everybody ? [...new Set(roles)] : [],
    mentionEveryone:
      everybody && /@(everyone|here)\b/.test(text) && (allowed == null || allowed.parse?.includes('everyone') === true),
  };
}
