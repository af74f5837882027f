/**
 * Decoders for packets of more than 20 ms, which any client may send and opusscript cannot take (reference/audio.md §4).
 *
 * libopus-wasm decodes them. It loads asynchronously and packets do not wait, so one decoder is kept ready from the start.
 */
import { createDecoder, type OpusDecoderHandle } from 'libopus-wasm';
import type { Count } from '../types/log.ts';
import { DISCORD_RATE } from './rates.ts';

/** Speakers with such clients at once in all rooms of a thread. Discord's own clients send 20 ms: this is for the odd bot. */
const LIMIT = 8;

export interface LongPackets {
  /** 48 kHz mono of up to 120 ms; null when it cannot be decoded or no decoder is left. `owner` keeps its decoder. */
  decode(owner: object, packet: Uint8Array): Int16Array | null;
  release(owner: object): void;
  close(): void;
}

export function createLongPackets(count: Count): LongPackets {
  /** In order of use, the longest unused first. */
  const leased = new Map<object, OpusDecoderHandle>();
  let spare: OpusDecoderHandle | null = null;
  let closed = false;

  const prepare = (): void => {
    createDecoder({ sampleRate: DISCORD_RATE, channels: 1 }).then(
      (decoder) => {
        if (closed) decoder.free();
        else spare = decoder;
      },
      () => count('audio_long_decoder_failures_total'),
    );
  };

  const lease = (owner: object): OpusDecoderHandle | null => {
    const decoder = leased.get(owner) ?? spare;
    if (decoder === null) return null;
    if (decoder === spare) {
      spare = null;
      const [oldest] = leased.keys();
      if (leased.size >= LIMIT && oldest !== undefined) release(oldest);
      prepare();
    }
    leased.delete(owner);
    leased.set(owner, decoder);
    return decoder;
  };

  const release = (owner: object): void => {
    leased.get(owner)?.free();
    leased.delete(owner);
  };

  prepare();
  return {
    decode(owner, packet) {
      try {
        return closed ? null : (lease(owner)?.decode(packet) ?? null);
      } catch {
        // What a client sent is not Opus after all: the same answer as from the other decoder.
        return null;
      }
    },
    release,
    close() {
      closed = true;
      spare?.free();
      spare = null;
      for (const owner of [...leased.keys()]) release(owner);
    },
  };
}
