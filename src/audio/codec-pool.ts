/**
 * Decoders for those who speak now, out of a bounded number for all rooms of a thread.
 *
 * A channel may hold thousands of people and few of them talk. Who has been quiet for a while lends the decoder to the next;
 * until then it stays with its speaker, because Opus predicts from what came before, across pauses too.
 */
import type { Count } from '../types/log.ts';
import { createLongPackets, type LongPackets } from './long-packets.ts';
import type { Opus, OpusDecoder } from './opus-codec.ts';
import { DISCORD_RATE } from './rates.ts';

export type Decoded =
  /** 48 kHz mono. libopus mixes stereo down itself, which costs a quarter less than decoding both channels. */
  | { readonly ok: true; readonly pcm: Int16Array }
  /** `garbage`: no decoder can read it. `exhausted`: everybody else is speaking too. */
  | { readonly ok: false; readonly reason: 'garbage' | 'exhausted' };

/** One speaker's access to the pool; holds a decoder only while the speaker is active. */
export interface SpeakerDecoder {
  /** @param now ms on any one clock: tells who has been idle longest. Never throws for what a packet holds. */
  decode(packet: Uint8Array, now: number): Decoded;
  close(): void;
}

export interface CodecPool {
  open(): SpeakerDecoder;
  /** Decoders that exist, lent or not. */
  readonly size: number;
  close(): void;
}

export interface CodecPoolOptions {
  /** Owned by the caller, closed after the pool. */
  readonly opus: Opus;
  /** Most decoders at once. */
  readonly limit: number;
  readonly count: Count;
}

/** Quiet for this long, a speaker may lose the decoder to another; between two words nobody does. */
const IDLE_MS = 1_000;

interface Loan {
  readonly decoder: OpusDecoder;
  usedAt: number;
}

export function createCodecPool(options: CodecPoolOptions): CodecPool {
  return new LendingPool(options);
}

class LendingPool implements CodecPool {
  readonly #options: CodecPoolOptions;
  readonly #long: LongPackets;
  readonly #free: OpusDecoder[] = [];
  /** In order of use, the longest idle first. */
  readonly #loans = new Map<object, Loan>();
  #closed = false;

  constructor(options: CodecPoolOptions) {
    this.#options = options;
    this.#long = createLongPackets(options.count);
  }

  get size(): number {
    return this.#loans.size + this.#free.length;
  }

  open(): SpeakerDecoder {
    const owner = {};
    return {
      decode: (packet, now) => this.#decode(owner, packet, now),
      close: () => this.#release(owner),
    };
  }

  close(): void {
    this.#closed = true;
    this.#long.close();
    for (const { decoder } of this.#loans.values()) decoder.close();
    for (const decoder of this.#free) decoder.close();
    this.#loans.clear();
    this.#free.length = 0;
  }

  #decode(owner: object, packet: Uint8Array, now: number): Decoded {
    const decoder = this.#lend(owner, now);
    if (decoder === null) {
      this.#options.count('audio_decoders_exhausted_total');
      return { ok: false, reason: 'exhausted' };
    }
    const decoded = decoder.decode(packet);
    if (decoded.ok) return decoded;
    const pcm = decoded.reason === 'tooLong' ? this.#long.decode(owner, packet) : null;
    return pcm === null ? { ok: false, reason: 'garbage' } : { ok: true, pcm };
  }

  #lend(owner: object, now: number): OpusDecoder | null {
    const loan = this.#loans.get(owner);
    const decoder = loan?.decoder ?? this.#find(now);
    if (decoder === null) return null;
    this.#loans.delete(owner);
    this.#loans.set(owner, { decoder, usedAt: now });
    return decoder;
  }

  #find(now: number): OpusDecoder | null {
    if (this.#closed) return null;
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.size < this.#options.limit) return this.#options.opus.createDecoder({ rate: DISCORD_RATE, channels: 1 });
    const [longestIdle] = this.#loans;
    if (longestIdle === undefined || now - longestIdle[1].usedAt < IDLE_MS) return null;
    this.#release(longestIdle[0]);
    return this.#free.pop() ?? null;
  }

  #release(owner: object): void {
    const loan = this.#loans.get(owner);
    this.#long.release(owner);
    if (loan === undefined) return;
    this.#loans.delete(owner);
    loan.decoder.reset();
    this.#free.push(loan.decoder);
  }
}
