/**
 * Who is heard in a room and who is not, in words that stay short however full the channel is.
 */
import type { Translate } from '../../i18n/translate.ts';
import type { RosterEntry } from '../../types/settings.ts';

/**
 * A mention is up to 24 characters with its comma, so these are less than a quarter of what a message holds, and more than
 * anybody counts.
 */
const MOST_NAMES = 30;

/**
 * Mentions and not names: Discord shows them as what everybody is called now, and nobody's name can be taken for markup.
 * Everybody who is not heard is only counted: that somebody does not want to be is nobody's business.
 */
export function heardLines(t: Translate, roster: readonly RosterEntry[]): string {
  const heard = roster.filter(({ bot, optedOut }) => !bot && !optedOut);
  const people = heard.slice(0, MOST_NAMES).map(({ id }) => `<@${id}>`);
  const lines = [heardLine(t, people.join(', '), heard.length - people.length)];
  const unheard = roster.length - heard.length;
  if (unheard > 0) lines.push(t('panel.unheard', { count: unheard }));
  return lines.join('\n');
}

function heardLine(t: Translate, people: string, more: number): string {
  if (people === '') return t('panel.heardNobody');
  return more > 0 ? t('panel.heardMore', { people, count: more }) : t('panel.heard', { people });
}
