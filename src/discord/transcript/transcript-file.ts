/**
 * A stored transcript as a text file: one line a turn, with its time. Pure.
 */
import { AttachmentBuilder } from 'discord.js';
import type { Translate } from '../../i18n/translate.ts';
import type { StoredTurn } from '../../store/store.ts';
import { onOneLine } from '../quote.ts';

/** Discord takes files of 10 MiB from a bot; the rest is for the head. */
const MOST_BYTES = 9_000_000;

export interface TranscriptFile {
  readonly text: string;
  /** Turns from the beginning that did not fit. */
  readonly leftOut: number;
}

/** @param turns at least one, the oldest first @param channelName of the voice channel */
export function transcriptFile(turns: readonly StoredTurn[], channelName: string, t: Translate): TranscriptFile {
  const { lines, leftOut } = newestLines(turns, t);
  const [from, to] = [timeOf(turns[0]), timeOf(turns.at(-1))];
  const head = [
    t('transcript.file.head', { channel: onOneLine(channelName), from, to }),
    t('transcript.file.approximate'),
    ...(leftOut > 0 ? [t('transcript.file.leftOut', { count: leftOut })] : []),
  ];
  return { text: `${[...head, '', ...lines].join('\n')}\n`, leftOut };
}

export function attachTranscript(text: string): AttachmentBuilder {
  return new AttachmentBuilder(Buffer.from(text, 'utf8'), { name: 'transcript.txt' });
}

/** `[2026-11-24 14:03:05] Ada: What time is it?`; nobody's words can pass for another line. */
export function transcriptLine({ at, speakers, text, interrupted }: StoredTurn, t: Translate): string {
  const names = speakers.map(({ name }) => onOneLine(name)).join(', ') || t('transcript.somebody');
  const mark = interrupted ? ` (${t('transcript.interrupted')})` : '';
  return `[${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}] ${names}: ${onOneLine(text)}${mark}`;
}

function newestLines(turns: readonly StoredTurn[], t: Translate): { lines: readonly string[]; leftOut: number } {
  const lines: string[] = [];
  let bytes = 0;
  for (const turn of turns.toReversed()) {
    const line = transcriptLine(turn, t);
    bytes += Buffer.byteLength(line) + 1;
    if (bytes > MOST_BYTES) break;
    lines.push(line);
  }
  return { lines: lines.toReversed(), leftOut: turns.length - lines.length };
}

function timeOf(turn: StoredTurn | undefined): string {
  return new Date(turn?.at ?? 0).toISOString().slice(0, 16).replace('T', ' ');
}
