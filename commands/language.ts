import { ApplicationCommandOptionType } from 'discord.js';
import { changeSetting } from '../src/discord/change-setting.ts';
import { defineCommand } from '../src/discord/define-command.ts';
import {
  languageFrom,
  languageLabel,
  ownName,
  suggestLanguages,
  unknownLanguage,
} from '../src/discord/language-choice.ts';
import { mustSteerOrManage } from '../src/discord/member-rights.ts';

/** `/language code:`: what the bot speaks, or `auto`. For whoever is in the room; without one, for who manages the server. */
export const language = defineCommand({
  name: 'language',
  options: [{ type: ApplicationCommandOptionType.String, name: 'code', required: true, autocomplete: true }],
  suggest: async ({ interaction, locale }) => suggestLanguages(locale, interaction.options.getFocused()),
  run: async (context) => {
    const { interaction, rooms, reply, locale, t } = context;
    const { guildId, member, user, options } = interaction;
    mustSteerOrManage(t, member, rooms.ofGuild(guildId));
    const typed = options.getString('code', true);
    const code = languageFrom(locale, typed);
    if (code === null) return reply(unknownLanguage(locale, typed));
    const by = `<@${user.id}>`;
    const automatic = code === 'auto';
    return changeSetting(context, {
      guildId,
      change: { language: code },
      saved: automatic ? t('language.savedAuto') : t('language.saved', { language: languageLabel(locale, code) }),
      announce: (inRoom) =>
        automatic
          ? inRoom('language.announcedAuto', { member: by })
          : inRoom('language.announced', { member: by, language: `${ownName(code)} · ${code}` }),
    });
  },
});
