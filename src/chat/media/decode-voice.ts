/**
 * A Discord voice message as the rooms take speech: 16 kHz mono.
 *
 * libopus decodes to 16 kHz by itself, also what has two channels to one, in a third of the time of 48 kHz and a filter. What lies
 * just above 8 kHz folds back 36 dB down (reference/audio.md §3), which speech does not notice.
 */
import { createDecoder, DecoderCtl, isOpusError, type OpusDecoderHandle } from 'libopus-wasm';
import { MOST_VOICE_BYTES, MOST_VOICE_MS } from './media-limits.ts';
import { type OggFault, readOggOpus } from './ogg-reader.ts';
import { GRANULE_RATE, opusDuration } from './opus-duration.ts';

/** The rate of `pcm`, samples a second. */
export const VOICE_RATE = 16_000;

const RATIO = GRANULE_RATE / VOICE_RATE;

export type VoiceFault = OggFault | 'tooLarge';

export interface DecodedVoice {
  readonly ok: true;
  /** 16 kHz mono. */
  readonly pcm: Int16Array;
  readonly durationMs: number;
  /** The file ends in the middle: there was more. */
  readonly cutOff: boolean;
  /** Pages and packets that could not be read; what was in them is missing or was made up from what was around it. */
  readonly lost: number;
}

export type VoiceResult = DecodedVoice | { readonly ok: false; readonly reason: VoiceFault };

/** @param file Ogg Opus, whatever it claims to be. @throws what libopus throws when it breaks, not when the file is broken */
export async function decodeVoice(file: Uint8Array): Promise<VoiceResult> {
  if (file.length > MOST_VOICE_BYTES) return { ok: false, reason: 'tooLarge' };
  const read = readOggOpus(file, { mostSamples: (MOST_VOICE_MS * GRANULE_RATE) / 1000 });
  if (!read.ok) return read;
  using decoder = await createDecoder({ sampleRate: VOICE_RATE, channels: 1 });
  if (read.head.gain !== 0) decoder.decoderCtl(DecoderCtl.SetGain, read.head.gain);
  const decoded = new Int16Array(Math.floor(read.decodedSamples / RATIO));
  const refused = decodeAll(decoder, read.packets, decoded);
  if (refused === read.packets.length) return { ok: false, reason: 'damaged' };
  const pcm = decoded.slice(Math.round(read.from / RATIO), Math.round(read.to / RATIO));
  return {
    ok: true,
    pcm,
    durationMs: (pcm.length * 1000) / VOICE_RATE,
    cutOff: read.ending === 'cutOff',
    lost: read.lost + refused,
  };
}

/** @returns packets that libopus refused; in their place it makes up a sound from what it heard before, and time stays right */
function decodeAll(decoder: OpusDecoderHandle, packets: readonly Uint8Array[], into: Int16Array): number {
  let at = 0;
  let refused = 0;
  for (const packet of packets) {
    let pcm: Int16Array;
    try {
      pcm = decoder.decode(packet);
    } catch (error) {
      if (!isOpusError(error)) throw error;
      refused++;
      pcm = decoder.decodePacketLoss((opusDuration(packet) ?? 0) / RATIO);
    }
    into.set(pcm, at);
    at += pcm.length;
  }
  return refused;
}
