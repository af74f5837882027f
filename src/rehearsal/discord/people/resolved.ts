/**
 * What the ids in an interaction stand for, as Discord sends it along (Discord, "Interaction", Resolved Data Structure).
 */
import type { AttachmentState, GuildState, MemberState, MessageState } from '../world/guild-state.ts';
import { channelOf, memberOf } from '../world/guild-state.ts';
import { attachmentJson, messageJson } from '../world/message-json.ts';
import { basePermissions, permissionsIn } from '../world/permissions.ts';
import { channelJson, memberJson, roleJson, userJson } from '../world/serialise.ts';

export interface Resolved {
  /** What is no channel, member or role is passed over. */
  channel(id: string): void;
  user(id: string): void;
  role(id: string): void;
  message(message: MessageState): void;
  /** Returns the attachment's id. */
  attachment(file: AttachmentState): string;
  /** Undefined when nothing had to be resolved: Discord leaves the field out then. */
  json(): object | undefined;
}

/** @param asking whose permissions the channels carry. @param bot whose they carry beside them */
export function createResolved(guild: GuildState, asking: MemberState, bot: MemberState | undefined): Resolved {
  const kinds: Record<string, Record<string, object>> = {};
  const add = (kind: string, id: string, value: object): void => {
    kinds[kind] = { ...kinds[kind], [id]: value };
  };
  return {
    channel(id) {
      const channel = channelOf(guild, id);
      if (!channel) return;
      const { type, name, parent_id } = channelJson(guild, channel);
      const permissions = permissionsIn(guild, channel, asking).toString();
      const app_permissions = (bot ? permissionsIn(guild, channel, bot) : 0n).toString();
      add('channels', id, { id, type, name, parent_id, permissions, app_permissions });
    },
    user(id) {
      const member = memberOf(guild, id);
      if (!member) return;
      const { user, ...partial } = memberJson(member);
      add('users', id, user);
      add('members', id, { ...partial, permissions: basePermissions(guild, member).toString() });
    },
    role(id) {
      const at = guild.roles.findIndex((role) => role.id === id);
      const role = guild.roles[at];
      if (role) add('roles', id, roleJson(role, at));
    },
    message(message) {
      add('messages', message.id, messageJson(message));
      if (memberOf(guild, message.author.id)) this.user(message.author.id);
      else add('users', message.author.id, userJson(message.author));
    },
    attachment(file) {
      add('attachments', file.id, attachmentJson(file));
      return file.id;
    },
    json: () => (Object.keys(kinds).length === 0 ? undefined : kinds),
  };
}
