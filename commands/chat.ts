import { PermissionFlagsBits } from 'discord.js';
import { permissionsToAnswer } from '../src/discord/chat/channel-place.ts';
import { chatHere, chatOff } from '../src/discord/chat/chosen-channel.ts';
import { type CommandContext, defineCommand } from '../src/discord/define-command.ts';
import { missing, permissionWords } from '../src/discord/permissions.ts';

/**
 * `/chat here|off`: the channel in which everything that is written is for Parley. For whoever may manage the
 * server, unless its admins decided otherwise.
 */
export const chat = defineCommand({
  name: 'chat',
  memberPermissions: PermissionFlagsBits.ManageGuild,
  subcommands: [{ name: 'here' }, { name: 'off' }],
  run: async (context) => {
    const { interaction, reply } = context;
    await reply(interaction.options.getSubcommand() === 'here' ? await here(context) : await chatOff(context));
  },
});

async function here(context: CommandContext): Promise<string> {
  const { interaction, t } = context;
  const { channel, guild } = interaction;
  const { me } = guild.members;
  if (channel === null || me === null) return t('chat.here.wrongPlace');
  const lacks = missing(channel, me, [...permissionsToAnswer(channel), 'ReadMessageHistory']);
  if (lacks.length > 0) {
    return t('chat.here.botLacks', { channel: `<#${channel.id}>`, permissions: permissionWords(t, lacks) });
  }
  return chatHere(context, channel);
}
