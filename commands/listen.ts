import { ApplicationCommandOptionType } from 'discord.js';
import { defineCommand } from '../src/discord/define-command.ts';
import { mustSteerOrManage } from '../src/discord/member-rights.ts';

const MODES = ['open', 'addressed', 'focus', 'push'] as const;

/** `/listen mode: [speaker:]`: whom the bot listens to. Every room is open so far; the other modes are refused politely. */
export const listen = defineCommand({
  name: 'listen',
  options: [
    { type: ApplicationCommandOptionType.String, name: 'mode', required: true, choices: MODES },
    { type: ApplicationCommandOptionType.User, name: 'speaker' },
  ],
  run: async ({ interaction, rooms, reply, t }) => {
    mustSteerOrManage(t, interaction.member, rooms.ofGuild(interaction.guildId));
    return reply(t(interaction.options.getString('mode', true) === 'open' ? 'listen.open' : 'listen.notYet'));
  },
});
