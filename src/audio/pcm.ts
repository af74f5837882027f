/**
 * Samples as bytes and text: 16-bit signed, little endian, which is what the Live API speaks (reference/live-api.md §1).
 */
import { endianness } from 'node:os';

const SWAPPED = endianness() === 'BE';

/** Two bytes a sample, in a buffer of their own. */
export function pcmToBytes(pcm: Int16Array): Uint8Array {
  const bytes = Buffer.from(Uint8Array.from(new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength)).buffer);
  return SWAPPED ? bytes.swap16() : bytes;
}

/** Whole samples only: a last odd byte is left out. `createPcmReader` keeps it for the next chunk. */
export function pcmFromBytes(bytes: Uint8Array): Int16Array {
  const even = Uint8Array.from(bytes.subarray(0, bytes.length & ~1));
  if (SWAPPED) Buffer.from(even.buffer).swap16();
  return new Int16Array(even.buffer);
}

export function pcmToBase64(pcm: Int16Array): string {
  return Buffer.from(pcmToBytes(pcm).buffer).toString('base64');
}

/** What is no base64 is skipped, as everywhere in Node; a last odd byte is left out. */
export function pcmFromBase64(text: string): Int16Array {
  return pcmFromBytes(Buffer.from(text, 'base64'));
}

export interface PcmReader {
  /** The samples completed by these bytes. */
  push(bytes: Uint8Array): Int16Array;
  /** Drops half a sample that is waiting: a new stream begins. */
  reset(): void;
}

/** Reads a stream of bytes that may be cut anywhere, in the middle of a sample too. */
export function createPcmReader(): PcmReader {
  let half: number | null = null;
  return {
    push(bytes) {
      const all = half === null ? bytes : Uint8Array.from([half, ...bytes]);
      half = all.length % 2 === 1 ? (all.at(-1) ?? null) : null;
      return pcmFromBytes(all);
    },
    reset() {
      half = null;
    },
  };
}

export interface Framer {
  /** The frames completed by these samples, each in an array of its own. */
  push(pcm: Int16Array): Int16Array[];
  /** The rest, padded with silence to a whole frame; null when nothing is waiting. */
  flush(): Int16Array | null;
  /** Samples waiting for their frame to be full. */
  readonly waiting: number;
}

/** Cuts a stream of samples of any chunking into frames of `length` samples. */
export function createFramer(length: number): Framer {
  let frame = new Int16Array(length);
  let filled = 0;

  return {
    push(pcm) {
      const frames: Int16Array[] = [];
      for (let from = 0; from < pcm.length; ) {
        const part = pcm.subarray(from, from + length - filled);
        frame.set(part, filled);
        filled += part.length;
        from += part.length;
        if (filled < length) break;
        frames.push(frame);
        frame = new Int16Array(length);
        filled = 0;
      }
      return frames;
    },
    flush() {
      if (filled === 0) return null;
      const last = frame;
      frame = new Int16Array(length);
      filled = 0;
      return last;
    },
    get waiting() {
      return filled;
    },
  };
}
