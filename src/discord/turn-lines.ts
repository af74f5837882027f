/**
 * When it is the bot's turn to speak, as a member reads it.
 */
import type { Translate } from '../i18n/translate.ts';
import type { RoomSettings } from '../types/settings.ts';

export type TurnSettings = Pick<RoomSettings, 'pauseMs' | 'interrupt'>;

/** A line for each of the settings that is there. */
export function turnLines(t: Translate, { pauseMs, interrupt }: Partial<TurnSettings>): string {
  const pause = pauseMs === undefined ? [] : t('turns.pause', { pause: pauseMs });
  const mode = interrupt === undefined ? [] : t('turns.interrupt', { mode: t(`command.turns.interrupt.${interrupt}`) });
  return [pause, mode].flat().join('\n');
}
