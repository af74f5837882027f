/**
 * An answer whose audio stands still in the middle of a sentence, as seen on the real service (live-api.md §11, row 5).
 */
import { type AnswerPiece, LIVE_RATE } from './answer-audio.ts';
import type { LiveClock } from './live-clock.ts';
import type { Stall } from './live-script.ts';

export async function* stalled(
  pieces: AsyncIterable<AnswerPiece>,
  { afterMs, forMs }: Stall,
  clock: LiveClock,
): AsyncGenerator<AnswerPiece, void, undefined> {
  let left = Math.round((afterMs * LIVE_RATE) / 1000);
  let stands = true;
  for await (const piece of pieces) {
    if (!stands || piece.pcm.length <= left) {
      left -= piece.pcm.length;
      yield piece;
      continue;
    }
    stands = false;
    const { before, after } = halves(piece, left);
    yield before;
    await new Promise<void>((resolve) => clock.after(forMs, resolve));
    yield after;
  }
}

function halves({ words, pcm }: AnswerPiece, at: number): { before: AnswerPiece; after: AnswerPiece } {
  const all = words.split(' ');
  const spoken = Math.round((all.length * at) / pcm.length);
  return {
    before: { words: all.slice(0, spoken).join(' '), pcm: pcm.slice(0, at) },
    after: { words: all.slice(spoken).join(' '), pcm: pcm.slice(at) },
  };
}
