/**
 * Who hears, where it goes and how to get out of it: what the people of a room are told, as plain text.
 */
import type { Translate } from '../../i18n/translate.ts';

/** @param channel as a mention */
export function consentNotice(t: Translate, channel: string): string {
  return `${t('panel.listening', { channel })}\n${t('panel.consent')}`;
}
