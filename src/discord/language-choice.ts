/**
 * The languages as members choose from them: by code, by English name, by own name, or by what their own language calls them.
 *
 * On offer is what the Live service names: `auto`, the codes with a region and the bare ones. A code of a region that is not
 * offered (`de-CH`) means its language (`de`): the service has no such speech, and the language is what was asked for.
 */
import { LANGUAGE_CODES, SPEECH_LANGUAGE_CODES } from '../catalogue/languages.ts';
import type { Locale } from '../i18n/locales.ts';
import { translator } from '../i18n/translate.ts';
import type { Suggestion } from './define-command.ts';
import { quote } from './quote.ts';
import { closest, fold, search } from './search.ts';

const AUTO = 'auto';
/** Those with a region before the bare ones, since they are the languages that most people speak. */
const CODES = [...SPEECH_LANGUAGE_CODES, ...LANGUAGE_CODES];
/** What an answer calls close to what was asked for. */
const MOST_NAMED = 5;
/** Discord, "Application Commands", Autocomplete. */
const LABEL_LENGTH = 100;

interface Language {
  readonly code: string;
  readonly label: string;
  /** In its own language, in English, and in that of whoever looks; none twice. */
  readonly names: readonly string[];
}

/** What Norwegians call their two written forms: spoken they are one, and the service has only that. */
const NORWEGIAN: ReadonlySet<string> = new Set(['nb', 'nn']);

/** The name of a language in that language itself, `Deutsch (Deutschland)`; its code where nobody has written it down. */
export function ownName(code: string): string {
  return nameIn(code, code) ?? code;
}

/** How a member reads it: `shqip · Albanian · sq`, or the words for automatic. */
export function languageLabel(locale: Locale, code: string): string {
  if (code === AUTO) return translator(locale)('language.auto');
  const label = [...new Set([ownName(code), nameIn(locale, code) ?? code, code])].join(' · ');
  return label.length <= LABEL_LENGTH ? label : code;
}

/** The code that is meant, or `auto`; null when it is no language on offer. */
export function languageFrom(locale: Locale, typed: string): string | null {
  const wanted = fold(typed.split('·').at(-1) ?? '');
  const tag = wanted.replaceAll('_', '-');
  const languages = offered(locale);
  const byCode = languages.find(({ code }) => fold(code) === tag);
  const byName = languages.find(({ names }) => names.some((name) => fold(name) === wanted));
  return (byCode ?? byName)?.code ?? relatedTo(tag);
}

export function suggestLanguages(locale: Locale, typed: string): readonly Suggestion[] {
  return search(offered(locale), typed, words).map(({ code, label }) => ({ name: label, value: code }));
}

/** What to tell somebody who asked for a language that is not there. */
export function unknownLanguage(locale: Locale, typed: string): string {
  const t = translator(locale);
  const near = closest(offered(locale), typed, words, MOST_NAMED);
  const languages = near.map(({ label }) => `**${label}**`).join(', ');
  const unknown = t('language.unknown', { text: quote(typed) });
  return near.length === 0 ? unknown : `${unknown} ${t('language.close', { languages })}`;
}

/** Asked for at every keystroke, and the same for ever: all of them take some ten milliseconds to name. */
const known = new Map<Locale, readonly Language[]>();

function offered(locale: Locale): readonly Language[] {
  const languages = known.get(locale) ?? [automatic(locale), ...CODES.map((code) => language(locale, code))];
  known.set(locale, languages);
  return languages;
}

function automatic(locale: Locale): Language {
  const label = languageLabel(locale, AUTO);
  const [word = ''] = label.split(/\s?:/);
  return { code: AUTO, label, names: [label, word] };
}

function language(locale: Locale, code: string): Language {
  const names = [code, 'en', locale].flatMap((it) => [nameIn(it, code), nameIn(it, code, 'dialect')]);
  return { code, label: languageLabel(locale, code), names: [...new Set(names.filter((name) => name !== null))] };
}

function words({ code, names }: Language): readonly string[] {
  return [code, ...names];
}

/** @param languageDisplay `standard`: English (United Kingdom), `dialect`: British English */
function nameIn(locale: string, code: string, languageDisplay: 'standard' | 'dialect' = 'standard'): string | null {
  try {
    const names = new Intl.DisplayNames([locale], { type: 'language', fallback: 'none', languageDisplay });
    // XA is Google's "any Arabic"; to Unicode it is the pseudo-locale for testing, which nobody speaks.
    return names.of(code.replace(/-XA$/, '')) ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The offered code that says the same in other letters (`zh-CN`, `he`, `deu`), or the language without its region. */
function relatedTo(tag: string): string | null {
  const locale = parsed(tag);
  if (locale === null) return null;
  const same = (wanted: string) => CODES.find((code) => new Intl.Locale(code).toString() === wanted) ?? null;
  return same(locale.toString()) ?? same(NORWEGIAN.has(locale.language) ? 'no' : locale.language);
}

function parsed(tag: string): Intl.Locale | null {
  try {
    const locale = new Intl.Locale(tag);
    return isKnown('script', locale.script) && isKnown('region', locale.region) ? locale : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function isKnown(type: 'script' | 'region', subtag: string | undefined): boolean {
  if (subtag === undefined) return true;
  return new Intl.DisplayNames(['en'], { type, fallback: 'none' }).of(subtag) !== undefined;
}
