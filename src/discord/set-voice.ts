/**
 * Gives the bot another voice, at whatever a member uses for it: the command or the panel.
 */
import { changeSetting, type SettingContext } from './change-setting.ts';
import { voiceLabel } from './voice-choice.ts';

/**
 * @param voice a Live voice by name
 * @param by id of the member who asked for it
 * @throws ParleyError `STORE_WRITE_FAILED`: nothing has changed
 */
export function setVoice(context: SettingContext, guildId: string, voice: string, by: string): Promise<void> {
  return changeSetting(context, {
    guildId,
    change: { voice },
    saved: context.t('voice.saved', { voice: voiceLabel(context.t, voice) }),
    announce: (t) => t('voice.announced', { member: `<@${by}>`, voice }),
  });
}
