/**
 * Opus packets for tests, encoded by libopus-wasm: independent of the bot's own encoder, and able to make long packets.
 */
import { Application, createEncoder, type OpusEncoderHandle } from 'libopus-wasm';
import { tone } from '../../kit/signals.ts';

type FrameMs = 2.5 | 5 | 10 | 20 | 40 | 60;

/** A tone of its own for every number, so that nobody can be taken for somebody else. */
export const pitchOf = (speaker: number): number => 200 + 37 * speaker;

/** Packets of a tone, `frameMs` each. */
export async function tonePackets(
  hz: number,
  { count, frameMs = 20, channels = 1 }: { count: number; frameMs?: FrameMs; channels?: 1 | 2 },
): Promise<Uint8Array[]> {
  const encoder = await createEncoder({
    channels,
    sampleRate: 48_000,
    frameSize: frameMs * 48,
    application: Application.Audio,
    complexity: 2,
  });
  const mono = tone(hz, { ms: count * frameMs, rate: 48_000, amplitude: 8_000 });
  const pcm = channels === 1 ? mono : Int16Array.from({ length: mono.length * 2 }, (_, i) => mono[i >> 1] ?? 0);
  const packets = encodeAll(encoder, pcm, frameMs * 48 * channels);
  encoder.free();
  return packets;
}

function encodeAll(encoder: OpusEncoderHandle, pcm: Int16Array, length: number): Uint8Array[] {
  return Array.from({ length: pcm.length / length }, (_, n) => encoder.encode(pcm.slice(n * length, (n + 1) * length)));
}
