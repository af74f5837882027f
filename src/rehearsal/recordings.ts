/**
 * The WAV files of a rehearsal: what the Live side got, and what was heard of the answers.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { voicedMs } from './ears.ts';
import type { PerformedTurn } from './performance.ts';
import { encodeWav } from './speech/wav.ts';
import { inOnePiece } from './wire/exchanges.ts';

export interface TurnRecordings {
  /** 16 kHz mono: what reached the Live side. Null when nothing did. */
  readonly heardWav: string | null;
  /** 48 kHz mono: what a member heard of the answer. Null when nothing was heard. */
  readonly answerWav: string | null;
}

const DISCORD_RATE = 48_000;

/** Overwrites the files of an earlier rehearsal. @returns paths as they were given: `out` and a name */
export async function writeRecordings(out: string, turn: PerformedTurn): Promise<TurnRecordings> {
  await mkdir(out, { recursive: true });
  const { index, scripted, exchanges, heardAfter } = turn;
  const name = `${String(index).padStart(2, '0')}-${scripted.speaker.toLowerCase()}`;
  const rate = exchanges[0]?.rate ?? 0;
  const chunks = exchanges.flatMap((exchange) => exchange.chunks);
  const heardWav = chunks.length === 0 ? null : join(out, `${name}-at-live.wav`);
  if (heardWav) await writeFile(heardWav, encodeWav(inOnePiece(chunks), rate));
  const answerWav = voicedMs(heardAfter) === 0 ? null : join(out, `${name}-answer.wav`);
  if (answerWav) await writeFile(answerWav, encodeWav(heardAfter.pcm(), DISCORD_RATE));
  return { heardWav, answerWav };
}
