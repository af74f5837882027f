/**
 * Opus, by opusscript's wasm build and a wrapper of our own.
 *
 * The package's wrapper takes a byte address for a 16-bit index and so overwrites its own heap: from the third codec on it
 * decodes to wrong sound and aborts. Frames over 20 ms ruin the heap of the build itself, whoever calls it. Here one area for
 * PCM and one for packets serve all codecs, views of the heap are taken afresh at every call because they detach when it
 * grows, and nothing over 20 ms comes near it (reference/audio.md §4; test/unit/audio/opusscript-as-shipped.test.ts fails when
 * the package is mended).
 */
import { loadNativeOpus, type NativeHandler, type NativeOpus } from './opus-native.ts';
import { packetSamples } from './opus-packet.ts';
import { DISCORD_RATE, FRAME_MS } from './rates.ts';

export type OpusRate = 8_000 | 12_000 | 16_000 | 24_000 | 48_000;

export interface OpusFormat {
  readonly rate: OpusRate;
  /** Interleaved when 2. */
  readonly channels: 1 | 2;
}

export interface EncoderOptions extends OpusFormat {
  /** `voip` (the default) favours speech, `audio` fidelity. */
  readonly application?: 'voip' | 'audio';
  /** Bits a second; 64 kb/s, the default, is what Discord's clients send in a channel of normal quality. */
  readonly bitrate?: number;
  /** 0 to 10: what the encoder may spend; libopus' own default otherwise. */
  readonly complexity?: number;
}

export type OpusDecoded =
  | { readonly ok: true; readonly pcm: Int16Array }
  /** `tooLong`: more than 20 ms, needs another decoder. `invalid`: libopus refused it. `malformed`: no Opus at all. */
  | { readonly ok: false; readonly reason: 'tooLong' | 'invalid' | 'malformed' | 'closed' };

export interface OpusDecoder extends OpusFormat {
  /** One packet of at most 20 ms, as interleaved samples in an array of its own. Never throws for what a packet holds. */
  decode(packet: Uint8Array): OpusDecoded;
  /** Forgets what it heard, as if it were new. */
  reset(): void;
  close(): void;
}

export interface OpusEncoder extends OpusFormat {
  /**
   * One frame of 2.5, 5, 10 or 20 ms, interleaved, as one packet.
   * @throws {RangeError} for a frame of any other length. @throws {Error} when libopus refuses, or after `close`.
   */
  encode(pcm: Int16Array): Uint8Array;
  close(): void;
}

/** The codecs of one thread: they share a heap. The caller owns it and closes it after its codecs. */
export interface Opus {
  createDecoder(format: OpusFormat): OpusDecoder;
  createEncoder(options: EncoderOptions): OpusEncoder;
  /** Codecs that are open. */
  readonly size: number;
  /** Closes every codec that is still open. */
  close(): void;
}

const APPLICATIONS = { voip: 2048, audio: 2049 } as const;
const SET_BITRATE = 4002;
const SET_COMPLEXITY = 4010;
const RESET_STATE = 4028;
const DEFAULT_BITRATE = 64_000;

/** Samples of 20 ms at 48 kHz, stereo: the most that any call moves. */
const MOST_SAMPLES = ((DISCORD_RATE * FRAME_MS) / 1000) * 2;
/** The build keeps each byte of PCM in a 16-bit element. */
const PCM_AREA_BYTES = MOST_SAMPLES * 2 * 2;
/** Two frames of 1275 bytes, the largest there are, with their framing (RFC 6716 §3.4); UDP brings at most some 1,450. */
const PACKET_AREA_BYTES = 4_000;

export function createOpus(): Opus {
  return new SharedHeapOpus(loadNativeOpus());
}

class SharedHeapOpus implements Opus {
  readonly #native: NativeOpus;
  readonly #pcm: number;
  readonly #packet: number;
  readonly #open = new Set<NativeHandler>();

  constructor(native: NativeOpus) {
    this.#native = native;
    this.#pcm = native._malloc(PCM_AREA_BYTES);
    this.#packet = native._malloc(PACKET_AREA_BYTES);
  }

  get size(): number {
    return this.#open.size;
  }

  createDecoder({ rate, channels }: OpusFormat): OpusDecoder {
    const handler = this.#create(rate, channels, APPLICATIONS.voip);
    return {
      rate,
      channels,
      decode: (packet) => this.#decode(handler, channels, packet),
      reset: () => {
        if (this.#open.has(handler)) check(handler._decoder_ctl(RESET_STATE, 0), 'reset');
      },
      close: () => this.#destroy(handler),
    };
  }

  createEncoder(options: EncoderOptions): OpusEncoder {
    const { rate, channels, application = 'voip', bitrate = DEFAULT_BITRATE, complexity } = options;
    const handler = this.#create(rate, channels, APPLICATIONS[application]);
    check(handler._encoder_ctl(SET_BITRATE, bitrate), 'bitrate');
    if (complexity !== undefined) check(handler._encoder_ctl(SET_COMPLEXITY, complexity), 'complexity');
    return {
      rate,
      channels,
      encode: (pcm) => this.#encode(handler, { rate, channels }, pcm),
      close: () => this.#destroy(handler),
    };
  }

  close(): void {
    for (const handler of [...this.#open]) this.#destroy(handler);
  }

  #create(rate: OpusRate, channels: 1 | 2, application: number): NativeHandler {
    const handler = new this.#native.OpusScriptHandler(rate, channels, application);
    this.#open.add(handler);
    return handler;
  }

  #destroy(handler: NativeHandler): void {
    if (this.#open.delete(handler)) this.#native.OpusScriptHandler.destroy_handler(handler);
  }

  #decode(handler: NativeHandler, channels: number, packet: Uint8Array): OpusDecoded {
    if (!this.#open.has(handler)) return { ok: false, reason: 'closed' };
    const duration = packetSamples(packet);
    if (duration === null || packet.length > PACKET_AREA_BYTES) return { ok: false, reason: 'malformed' };
    if (duration * 2 > MOST_SAMPLES) return { ok: false, reason: 'tooLong' };
    this.#native.HEAPU8.set(packet, this.#packet);
    const samples = handler._decode(this.#packet, packet.length, this.#pcm);
    if (samples <= 0) return { ok: false, reason: 'invalid' };
    return { ok: true, pcm: this.#readPcm(samples * channels) };
  }

  #encode(handler: NativeHandler, { rate, channels }: OpusFormat, pcm: Int16Array): Uint8Array {
    if (!this.#open.has(handler)) throw new Error('the encoder is closed');
    const samples = pcm.length / channels;
    if (![400, 200, 100, 50].some((perSecond) => samples * perSecond === rate)) {
      throw new RangeError(`a frame of ${pcm.length} samples is not 2.5, 5, 10 or 20 ms`);
    }
    this.#writePcm(pcm);
    const bytes = check(handler._encode(this.#pcm, pcm.length * 2, this.#packet, samples), 'encode');
    return this.#native.HEAPU8.slice(this.#packet, this.#packet + bytes);
  }

  #readPcm(count: number): Int16Array {
    const from = this.#pcm >> 1;
    const bytes = this.#native.HEAPU16.subarray(from, from + count * 2);
    const pcm = new Int16Array(count);
    for (let i = 0; i < count; i++) pcm[i] = ((bytes[2 * i] ?? 0) & 0xff) | ((bytes[2 * i + 1] ?? 0) << 8);
    return pcm;
  }

  #writePcm(pcm: Int16Array): void {
    const from = this.#pcm >> 1;
    const bytes = this.#native.HEAPU16.subarray(from, from + pcm.length * 2);
    for (let i = 0; i < pcm.length; i++) {
      const sample = pcm[i] ?? 0;
      bytes[2 * i] = sample & 0xff;
      bytes[2 * i + 1] = (sample >> 8) & 0xff;
    }
  }
}

/** @throws {Error} for a negative result, which is a libopus error code. */
function check(result: number, what: string): number {
  if (result < 0) throw new Error(`opus ${what} failed (${result})`);
  return result;
}
