/**
 * Makes simulated members act on the loopback Discord.
 */
import { type MessageBody, MessageFlag } from '../messages.ts';
import type { ChannelState, GuildState, MemberState, MessageState } from '../world/guild-state.ts';
import { isVoice } from '../world/guild-state.ts';
import { entersChat, permissionsIn, permissionToWrite } from '../world/permissions.ts';
import { channelJson } from '../world/serialise.ts';
import { commandActs } from './command-acts.ts';
import { componentActs } from './component-acts.ts';
import { createHabits, type Habits, type PersonDeps } from './habits.ts';
import type { Person } from './person.ts';

export function createPerson(guild: GuildState, member: MemberState, deps: PersonDeps): Person {
  const habits = createHabits(guild, member, deps);
  const { id, name } = member.user;
  return {
    id,
    name,
    get voice() {
      return deps.voiceStates.voiceOf(id);
    },
    ...voiceActs(habits),
    ...commandActs(habits),
    ...componentActs(habits),
    ...chatActs(habits),
  };
}

function voiceActs({ guild, member, deps, may, needs }: Habits): Pick<Person, 'joinVoice' | 'leaveVoice' | 'setVoice'> {
  const { id } = member.user;
  return {
    joinVoice(channel) {
      if (!isVoice(channel)) throw new Error(`${channel.name} is no voice channel`);
      needs(channel, 'ViewChannel', 'Connect');
      const others = guild.voiceStates.filter(({ channelId, userId }) => channelId === channel.id && userId !== id);
      const full = channel.userLimit > 0 && others.length >= channel.userLimit;
      if (full && !may(channel, 'MoveMembers')) throw new Error(`${channel.name} is full`);
      return deps.voiceStates.join(guild, channel, id);
    },
    leaveVoice: () => deps.voiceStates.leave(guild, id),
    setVoice: (change) => deps.voiceStates.change(guild, id, change),
  };
}

type Chat = Pick<Person, 'write' | 'sendVoice' | 'editMessage' | 'deleteMessage' | 'openThread' | 'reads'>;

/** How long `reads` waits unless told: longer than the slowest answer that is meant to come. */
const READS_MS = 20_000;

function chatActs({ guild, member, deps, may, needs, reach }: Habits): Chat {
  const { world, messages, dispatch, until } = deps;
  const { id, name } = member.user;
  const isMine = (message: MessageState): boolean => message.author.id === id;
  const reads = (channel: ChannelState): boolean => entersChat(channel, permissionsIn(guild, channel, member));

  return {
    write(channel, content, { replyTo, withoutPing = false, files = [] } = {}) {
      if (!reads(channel)) throw new Error(`${name} does not get into the chat of ${channel.name}`);
      needs(channel, permissionToWrite(channel), ...(files.length > 0 ? (['AttachFiles'] as const) : []));
      if (replyTo) reach(replyTo);
      const allowed = withoutPing ? { allowed_mentions: { parse: ['users', 'roles', 'everyone'] } } : {};
      const body: MessageBody = { content, ...allowed };
      const uploads = files.map((file, index) => ({ ...file, index }));
      return messages.post({ guild, channel, author: member.user, body, files: uploads, replyTo: replyTo ?? null });
    },
    sendVoice(channel, { bytes, durationSecs, waveform }, { replyTo, withoutPing = false } = {}) {
      if (!reads(channel)) throw new Error(`${name} does not get into the chat of ${channel.name}`);
      needs(channel, permissionToWrite(channel), 'AttachFiles', 'SendVoiceMessages');
      if (replyTo) reach(replyTo);
      const allowed = withoutPing ? { allowed_mentions: { parse: [] } } : {};
      const attachments = [{ id: 0, duration_secs: durationSecs, waveform }];
      const body: MessageBody = { flags: MessageFlag.voiceMessage, attachments, ...allowed };
      const files = [{ index: 0, name: 'voice-message.ogg', contentType: 'audio/ogg', bytes: Buffer.from(bytes) }];
      return messages.post({ guild, channel, author: member.user, body, files, replyTo: replyTo ?? null });
    },
    editMessage(message, content) {
      reach(message);
      if (!isMine(message)) throw new Error(`${name} did not write that message`);
      return messages.edit(message, { content }, []);
    },
    deleteMessage(message) {
      const channel = reach(message);
      // What only one member sees goes when that member dismisses it.
      if (!isMine(message) && message.privateTo === null && !may(channel, 'ManageMessages'))
        throw new Error(`${name} did not write that message`);
      messages.remove(message);
    },
    openThread(channel, threadName, message) {
      if (channel.kind !== 'text') throw new Error(`${channel.name} holds no threads`);
      needs(channel, 'ViewChannel', 'CreatePublicThreads');
      const thread = world.addThread(channel, { name: threadName, openedBy: id, messageId: message?.id });
      dispatch('THREAD_CREATE', { ...channelJson(guild, thread), newly_created: true });
      return thread;
    },
    reads: (channel, wanted, timeoutMs = READS_MS) =>
      until(() => (reads(channel) ? channel.messages.findLast(wanted) : undefined), timeoutMs),
  };
}
