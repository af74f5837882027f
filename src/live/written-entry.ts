/**
 * A turn that was typed, or sent as a recording, as an entry of the ledger: a turn of its own where the model takes such, else a window
 * with the text in it. Pure.
 */
import { LIVE_INPUT_RATE } from '../audio/rates.ts';
import type { TranscriptTurn } from '../types/live.ts';
import { type LedgerEntry, type LedgerItem, newEntry } from './ledger-entry.ts';
import type { WrittenTurn } from './live-session.ts';
import { noteText } from './room-notes.ts';

/** Whether text alone starts an answer is not known; a little silence behind it is sound, and is known to (reference/live-api.md §2.2). */
const SILENCE = new Int16Array((LIVE_INPUT_RATE * 200) / 1000);

const noteItem = (text: string): LedgerItem => ({ type: 'note', text });

/** @param kept notes of windows that never came */
export function writtenEntry(turn: WrittenTurn, kept: readonly string[], takesTurns: boolean): LedgerEntry {
  const { text, notes = [], actorIds, images = [], context = [], recording = null } = turn;
  const told = [...kept, ...notes.map(noteText), ...(text === '' ? [] : [text])];
  const asTurn = takesTurns && recording === null;
  const entry = asTurn
    ? newEntry('text', told.map(noteItem), actorIds)
    : newEntry('window', [...contextTexts(context), ...told].map(noteItem), actorIds);
  entry.closed = true;
  entry.recording = asTurn ? null : (recording ?? SILENCE);
  entry.images.push(...images);
  if (asTurn) entry.context = context;
  entry.typed = typedOf(turn);
  return entry;
}

/** Those who were not there cannot see what was shown. */
export function typedOf({ text, images = [] }: WrittenTurn): string {
  return images.length === 0
    ? text
    : `${text} (with ${images.length === 1 ? 'a picture' : `${images.length} pictures`})`.trim();
}

/** What was written before, where there is no other place for it than beside the text. */
export function contextTexts(context: readonly TranscriptTurn[]): readonly string[] {
  if (context.length === 0) return [];
  const lines = context.map(({ role, text }) => (role === 'user' ? text : `You: ${text}`));
  return [noteText(`This was written before:\n${lines.join('\n')}`)];
}
