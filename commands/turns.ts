import { ApplicationCommandOptionType } from 'discord.js';
import { changeSetting } from '../src/discord/change-setting.ts';
import { type CommandContext, defineCommand } from '../src/discord/define-command.ts';
import { mustManage } from '../src/discord/member-rights.ts';
import { permissionWords } from '../src/discord/permissions.ts';
import { type TurnSettings, turnLines } from '../src/discord/turn-lines.ts';
import type { InterruptMode } from '../src/types/settings.ts';

/** Shorter, and every breath would be the end of a turn; longer, and the bot would seem to have gone (DESIGN.md §4). */
const PAUSE = { min_value: 300, max_value: 2000 };
const MODES: readonly InterruptMode[] = ['off', 'careful', 'quick'];

/** `/turns [pause:] [interrupt:]`: when the bot speaks. Anyone may look; changing it is for who manages the server. */
export const turns = defineCommand({
  name: 'turns',
  options: [
    { type: ApplicationCommandOptionType.Integer, name: 'pause', ...PAUSE },
    { type: ApplicationCommandOptionType.String, name: 'interrupt', choices: MODES },
  ],
  run: async (context) => {
    const { interaction, t } = context;
    const change = wanted(context);
    if (Object.keys(change).length === 0) return show(context);
    mustManage(t, interaction.member);
    return changeSetting(context, { guildId: interaction.guildId, change, saved: turnLines(t, change) });
  },
});

async function show({ interaction, settings, reply, t }: CommandContext): Promise<void> {
  const present = await settings.read(interaction.guildId);
  const limits = { least: PAUSE.min_value, most: PAUSE.max_value };
  const howTo = t('turns.howTo', { ...limits, permissions: permissionWords(t, ['ManageGuild']) });
  return reply(`${turnLines(t, present.settings)}\n${howTo}`);
}

/** Discord lets nothing else through than the definition allows. */
function wanted({ interaction }: CommandContext): Partial<TurnSettings> {
  const pauseMs = interaction.options.getInteger('pause');
  const interrupt = MODES.find((mode) => mode === interaction.options.getString('interrupt'));
  return { ...(pauseMs !== null && { pauseMs }), ...(interrupt !== undefined && { interrupt }) };
}
