import { ApplicationCommandOptionType } from 'discord.js';
import { defineCommand } from '../src/discord/define-command.ts';
import { mustSteerOrManage } from '../src/discord/member-rights.ts';
import { setVoice } from '../src/discord/set-voice.ts';
import { suggestVoices, unknownVoice, voiceFrom } from '../src/discord/voice-choice.ts';

/** `/voice name:`: another voice, in force at once. For whoever is in the room; without one, for who manages the server. */
export const voice = defineCommand({
  name: 'voice',
  options: [{ type: ApplicationCommandOptionType.String, name: 'name', required: true, autocomplete: true }],
  suggest: async ({ interaction, t }) => suggestVoices(t, interaction.options.getFocused()),
  run: async (context) => {
    const { interaction, rooms, reply, t } = context;
    const { guildId, member, user, options } = interaction;
    mustSteerOrManage(t, member, rooms.ofGuild(guildId));
    const typed = options.getString('name', true);
    const found = voiceFrom(typed);
    if (found === null) return reply(unknownVoice(t, typed));
    return setVoice(context, guildId, found, user.id);
  },
});
