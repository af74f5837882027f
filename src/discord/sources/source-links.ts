/**
 * The sources of an answer as its channel reads them: links, and the search suggestions that Google wants shown with them. Discord
 * cannot render Google's own HTML of the suggestions, so each is a link to that search. Pure.
 */
import { MESSAGE_LENGTH, type Translate } from '../../i18n/translate.ts';
import type { WebSource } from '../../types/tools.ts';
import { onOneLine, plainText } from '../quote.ts';

const MOST_SOURCES = 5;
/** Of a title, of a suggestion, in characters; what is escaped becomes up to twice as long. */
const LONGEST_LABEL = 80;
/** Of a query in its link: with three bytes a character, each written as three, it still fits. */
const LONGEST_QUERY = 120;
/** With its label and the brackets it has to fit into one message. */
const LONGEST_URI = 1_600;

/** One or more messages, none too long; none when there is nothing to show. */
export function sourceMessages(
  t: Translate,
  queries: readonly string[],
  sources: readonly WebSource[],
): readonly string[] {
  const links = [...new Map(sources.map((source) => [source.uri, source])).values()]
    .filter(({ uri }) => uri.length <= LONGEST_URI)
    .slice(0, MOST_SOURCES)
    .map(({ uri, title }) => `- ${link(title || hostOf(uri), uri)}`);
  const suggestions = [...new Set(queries.map(onOneLine))].filter((query) => query !== '').map(suggestion);
  const lines = [
    ...(links.length > 0 ? [t('sources.heading'), ...links] : []),
    ...joined(suggestions, MESSAGE_LENGTH - t('sources.suggestions', { queries: '' }).length).map((some) =>
      t('sources.suggestions', { queries: some }),
    ),
  ];
  return packed(lines);
}

function suggestion(query: string): string {
  const address = new URL('https://www.google.com/search');
  address.searchParams.set('q', [...query].slice(0, LONGEST_QUERY).join(''));
  return link(query, address.href);
}

/** In angle brackets, so that no client previews it. Discord makes no link of a label that looks like another address. */
function link(label: string, uri: string): string {
  const words = onOneLine(label.replace(/\b[a-z][a-z0-9+.-]*:\/\//gi, ' '));
  const characters = [...words];
  const short = characters.length > LONGEST_LABEL ? `${characters.slice(0, LONGEST_LABEL - 1).join('')}…` : words;
  return `[${plainText(short) || hostOf(uri)}](<${uri}>)`;
}

function hostOf(uri: string): string {
  return new URL(uri).host;
}

/** Beside each other, on as many lines as it takes. */
function joined(pieces: readonly string[], most: number): readonly string[] {
  return gathered(pieces, ' · ', most);
}

function packed(lines: readonly string[]): readonly string[] {
  return gathered(lines, '\n', MESSAGE_LENGTH);
}

function gathered(pieces: readonly string[], separator: string, most: number): readonly string[] {
  const whole: string[] = [];
  for (const piece of pieces) {
    const last = whole.at(-1);
    const longer = last === undefined ? null : `${last}${separator}${piece}`;
    if (longer !== null && longer.length <= most) whole.splice(-1, 1, longer);
    else whole.push(piece);
  }
  return whole;
}
