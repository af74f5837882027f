/**
 * What answers rest on and brought about beside words: sources that were looked up, code that was run. Sources come in pieces, and
 * are told once an answer is over; code is told when what came of it is known.
 */
import type { CodePart } from '../live/code-part.ts';
import { type Grounding, MOST_QUERIES, MOST_SOURCES } from '../live/grounding.ts';
import type { CodeRun, WebSource } from '../types/tools.ts';

export interface Findings {
  grounding(generation: number, grounding: Grounding): void;
  code(generation: number, part: CodePart): void;
  /** An answer is over, and with it those before. */
  over(generation: number): void;
  /** Nothing of what was found is told any more. */
  forget(): void;
}

export interface FindingsEvents {
  sources(queries: readonly string[], sources: readonly WebSource[]): void;
  code(run: CodeRun): void;
}

/** Answers whose sources are remembered: a piece may come late, and what was told is not told again. */
const REMEMBERED = 4;

interface Found {
  readonly queries: Set<string>;
  readonly sources: Map<string, WebSource>;
  /** Of both, what was told. */
  readonly told: Set<string>;
}

export function createFindings(tell: FindingsEvents): Findings {
  const found = new Map<number, Found>();
  let overThrough = 0;
  let running: { readonly generation: number; readonly language: string; readonly code: string } | null = null;

  const foundOf = (generation: number): Found => {
    const known = found.get(generation) ?? { queries: new Set(), sources: new Map(), told: new Set() };
    found.set(generation, known);
    const [oldest] = found.keys();
    if (found.size > REMEMBERED && oldest !== undefined) found.delete(oldest);
    return known;
  };

  const tellSources = ({ queries, sources, told }: Found): void => {
    const newQueries = [...queries].filter((query) => !told.has(query));
    const newSources = [...sources.values()].filter(({ uri }) => !told.has(uri));
    if (newQueries.length === 0 && newSources.length === 0) return;
    for (const each of [...newQueries, ...newSources.map(({ uri }) => uri)]) told.add(each);
    tell.sources(newQueries, newSources);
  };

  const ran = ({ outcome, output }: Pick<CodeRun, 'outcome' | 'output'>): void => {
    if (running === null) return;
    const { language, code } = running;
    running = null;
    tell.code({ language, code, outcome, output });
  };
  const unknown = { outcome: null, output: '' } as const;

  return {
    grounding(generation, { queries, sources }) {
      const known = foundOf(generation);
      for (const query of queries) if (known.queries.size < MOST_QUERIES) known.queries.add(query);
      for (const source of sources) if (known.sources.size < MOST_SOURCES) known.sources.set(source.uri, source);
      if (generation <= overThrough) tellSources(known);
    },
    code(generation, part) {
      if (part.type === 'result') return ran(part);
      ran(unknown);
      running = { generation, language: part.language, code: part.code };
    },
    over(generation) {
      overThrough = Math.max(overThrough, generation);
      if (running !== null && running.generation <= generation) ran(unknown);
      for (const [of, known] of found) if (of <= generation) tellSources(known);
    },
    forget() {
      found.clear();
      running = null;
    },
  };
}
