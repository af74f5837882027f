/**
 * Takes the bot into a channel at a member's request: looks up the facts, acts on what they come to, words the outcome.
 */
import { ChannelType, type GuildMember, PermissionFlagsBits, type VoiceBasedChannel } from 'discord.js';
import { ParleyError } from '../errors.ts';
import type { Room } from '../room/rooms.ts';
import type { CommandContext } from './define-command.ts';
import { decideJoin, type JoinDecision, type JoinFacts, type TargetFacts } from './join-decision.ts';
import { consentNotice } from './panel/consent-notice.ts';
import { isFull, missing, missingToTalk, permissionWords } from './permissions.ts';
import type { OpenedRoom } from './room-keeper.ts';
import { createRoomPlace } from './room-place.ts';
import { people, rosterOf } from './roster.ts';

/**
 * @param channel the one that was named, else the member's own
 * @param signal when it aborts, a room that is not ready yet is closed again
 * @returns what to tell the member
 * @throws ParleyError why it could not be done
 */
export async function joinRoom(
  context: CommandContext,
  channel: VoiceBasedChannel | null,
  signal: AbortSignal,
): Promise<string> {
  const { t, perGuild, interaction } = context;
  const outcome = await perGuild.run(interaction.guildId, () => openIfAllowed(context, channel, signal));
  if (typeof outcome === 'string') return outcome;
  const { room } = outcome;
  const { promise: inTime, resolve } = Promise.withResolvers<{ noticePosted: boolean }>();
  const giveUp = (): void => {
    // Ready already, and only the notice is still on its way: that is no failure.
    if (room.status.status === 'joining') closeUnready(context, room);
    else resolve({ noticePosted: true });
  };
  signal.addEventListener('abort', giveUp, { once: true });
  const { noticePosted } = await Promise.race([outcome.welcomed, inTime]);
  const done = t('join.done', { channel: mention(room.channelId) });
  if (noticePosted) return done;
  return `${done}\n\n${t('join.noticeUnposted')}\n>>> ${consentNotice(t, mention(room.channelId))}`;
}

async function openIfAllowed(
  context: CommandContext,
  channel: VoiceBasedChannel | null,
  signal: AbortSignal,
): Promise<OpenedRoom | string> {
  const { interaction, rooms, keeper } = context;
  signal.throwIfAborted();
  const decision = decideJoin(lookUp(context, channel));
  if (channel === null || decision.kind !== 'open') return refusal(context, channel, decision);
  // Nobody is called away from a talk to where there is none to be had.
  const { liveTrouble } = rooms;
  if (decision.leaveFirst && liveTrouble !== null) {
    throw new ParleyError(liveTrouble.code, { details: liveTrouble.details });
  }
  if (decision.leaveFirst) await rooms.ofGuild(interaction.guildId)?.close({ kind: 'left' });
  signal.throwIfAborted();
  return keeper.open(createRoomPlace(channel, interaction.channel, context));
}

/** The words for a decision not to open; what is an error to everybody else is one to the member too. */
function refusal({ t }: CommandContext, channel: VoiceBasedChannel | null, decision: JoinDecision): string {
  const named = { channel: mention(channel?.id ?? '') };
  switch (decision.kind) {
    case 'alreadyHere':
      return t('join.alreadyHere', named);
    case 'alreadyJoining':
      return t('join.alreadyJoining', named);
    case 'memberLacks':
      return t('join.youLack', { ...named, permissions: permissionWords(t, decision.permissions) });
    case 'botLacks': {
      const details = { ...named, permissions: permissionWords(t, decision.permissions) };
      throw new ParleyError('VOICE_PERMISSION_MISSING', { details });
    }
    case 'refused':
      throw new ParleyError(decision.problem.code, { details: decision.problem.details });
    case 'open':
      throw new ParleyError('INTERNAL');
  }
}

function lookUp({ interaction, rooms, optOuts }: CommandContext, channel: VoiceBasedChannel | null): JoinFacts {
  const { guild, member } = interaction;
  const { me } = guild.members;
  const room = rooms.ofGuild(guild.id);
  const roomChannel = room === undefined ? undefined : guild.channels.cache.get(room.channelId);
  const present = roomChannel?.isVoiceBased() ? rosterOf(roomChannel, optOuts) : [];
  const others = present.filter(({ id }) => id !== member.id);
  return {
    target: channel === null || me === null ? null : targetFacts(channel, me, member),
    room:
      room === undefined
        ? null
        : { channelId: room.channelId, joining: room.status.status === 'joining', others: people(others) },
    mayMove: roomChannel?.permissionsFor(member).has(PermissionFlagsBits.MoveMembers) ?? false,
  };
}

function targetFacts(channel: VoiceBasedChannel, me: GuildMember, member: GuildMember): TargetFacts {
  const inside = member.voice.channelId === channel.id;
  return {
    channelId: channel.id,
    kind: channelKind(channel.type),
    full: isFull(channel, me),
    botLacks: missingToTalk(channel, me),
    memberLacks: inside ? [] : missing(channel, member, ['ViewChannel', 'Connect']),
  };
}

function channelKind(type: ChannelType): TargetFacts['kind'] {
  if (type === ChannelType.GuildVoice) return 'voice';
  return type === ChannelType.GuildStageVoice ? 'stage' : 'other';
}

function closeUnready({ log }: CommandContext, room: Room): void {
  room
    .close({ kind: 'failed', problem: { code: 'VOICE_JOIN_TIMEOUT', details: {} } })
    .catch((error: unknown) => log.error({ err: error, roomId: room.id }, 'a room did not close'));
}

function mention(channelId: string): string {
  return `<#${channelId}>`;
}
