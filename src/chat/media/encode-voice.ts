/**
 * An answer as a Discord voice message: an Ogg Opus file, with what Discord wants to know about it.
 */
import { Application, createEncoder, Signal } from 'libopus-wasm';
import { writeOggOpus } from './ogg-writer.ts';
import { GRANULE_RATE } from './opus-duration.ts';
import { waveformOf } from './waveform.ts';

/** What the Live service answers in, samples a second. */
export const ANSWER_RATE = 24_000;
/** An answer that long is none; it would take the thread 7 s. */
export const MOST_ANSWER_MS = 10 * 60_000;
/** 20 ms. */
const FRAME = ANSWER_RATE / 50;
const RATIO = GRANULE_RATE / ANSWER_RATE;
/** Bits a second: speech of one voice at 24 kHz is transparent at it; a minute makes 240 kB. */
const BITRATE = 32_000;
/** A minute takes 0.7 s of a busy core; 10, the default of the package, takes 1.9, and nobody hears it at this rate. */
const COMPLEXITY = 5;

export interface EncodedVoice {
  readonly ok: true;
  /** An `audio/ogg` file. */
  readonly file: Uint8Array;
  /** For `duration_secs` and `waveform` of the attachment. */
  readonly durationSecs: number;
  readonly waveform: string;
}

export type EncodeFault = 'empty' | 'tooLong';
export type EncodeResult = EncodedVoice | { readonly ok: false; readonly reason: EncodeFault };

/** @param pcm 24 kHz mono */
export async function encodeVoice(pcm: Int16Array): Promise<EncodeResult> {
  if (pcm.length === 0) return { ok: false, reason: 'empty' };
  if (pcm.length > (MOST_ANSWER_MS * ANSWER_RATE) / 1000) return { ok: false, reason: 'tooLong' };
  using encoder = await createEncoder({
    sampleRate: ANSWER_RATE,
    channels: 1,
    application: Application.Voip,
    signal: Signal.Voice,
    bitrate: BITRATE,
    complexity: COMPLEXITY,
  });
  const lookahead = encoder.getLookahead();
  // The encoder lags behind by its look-ahead: so much silence more brings the end out of it.
  const frames = Math.ceil((pcm.length + lookahead) / FRAME);
  const packets = Array.from({ length: frames }, (_, i) => encoder.encode(frameAt(pcm, i * FRAME)));
  const head = { channels: 1, preSkip: lookahead * RATIO, inputRate: ANSWER_RATE, gain: 0 } as const;
  return {
    ok: true,
    file: writeOggOpus({ head, packets, samples: pcm.length * RATIO }),
    durationSecs: Math.round((pcm.length / ANSWER_RATE) * 1000) / 1000,
    waveform: waveformOf(pcm, ANSWER_RATE),
  };
}

/** A frame, filled up with silence at the end. */
function frameAt(pcm: Int16Array, at: number): Int16Array {
  const frame = pcm.subarray(at, at + FRAME);
  if (frame.length === FRAME) return frame;
  const padded = new Int16Array(FRAME);
  padded.set(frame);
  return padded;
}
