/**
 * Loaded into the bot before itself (`--import`): at every SIGUSR2 the main thread does nothing but count for half a second, as a
 * garbage collection or a slow command would have it, and tells when.
 *
 * Room threads load it too and must not: only the main thread listens.
 */
import { writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const BLOCK_MS = 500;
const STDOUT = 1;

const now = (): number => performance.timeOrigin + performance.now();

function block(): void {
  const from = now();
  while (now() - from < BLOCK_MS);
  // As a line of the bot's own log, whose reader is the only one there is.
  writeSync(STDOUT, `${JSON.stringify({ level: 'info', msg: 'main thread was blocked', from, to: now() })}\n`);
}

if (isMainThread) process.on('SIGUSR2', block);
