/**
 * The bot under rehearsal: `src/main.ts` as a child process with nothing but its documented environment.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** One line of the bot's log. */
export interface BotLine {
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  readonly msg: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface BotProcess {
  readonly pid: number;
  /** Resolves with the fields of the `ready` line; rejects with the bot's own words when it ends before. */
  readonly ready: Promise<Readonly<Record<string, unknown>>>;
  /** Resolves with the exit code, or null when a signal ended it. */
  readonly exited: Promise<number | null>;
  /** Lines at `warn` and above, newest last, bounded. */
  readonly troubles: readonly BotLine[];
  /** SIGTERM, then SIGKILL if it does not leave within its own 10 s. */
  stop(): Promise<number | null>;
  /** At once. */
  kill(): void;
}

/** DESIGN.md §1 gives the bot 10 s to leave; a little more for a busy machine. */
const LEAVE_MS = 12_000;
const READY_MS = 60_000;
const MAX_TROUBLES = 50;
const TROUBLE: ReadonlySet<string> = new Set(['warn', 'error', 'fatal']);

const ROOT = join(import.meta.dirname, '..', '..');

export interface BotProcessOptions {
  /** Options of Node's own, for benchmarks that load something before the bot. */
  readonly execArgv?: readonly string[];
}

export function startBot(
  env: Readonly<Record<string, string>>,
  onLine: (line: BotLine) => void,
  { execArgv = [] }: BotProcessOptions = {},
): BotProcess {
  const child = spawn(process.execPath, [...execArgv, 'src/main.ts'], {
    cwd: ROOT,
    env: { ...inherited(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const troubles: BotLine[] = [];
  const said: string[] = [];
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  void exited.then(() => process.off('exit', killWithUs));

  const ready = new Promise<Readonly<Record<string, unknown>>>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the bot was not ready within ${READY_MS / 1000} s`)), READY_MS);
    const fail = (reason: string): void => reject(new Error([reason, ...said].join('\n')));
    child.once('error', (error) => fail(`the bot could not be started: ${error.message}`));
    void exited
      .then((code) => fail(`the bot ended with code ${code} before it was ready`))
      .finally(() => clearTimeout(late));
    readLines(child, said, (line) => {
      if (line.msg === 'ready') {
        clearTimeout(late);
        resolve(line.fields);
      }
      if (TROUBLE.has(line.level) && troubles.length < MAX_TROUBLES) troubles.push(line);
      onLine(line);
    });
  });

  return {
    pid: child.pid ?? -1,
    ready,
    exited,
    troubles,
    kill: killWithUs,
    async stop() {
      child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), LEAVE_MS);
      const code = await exited;
      clearTimeout(killer);
      return code;
    },
  };
}

/** What any program needs to run; no setting of the bot leaks in from the shell. */
function inherited(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot', 'LANG', 'NODE_V8_COVERAGE'];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

/** Lines that are not log lines (a start-up problem in plain words) are kept for the error message. */
function readLines(child: ChildProcess, said: string[], onLine: (line: BotLine) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (text) => {
      const line = parseLine(text);
      if (line !== null) return onLine(line);
      said.push(text);
      said.splice(0, said.length - MAX_TROUBLES);
    });
  }
}

function parseLine(text: string): BotLine | null {
  if (!text.startsWith('{')) return null;
  try {
    const { level, msg, ...fields } = JSON.parse(text) as Record<string, unknown>;
    return isLevel(level) && typeof msg === 'string' ? { level, msg, fields } : null;
  } catch {
    return null;
  }
}

function isLevel(level: unknown): level is BotLine['level'] {
  return typeof level === 'string' && (TROUBLE.has(level) || ['trace', 'debug', 'info'].includes(level));
}
