/**
 * What a search brought to an answer, read at the edge: the queries and the pages (reference/live-api.md §6). Bounded, since
 * nobody reads more than a few, and what it is has been chosen by whoever wrote those pages.
 */
import { z } from 'zod';
import type { WebSource } from '../types/tools.ts';

export interface Grounding {
  readonly queries: readonly string[];
  readonly sources: readonly WebSource[];
}

/** A question is looked up in one to three searches; ten would be a page of links. */
export const MOST_QUERIES = 10;
export const MOST_SOURCES = 20;
/** Google's redirects have some 300 characters. An address that was cut would lead somewhere else, so a longer one is left out. */
const LONGEST_URI = 2_048;
const LONGEST_TEXT = 200;
/** The suggestions come as a page of HTML, most of it style. */
const LONGEST_HTML = 50_000;

const list = z.array(z.unknown()).catch([]).default([]);
const chunk = z.object({ web: z.object({ uri: z.string(), title: z.string().catch('').default('') }) });

/** Anything but an object is a fault; what is wrong inside of it costs only itself. */
export const groundingMetadata = z
  .object({
    webSearchQueries: list,
    groundingChunks: list,
    searchEntryPoint: z
      .object({ renderedContent: z.string().catch('').default('') })
      .catch({ renderedContent: '' })
      .default({ renderedContent: '' }),
  })
  .transform(({ webSearchQueries, groundingChunks, searchEntryPoint }): Grounding => {
    const queries = webSearchQueries.filter((query) => typeof query === 'string');
    const asked = queries.length > 0 ? queries : suggestionsIn(searchEntryPoint.renderedContent);
    const words = asked.map((query) => short(query)).filter((query) => query !== '');
    return { queries: words.slice(0, MOST_QUERIES), sources: groundingChunks.flatMap(sourceOf).slice(0, MOST_SOURCES) };
  });

function sourceOf(value: unknown): WebSource[] {
  const { data } = chunk.safeParse(value);
  if (data === undefined || data.web.uri.length > LONGEST_URI) return [];
  const address = URL.parse(data.web.uri);
  if (address === null || !/^https?:$/.test(address.protocol)) return [];
  return [{ uri: address.href, title: short(data.web.title) }];
}

/** The words on the chips of the suggestions that Google renders, where it did not also say them plainly. */
function suggestionsIn(html: string): string[] {
  const [, ...links] = html.slice(0, LONGEST_HTML).split('<a ');
  return links.flatMap((link) => {
    const [tag = '', rest = ''] = splitOnce(link, '>');
    return /\bclass="chip"/.test(tag) ? [plain(splitOnce(rest, '<')[0] ?? '')] : [];
  });
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function plain(html: string): string {
  return html.replace(/&(amp|lt|gt|quot|#39);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}

function short(text: string): string {
  return text.trim().slice(0, LONGEST_TEXT).toWellFormed().trim();
}
