import { ApplicationCommandOptionType, PermissionFlagsBits } from 'discord.js';
import { type CommandContext, defineCommand } from '../src/discord/define-command.ts';
import type { ImageResolution } from '../src/store/chat.ts';

const RESOLUTIONS = ['low', 'medium', 'high'] as const satisfies readonly ImageResolution[];

/** `/images resolution:`: how closely pictures are looked at. For whoever may manage the server, unless its admins decided otherwise. */
export const images = defineCommand({
  name: 'images',
  memberPermissions: PermissionFlagsBits.ManageGuild,
  options: [{ type: ApplicationCommandOptionType.String, name: 'resolution', required: true, choices: RESOLUTIONS }],
  run: async (context) => context.reply(await choose(context)),
});

async function choose({ interaction, chat, t }: CommandContext): Promise<string> {
  const wanted = RESOLUTIONS.find((one) => one === interaction.options.getString('resolution', true)) ?? 'medium';
  const before = await chat.choices.change(interaction.guildId, { images: wanted });
  const resolution = t(`command.images.resolution.${wanted}`);
  return before.images === wanted ? t('images.already', { resolution }) : t('images.saved', { resolution });
}
