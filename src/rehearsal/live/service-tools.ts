/**
 * What the service itself does for an answer: search, and run code (live-api.md §6). The stand-in looks nothing up and runs
 * nothing: it sends what the script says, as the service would.
 */
import type { ScriptedRun, ScriptedSearch, SpokenAnswer } from './answer.ts';
import type { AnswerPiece } from './answer-audio.ts';
import type { LiveClock } from './live-clock.ts';
import type { GroundingMetadata, ServerPart } from './server-message.ts';
import type { AcceptedSetup } from './setup-check.ts';

/** @throws Error when the answer rests on what the session's setup does not have: no service would give it */
export function checkGrounds({ search, runs }: SpokenAnswer, { searches, runsCode }: AcceptedSetup): void {
  if (search !== undefined && !searches) throw new Error('an answer with a search, but setup has no googleSearch');
  if (runs !== undefined && !runsCode) throw new Error('an answer with code, but setup has no codeExecution');
}

/** Before the first word, each run's code and then what came of it. */
export async function* afterRuns(
  runs: readonly ScriptedRun[],
  pieces: AsyncIterable<AnswerPiece>,
  { clock, send }: { readonly clock: LiveClock; send(part: ServerPart): void },
): AsyncGenerator<AnswerPiece, void, undefined> {
  for (const { code, output, outcome = 'OUTCOME_OK', takesMs = 0 } of runs) {
    send({ executableCode: { language: 'PYTHON', code } });
    if (takesMs > 0) await new Promise<void>((resolve) => clock.after(takesMs, resolve));
    send({ codeExecutionResult: { outcome, output } });
  }
  yield* pieces;
}

export function groundingOf({ queries, sources }: ScriptedSearch): GroundingMetadata {
  return {
    webSearchQueries: queries,
    groundingChunks: sources.map(({ uri, title }) => ({ web: { uri, title, domain: title } })),
    groundingSupports: sources.map((_, at) => ({ segment: { endIndex: 1 }, groundingChunkIndices: [at] })),
    searchEntryPoint: { renderedContent: `<div class="carousel">${queries.map(chip).join('')}</div>` },
  };
}

function chip(query: string): string {
  const words = query.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<a class="chip" href="https://www.google.com/search?q=${encodeURIComponent(query)}">${words}</a>`;
}
