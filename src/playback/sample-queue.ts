/**
 * A first-in first-out queue of PCM that comes in chunks of any length and leaves in frames.
 */

export interface SampleQueue {
  /** Samples waiting. */
  readonly length: number;
  /** Keeps a copy: the caller may reuse its buffer. */
  push(pcm: Int16Array): void;
  /** Takes up to `target.length` samples into the front of `target` and zeroes the rest; says how many were taken. */
  take(target: Int16Array): number;
}

export function createSampleQueue(): SampleQueue {
  const chunks: Int16Array[] = [];
  let head = 0;
  let offset = 0;
  let length = 0;

  /** Shifting an array of thousands for every chunk is quadratic; used chunks are let go and cut off now and then. */
  const dropHead = (): void => {
    chunks[head] = EMPTY;
    head++;
    offset = 0;
    if (head < 64 || head * 2 < chunks.length) return;
    chunks.splice(0, head);
    head = 0;
  };

  return {
    get length() {
      return length;
    },
    push(pcm) {
      if (pcm.length === 0) return;
      chunks.push(pcm.slice());
      length += pcm.length;
    },
    take(target) {
      let taken = 0;
      for (let chunk = chunks[head]; chunk && taken < target.length; chunk = chunks[head]) {
        const part = chunk.subarray(offset, offset + target.length - taken);
        target.set(part, taken);
        taken += part.length;
        offset += part.length;
        if (offset === chunk.length) dropHead();
      }
      target.fill(0, taken);
      length -= taken;
      return taken;
    },
  };
}

const EMPTY = new Int16Array(0);
