import { ApplicationCommandOptionType } from 'discord.js';
import { changeSetting } from '../src/discord/change-setting.ts';
import { type CommandContext, defineCommand } from '../src/discord/define-command.ts';
import { mustManage } from '../src/discord/member-rights.ts';
import { quote } from '../src/discord/quote.ts';
import { listTools, namesNear, showTools, suggestTools, toolFrom } from '../src/discord/tool-list.ts';

const name = { type: ApplicationCommandOptionType.String, name: 'name', required: true, autocomplete: true } as const;

/** `/tools list|enable|disable`: what the bot may use. Anyone may look; switching is for who manages the server. */
export const tools = defineCommand({
  name: 'tools',
  subcommands: [{ name: 'list' }, { name: 'enable', options: [name] }, { name: 'disable', options: [name] }],
  suggest: async ({ interaction, settings, model, functions, t }) => {
    const present = await settings.read(interaction.guildId);
    const known = listTools(t, present.settings.tools, model, functions.all());
    const on = interaction.options.getSubcommand() === 'enable';
    return suggestTools(t, known, interaction.options.getFocused(), on);
  },
  run: async (context) => {
    const { interaction, settings, model, functions, reply, t } = context;
    const subcommand = interaction.options.getSubcommand();
    if (subcommand !== 'list') return switchTool(context, subcommand === 'enable');
    const present = await settings.read(interaction.guildId);
    const { text, files } = showTools(t, listTools(t, present.settings.tools, model, functions.all()));
    return reply(text, files);
  },
});

async function switchTool(context: CommandContext, on: boolean): Promise<void> {
  const { interaction, settings, model, functions, reply, t } = context;
  const { guildId, member, user, options } = interaction;
  mustManage(t, member);
  const present = await settings.read(guildId);
  const known = listTools(t, present.settings.tools, model, functions.all());
  const typed = options.getString('name', true);
  const tool = toolFrom(known, typed);
  if (tool === null) return reply(t('tools.unknown', { text: quote(typed), tools: namesNear(known, typed) }));
  const { unavailable } = tool;
  if (on && unavailable?.passes === false) return reply(t('tools.refused', { tool: tool.name, why: unavailable.why }));
  const saved = t(on ? 'tools.enabled' : 'tools.disabled', { tool: tool.name });
  if (tool.enabled === on) return reply(`${saved} ${t('setting.already')}`);
  const by = `<@${user.id}>`;
  return changeSetting(context, {
    guildId,
    change: { tools: { [tool.name]: on } },
    saved,
    announce: (inRoom) => inRoom(on ? 'tools.announcedOn' : 'tools.announcedOff', { member: by, tool: tool.name }),
  });
}
