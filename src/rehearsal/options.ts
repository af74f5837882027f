/**
 * The command line of the rehearsal (DESIGN.md §4): every problem is told at once, in words.
 */
import { parseArgs } from 'node:util';

export interface RehearsalOptions {
  /** A recording of the user's own to be spoken as one more turn. */
  readonly say: string | null;
  readonly out: string;
  readonly json: boolean;
  /** A missed time budget fails the rehearsal. */
  readonly strict: boolean;
  /** Talk to the real Live service. */
  readonly real: boolean;
  readonly keepRunning: boolean;
}

export type ReadOptions =
  | { readonly ok: true; readonly options: RehearsalOptions }
  | { readonly ok: false; readonly exitCode: 0 | 64; readonly message: string };

export const USAGE = `Usage: npm run rehearse -- [options]

Runs the real bot through a scripted conversation against a loopback Discord and a loopback Live service.

  --say FILE      also speak your own recording (WAV; other formats where ffmpeg is installed)
  --out DIR       where the WAV files go (default: rehearsal-out)
  --json          one JSON document on stdout, everything else on stderr (use npm run -s)
  --strict        a missed time budget fails the rehearsal
  --real          talk to Google's Live service; needs GEMINI_API_KEY and costs money
  --keep-running  leave both loopbacks up and print the environment for npm start
  --help          this text
`;

export function readOptions(args: readonly string[]): ReadOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        say: { type: 'string' },
        out: { type: 'string', default: 'rehearsal-out' },
        json: { type: 'boolean', default: false },
        strict: { type: 'boolean', default: false },
        real: { type: 'boolean', default: false },
        'keep-running': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return { ok: false, exitCode: 0, message: USAGE };
    const { say, out, json, strict, real } = values;
    return { ok: true, options: { say: say ?? null, out, json, strict, real, keepRunning: values['keep-running'] } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, exitCode: 64, message: `${reason}\n\n${USAGE}` };
  }
}
