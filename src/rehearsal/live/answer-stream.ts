/**
 * An answer as it is handed out: audio by sample position, and the transcription fragments that belong to it.
 */
import type { AnswerPiece } from './answer-audio.ts';
import { fragmentsOf } from './fragments.ts';
import type { ServerPart } from './server-message.ts';

export interface AnswerStream {
  /** Samples at 24 kHz that were added so far. */
  readonly available: number;
  add(piece: AnswerPiece): void;
  /** The audio from one position to another as parts of at most `chunk` samples. What was taken is forgotten. */
  take(from: number, to: number, chunk: number): ServerPart[];
  /** Fragments of what is said before the position, not handed out yet; joined. */
  wordsUntil(position: number): string;
}

const MIME_TYPE = 'audio/pcm;rate=24000';

export function createAnswerStream(random: () => number): AnswerStream {
  const pieces: { readonly start: number; readonly pcm: Int16Array }[] = [];
  const fragments: { readonly at: number; readonly text: string }[] = [];
  let available = 0;

  function copy(from: number, to: number): Int16Array {
    const out = new Int16Array(to - from);
    for (const { start, pcm } of pieces) {
      const [first, last] = [Math.max(from, start), Math.min(to, start + pcm.length)];
      if (first < last) out.set(pcm.subarray(first - start, last - start), first - from);
    }
    return out;
  }

  return {
    get available() {
      return available;
    },
    add({ words, pcm }) {
      // A sentence that follows another is set off by a space, as in running text.
      const text = available === 0 ? words : ` ${words}`;
      for (const fragment of fragmentsOf(text, random)) {
        fragments.push({ text: fragment.text, at: available + fragment.at * pcm.length });
      }
      pieces.push({ start: available, pcm });
      available += pcm.length;
    },
    take(from, to, chunk) {
      const parts: ServerPart[] = [];
      for (let at = from; at < to; at += chunk) {
        const { buffer, byteLength } = copy(at, Math.min(to, at + chunk));
        parts.push({
          inlineData: { mimeType: MIME_TYPE, data: Buffer.from(buffer, 0, byteLength).toString('base64') },
        });
      }
      while (pieces[0] !== undefined && pieces[0].start + pieces[0].pcm.length <= to) pieces.shift();
      return parts;
    },
    wordsUntil(position) {
      const due = fragments.findIndex(({ at }) => at >= position);
      return fragments
        .splice(0, due < 0 ? fragments.length : due)
        .map(({ text }) => text)
        .join('');
    },
  };
}
