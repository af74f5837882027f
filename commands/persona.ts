import { defineCommand } from '../src/discord/define-command.ts';
import { mustManage } from '../src/discord/member-rights.ts';
import { showPersona } from '../src/discord/persona-answer.ts';
import { personaForm, setPersona } from '../src/discord/persona-form.ts';

/** `/persona set|show|reset`: who the bot is on this server. Anyone may read it; writing it is for who manages the server. */
export const persona = defineCommand({
  name: 'persona',
  subcommands: [{ name: 'set' }, { name: 'show' }, { name: 'reset' }],
  form: async ({ interaction, settings, t }) => {
    if (interaction.options.getSubcommand() !== 'set') return null;
    mustManage(t, interaction.member);
    const present = await settings.read(interaction.guildId);
    return personaForm(t, present.settings.persona);
  },
  run: async (context) => {
    const { interaction, settings, reply, t } = context;
    const { guildId, member, user, options } = interaction;
    if (options.getSubcommand() === 'reset') {
      mustManage(t, member);
      return setPersona(context, { guildId, persona: '', by: user.id });
    }
    const present = await settings.read(guildId);
    const { text, files } = showPersona(t, present.settings.persona);
    return reply(text, files);
  },
});
