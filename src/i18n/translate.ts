/**
 * Words for people: a message of the tables with its placeholders filled in.
 */
import type { ErrorCode, ErrorDetails, Problem } from '../errors.ts';
import { DISCORD_LOCALES, type DiscordLocale, type Locale, TABLES } from './locales.ts';
import type { MessageKey, MessageParams, Messages, Placeholder } from './messages.ts';
import { relativeTime } from './relative-time.ts';

/** Discord's limit for one message (Discord, "Create Message"). */
export const MESSAGE_LENGTH = 2000;

/** @example t('join.done', { channel: '<#1>' }) */
export type Translate = <Key extends MessageKey>(key: Key, ...params: MessageParams<Key>) => string;

export function translator(locale: Locale): Translate {
  return (key, ...params) => fill(TABLES[locale][key], params[0] ?? {});
}

/** What may stand in for a placeholder when the problem does not say; a missing one fails the type check. */
type ErrorPlaceholder = Placeholder<`error.${ErrorCode}`>;
const FALLBACKS: Readonly<Record<ErrorPlaceholder, MessageKey>> = {
  channel: 'fallback.channel',
  permissions: 'fallback.permissions',
  reset: 'fallback.reset',
  wait: 'fallback.wait',
  setting: 'refused.setup',
};

/** A problem in plain words, with what to do about it. Details that it lacks are spoken of in general. */
export function describeProblem(locale: Locale, problem: Problem): string {
  const table = TABLES[locale];
  const general = Object.entries(FALLBACKS).map(([name, key]) => [name, table[key]] as const);
  const said = inWords(table, problem.details);
  return fill(table[`error.${problem.code}`], { ...Object.fromEntries(general), ...said });
}

/** What stands in the details as a number or a name for machines. */
function inWords(table: Messages, details: ErrorDetails): ErrorDetails {
  const { retryAt, setting } = details;
  return {
    ...details,
    ...(typeof retryAt === 'number' && { wait: relativeTime(retryAt) }),
    ...(typeof setting === 'string' && { setting: refusedSetting(table, setting) }),
  };
}

/** What the Live service did not take, and what to do about it; `setting` as `live/refused-setting.ts` names it. */
function refusedSetting(table: Messages, setting: string): string {
  const [file, option] = setting.split('.');
  if (file === 'LIVE_OPTIONS' && option !== undefined) return fill(table['refused.option'], { option });
  const key = `refused.${setting}`;
  return Object.hasOwn(table, key) ? table[key as MessageKey] : table['refused.setup'];
}

/** The same message in every locale of Discord's that we have, in the form of `name_localizations`. */
export function localizations(key: MessageKey): Record<DiscordLocale, string> {
  const entries = Object.entries(DISCORD_LOCALES).map(([discord, locale]) => [discord, TABLES[locale][key]] as const);
  return Object.fromEntries(entries) as Record<DiscordLocale, string>;
}

function fill(text: string, params: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : placeholder,
  );
}
