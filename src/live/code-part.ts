/**
 * Code that the model wrote and the service runs, and what came of it, as parts of an answer (reference/live-api.md §6).
 */
import { z } from 'zod';
import type { CodeRun } from '../types/tools.ts';

export type CodePart =
  | ({ readonly type: 'code' } & Pick<CodeRun, 'language' | 'code'>)
  | ({ readonly type: 'result' } & Pick<CodeRun, 'outcome' | 'output'>);

/** Far more than a model writes or reads at once. */
const LONGEST = 100_000;

const OUTCOMES: Readonly<Record<string, CodeRun['outcome']>> = {
  OUTCOME_OK: 'ok',
  OUTCOME_FAILED: 'failed',
  OUTCOME_DEADLINE_EXCEEDED: 'timedOut',
};

export const executableCode = z
  .object({ language: z.string().default(''), code: z.string() })
  .transform(
    ({ language, code }): CodePart => ({ type: 'code', language: nameOf(language), code: code.slice(0, LONGEST) }),
  );

export const codeExecutionResult = z
  .object({ outcome: z.string().default(''), output: z.string().default('') })
  .transform(
    ({ outcome, output }): CodePart => ({
      type: 'result',
      outcome: OUTCOMES[outcome] ?? null,
      output: output.slice(0, LONGEST),
    }),
  );

/** `PYTHON`; the only one there is, but the field is there. */
function nameOf(language: string): string {
  const name = language.toLowerCase();
  return /^[a-z][a-z0-9+#-]{0,19}$/.test(name) && name !== 'language_unspecified' ? name : '';
}
