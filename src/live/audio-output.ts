/**
 * The model's sound, from a part of a message to 24 kHz mono (reference/live-api.md §1).
 *
 * 24 kHz is what the service sends. A part that states another rate is converted, never played at the wrong speed; one that is
 * no PCM is refused.
 */
import { LIVE_OUTPUT_RATE } from '../audio/rates.ts';
import type { Count } from '../types/log.ts';
import type { EncodedAudio } from './messages.ts';
import { createRateConverter, type RateConverter } from './rate-converter.ts';

export interface AudioOutput {
  /** 24 kHz mono of one part; null when there is nothing in it to hear. A new generation starts a new sound. */
  decode(generation: number, part: EncodedAudio): Int16Array | null;
}

/** Rates that make sense for speech; anything else is a mistake that would only make noise. */
const LOWEST_RATE = 8_000;
const HIGHEST_RATE = 96_000;

export function createAudioOutput(count: Count): AudioOutput {
  let converter: { readonly generation: number; readonly rate: number; readonly convert: RateConverter } | null = null;
  return {
    decode(generation, { data, mimeType }) {
      const rate = rateOf(mimeType);
      const pcm = rate === null ? null : samplesOf(data, count);
      if (rate === null || pcm === null) {
        count('live_audio_refused_total');
        return null;
      }
      if (rate === LIVE_OUTPUT_RATE) return pcm.length > 0 ? pcm : null;
      if (converter?.generation !== generation || converter.rate !== rate) {
        converter = { generation, rate, convert: createRateConverter(rate, LIVE_OUTPUT_RATE) };
      }
      count('live_audio_converted_total');
      const converted = converter.convert(pcm);
      return converted.length > 0 ? converted : null;
    },
  };
}

/** `audio/pcm;rate=24000`, or `audio/pcm` alone, which is 24 kHz; null: not PCM, or no rate that speech has. */
function rateOf(mimeType: string): number | null {
  const [type = '', ...parameters] = mimeType
    .toLowerCase()
    .split(';')
    .map((it) => it.trim());
  if (type !== 'audio/pcm' && type !== 'audio/l16') return null;
  const stated = parameters.find((it) => it.startsWith('rate='));
  if (stated === undefined) return LIVE_OUTPUT_RATE;
  const rate = Number(stated.slice('rate='.length));
  return Number.isInteger(rate) && rate >= LOWEST_RATE && rate <= HIGHEST_RATE ? rate : null;
}

/** Null when it is not base64. Half a sample at the end is dropped, so that the next part is not shifted into noise. */
function samplesOf(data: string, count: Count): Int16Array | null {
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(data)) return null;
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length % 2 === 1) count('live_audio_odd_bytes_total');
  const pcm = new Int16Array(bytes.length >> 1);
  // Little-endian on both sides; copied because a Buffer need not begin where 16 bits may.
  new Uint8Array(pcm.buffer).set(bytes.subarray(0, pcm.byteLength));
  return pcm;
}
