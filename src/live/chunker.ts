/**
 * Cuts audio for the wire into chunks of 20 to 40 ms, as the service advises (reference/live-api.md §8.2): frames that come
 * one at a time leave one at a time, a recording that comes whole leaves in pieces.
 */
import { LIVE_INPUT_FRAME_SAMPLES } from '../audio/rates.ts';

const SHORTEST = LIVE_INPUT_FRAME_SAMPLES;
const LONGEST = 2 * LIVE_INPUT_FRAME_SAMPLES;

export interface Chunker {
  /** 16 kHz mono, any length; copied. Returns the chunks that are whole. */
  add(pcm: Int16Array): Int16Array[];
  /** What is left, under 20 ms; null when nothing is. */
  flush(): Int16Array | null;
}

export function createChunker(): Chunker {
  let rest = new Int16Array();
  return {
    add(pcm) {
      const audio = new Int16Array(rest.length + pcm.length);
      audio.set(rest);
      audio.set(pcm, rest.length);
      const chunks: Int16Array[] = [];
      let at = 0;
      while (audio.length - at >= SHORTEST) {
        const length = Math.min(LONGEST, audio.length - at);
        chunks.push(audio.slice(at, at + length));
        at += length;
      }
      rest = audio.slice(at);
      return chunks;
    },
    flush() {
      const last = rest;
      rest = new Int16Array();
      return last.length > 0 ? last : null;
    },
  };
}
