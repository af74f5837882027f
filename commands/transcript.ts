import { ApplicationCommandOptionType } from 'discord.js';
import { type CommandContext, defineCommand } from '../src/discord/define-command.ts';
import { mustManage } from '../src/discord/member-rights.ts';
import { missing, permissionWords } from '../src/discord/permissions.ts';
import { showTranscript } from '../src/discord/transcript/show-transcript.ts';
import { permissionsToTranscribe } from '../src/discord/transcript/transcript-place.ts';
import type { SwitchedOn } from '../src/discord/transcript/transcripts.ts';

/** `/transcript`: what is said in voice is written down where it was switched on. Managers switch it; who could listen may read. */
export const transcript = defineCommand({
  name: 'transcript',
  subcommands: [
    { name: 'on' },
    { name: 'off' },
    { name: 'show', options: [{ type: ApplicationCommandOptionType.Boolean, name: 'summary' }] },
  ],
  run: async (context) => {
    switch (context.interaction.options.getSubcommand()) {
      case 'on':
        return context.reply(await switchOn(context));
      case 'off':
        return context.reply(await switchOff(context));
      default:
        return showTranscript(context, context.interaction.options.getBoolean('summary') ?? false);
    }
  },
});

async function switchOn({ interaction, transcripts, t }: CommandContext): Promise<string> {
  const { channel, guild, member } = interaction;
  mustManage(t, member);
  const { me } = guild.members;
  if (channel === null || me === null) return t('transcript.on.wrongPlace');
  const lacks = missing(channel, me, permissionsToTranscribe(channel));
  if (lacks.length > 0) {
    return t('transcript.on.botLacks', { channel: `<#${channel.id}>`, permissions: permissionWords(t, lacks) });
  }
  const wish = { guildId: guild.id, channelId: channel.id, memberId: member.id };
  return switchedOn(t, await transcripts.switchOn(wish));
}

function switchedOn(t: CommandContext['t'], outcome: SwitchedOn): string {
  const place = `<#${outcome.placeId}>`;
  switch (outcome.status) {
    case 'already':
      return t('transcript.on.already', { place });
    case 'later':
      return t('transcript.on.later', { place });
    case 'now':
      return outcome.stuck === null
        ? t('transcript.on.now', { place, channel: `<#${outcome.voiceChannelId}>` })
        : t('transcript.on.stuck', { place, why: t(`transcript.why.${outcome.stuck}`) });
  }
}

async function switchOff({ interaction, transcripts, t }: CommandContext): Promise<string> {
  mustManage(t, interaction.member);
  const wasOn = await transcripts.switchOff(interaction.guildId, interaction.user.id);
  return t(wasOn ? 'transcript.off.done' : 'transcript.off.already');
}
