/**
 * Recorded speech as the Opus packets of one speaker, for what is measured without a bot.
 */
import { createOpus } from '../../src/audio/opus-codec.ts';
import { DISCORD_FRAME_SAMPLES, DISCORD_RATE } from '../../src/audio/rates.ts';
import { knownUtterance, utterancePcm } from '../../src/rehearsal/speech/utterances.ts';
import type { SpeakerPacket } from '../../src/types/audio-units.ts';

/** Eleven seconds of a person in one breath: pauses, loud and soft sounds, as a decoder meets them. */
const RECORDING = 'jfk';
const FRAME_MS = 20;

/** One packet every 20 ms, at the bit rate and in the mode of a Discord client. */
export function speechPackets(channels: 1 | 2): Uint8Array[] {
  const pcm = utterancePcm(knownUtterance(RECORDING), DISCORD_RATE);
  const opus = createOpus();
  const encoder = opus.createEncoder({ rate: DISCORD_RATE, channels });
  const packets: Uint8Array[] = [];
  for (let at = 0; at + DISCORD_FRAME_SAMPLES <= pcm.length; at += DISCORD_FRAME_SAMPLES) {
    const frame = pcm.subarray(at, at + DISCORD_FRAME_SAMPLES);
    packets.push(encoder.encode(channels === 1 ? frame : doubled(frame)));
  }
  opus.close();
  return packets;
}

function doubled(mono: Int16Array): Int16Array {
  return Int16Array.from({ length: mono.length * 2 }, (_, at) => mono[at >> 1] ?? 0);
}

/** One speaker's packets without end, each 20 ms after the one before, the recording over and over. */
export function packetFeed(payloads: readonly Uint8Array[], ssrc: number, startsAt: number): () => SpeakerPacket {
  let sent = 0;
  return () => {
    const payload = payloads[sent % payloads.length] ?? new Uint8Array();
    const packet = {
      ssrc,
      sequence: sent & 0xffff,
      timestamp: (sent * DISCORD_FRAME_SAMPLES) % 2 ** 32,
      payload,
      arrivedAt: startsAt + sent * FRAME_MS,
    };
    sent++;
    return packet;
  };
}
