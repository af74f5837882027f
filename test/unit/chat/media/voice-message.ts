/**
 * Voice messages as a Discord client would record them, encoded by libopus and packed by the test's own pages.
 */
import { Application, createEncoder, type EncoderOptions } from 'libopus-wasm';
import { type FileOptions, head, oggFile } from './ogg-bytes.ts';

export interface VoiceMessageOptions {
  readonly channels?: 1 | 2;
  readonly frameMs?: number;
  readonly encoder?: EncoderOptions;
  readonly file?: FileOptions;
  /** What the head says the decoder shall amplify by, dB in 256ths. */
  readonly gain?: number;
}

/** Opus packets of 48 kHz PCM, interleaved when stereo, and the look-ahead of their encoder in samples. */
export async function encodePackets(
  pcm: Int16Array,
  { channels = 1, frameMs = 20, encoder: options = {} }: VoiceMessageOptions = {},
): Promise<{ readonly packets: Uint8Array[]; readonly preSkip: number }> {
  const frameSize = frameMs * 48;
  using encoder = await createEncoder({
    channels,
    sampleRate: 48_000,
    frameSize,
    application: Application.Audio,
    bitrate: 64_000,
    ...options,
  });
  const preSkip = encoder.getLookahead();
  const frames = Math.ceil((pcm.length / channels + preSkip) / frameSize);
  const padded = new Int16Array(frames * frameSize * channels);
  padded.set(pcm);
  const size = frameSize * channels;
  const packets = Array.from({ length: frames }, (_, i) => encoder.encode(padded.subarray(i * size, (i + 1) * size)));
  return { packets, preSkip };
}

/** An Ogg Opus file exactly as long as `pcm`. */
export async function voiceMessage(pcm: Int16Array, options: VoiceMessageOptions = {}): Promise<Buffer> {
  const { channels = 1, frameMs = 20, gain = 0 } = options;
  const { packets, preSkip } = await encodePackets(pcm, options);
  const samples = frameMs * 48;
  const surplus = packets.length * samples - preSkip - pcm.length / channels;
  return oggFile(packets, { head: head({ channels, preSkip, gain }), samples, surplus, ...options.file });
}
