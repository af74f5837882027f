/**
 * What the room's channel reads when the room has ended.
 */
import type { Locale } from '../i18n/locales.ts';
import { describeProblem, translator } from '../i18n/translate.ts';
import type { EndReason } from '../room/protocol.ts';

/** Null where nothing is to be said: somebody sent the bot away, or there is nobody left to read it. */
export function endNotice(locale: Locale, reason: EndReason, channel: string): string | null {
  const t = translator(locale);
  switch (reason.kind) {
    case 'left':
    case 'guildGone':
      return null;
    case 'alone':
      return t('end.alone', { channel });
    case 'shutdown':
      return t('end.shutdown', { channel });
    case 'limit':
    case 'failed':
      return t('end.other', { channel, why: describeProblem(locale, reason.problem) });
  }
}
