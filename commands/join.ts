import { ApplicationCommandOptionType, ChannelType } from 'discord.js';
import { answerInTime } from '../src/discord/answer-in-time.ts';
import { defineCommand } from '../src/discord/define-command.ts';
import { joinRoom } from '../src/discord/join-room.ts';

const CHANNEL_TYPES = [ChannelType.GuildVoice, ChannelType.GuildStageVoice] as const;

/** `/join [channel]`: Parley comes into the member's voice channel, or into the one that is named. */
export const join = defineCommand({
  name: 'join',
  options: [{ type: ApplicationCommandOptionType.Channel, name: 'channel', channel_types: [...CHANNEL_TYPES] }],
  run: async (context) => {
    const { interaction, clock, reply, t } = context;
    const named = interaction.options.getChannel('channel', false, CHANNEL_TYPES);
    const channel = named ?? interaction.member.voice.channel;
    await answerInTime({
      clock,
      reply,
      interim: t('join.connecting', { channel: `<#${channel?.id ?? ''}>` }),
      work: (signal) => joinRoom(context, channel, signal),
    });
  },
});
