import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export interface Process {
  readonly child: ChildProcessWithoutNullStreams;
  /** What it has printed, a line each. */
  readonly lines: readonly string[];
  /** Resolves when it has printed so many lines. Fails when it ends before. */
  printed(lines: number): Promise<void>;
  /** Resolves when it has ended and all that it printed has arrived. */
  readonly ended: Promise<void>;
}

/** Runs a script of this folder; it is gone when the test is. */
export function run(script: string, ...args: readonly string[]): Process {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...args]);
  const lines: string[] = [];
  const errors: string[] = [];
  child.stderr.on('data', (chunk) => errors.push(String(chunk)));
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  const ended = once(child, 'close').then(() => undefined);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    child,
    lines,
    ended,
    async printed(count) {
      const gone = ended.then(() => Promise.reject(new Error(`it ended: ${errors.join('')}`)));
      while (lines.length < count) await Promise.race([once(reader, 'line'), gone]);
      gone.catch(() => undefined);
    },
  };
}
