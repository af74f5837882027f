/**
 * A speaker's Discord client and the network behind it: recorded speech as RTP packets that arrive as a network lets them.
 *
 * Encodes with libopus-wasm, which the bot decodes nothing of 20 ms with: one codec's defect cannot hide in both ends.
 */
import { readFileSync } from 'node:fs';
import { Application, createDecoder, createEncoder } from 'libopus-wasm';
import { resample } from '../../../src/rehearsal/speech/resample.ts';
import { decodeWav, toMono } from '../../../src/rehearsal/speech/wav.ts';
import type { SpeakerPacket } from '../../../src/types/audio-units.ts';
import { joined, seeded } from '../../kit/signals.ts';

export const SSRC = 4242;
const SILENCE = Uint8Array.of(0xf8, 0xff, 0xfe);
/** Discord's clients end every utterance with as many. */
const CLOSING_SILENCE = 5;

/** 16 kHz mono, as recorded. */
export function recording(name: 'jfk' | 'goforward' | 'numbers' | 'something'): Int16Array {
  const wav = decodeWav(readFileSync(new URL(`../../../assets/speech/${name}.wav`, import.meta.url)));
  return resample(toMono(wav), wav.rate, 16_000);
}

/** The Opus packets of 16 kHz speech, each `frameMs` long, without the silence that ends them. */
export async function encodeSpeech(pcm: Int16Array, frameMs: 20 | 40 | 60 = 20): Promise<Uint8Array[]> {
  const samples = frameMs * 48;
  const encoder = await createEncoder({
    channels: 1,
    sampleRate: 48_000,
    frameSize: samples,
    application: Application.Audio,
    complexity: 3,
    bitrate: 64_000,
  });
  const at48 = resample(pcm, 16_000, 48_000);
  const packets: Uint8Array[] = [];
  for (let from = 0; from < at48.length; from += samples) {
    const frame = new Int16Array(samples);
    frame.set(at48.subarray(from, from + samples));
    packets.push(encoder.encode(frame));
  }
  encoder.free();
  return packets;
}

/** What a player with nothing lost makes of them: 16 kHz mono, by libopus and a resampler that is not the bot's. */
export async function decodeSpeech(packets: readonly Uint8Array[]): Promise<Int16Array> {
  const decoder = await createDecoder({ channels: 1, sampleRate: 48_000 });
  const at48 = joined(packets.map((packet) => decoder.decode(packet)));
  decoder.free();
  return resample(at48, 48_000, 16_000);
}

/** A packet without the time of its arrival: that is the network's. */
export type RtpPacket = Omit<SpeakerPacket, 'arrivedAt'> & {
  /** When the client sent it, ms after it began to speak. */
  readonly sentAt: number;
};

export interface Utterance {
  readonly packets: readonly Uint8Array[];
  readonly frameMs?: 20 | 40 | 60;
  /** Silence before it in which the client sends nothing. */
  readonly pauseMs?: number;
}

/** All that a client sends for some utterances: numbered, timed, each ended by silence frames. Both counters wrap on the way. */
export function speak(utterances: readonly Utterance[]): RtpPacket[] {
  const sent: RtpPacket[] = [];
  let sequence = 0xffff - 20;
  let spokenMs = 0;
  for (const { packets, frameMs = 20, pauseMs = 0 } of utterances) {
    spokenMs += pauseMs;
    const silence = Array.from({ length: CLOSING_SILENCE }, () => SILENCE);
    for (const [i, payload] of [...packets, ...silence].entries()) {
      const durationMs = i < packets.length ? frameMs : 20;
      const timestamp = (0xffff_ffff - 48_000 + spokenMs * 48) >>> 0;
      spokenMs += durationMs;
      sent.push({ ssrc: SSRC, sequence: sequence++ & 0xffff, timestamp, payload, sentAt: spokenMs });
    }
  }
  return sent;
}

export interface Network {
  /** Share of packets that never arrive, 0..1. */
  readonly loss?: number;
  /** Packets, by number, that never arrive. */
  readonly lost?: readonly number[];
  /** Each packet is up to this much late. */
  readonly jitterMs?: number;
  /** Share of packets that come after the one that was sent after them. */
  readonly reorder?: number;
  /** Share of packets that come twice. */
  readonly duplicate?: number;
  readonly seed?: number;
}

/** The packets in order of arrival, from `startsAt` on, ms on the room's clock. */
export function transmit(sent: readonly RtpPacket[], network: Network, startsAt: number): SpeakerPacket[] {
  const { loss = 0, lost = [], jitterMs = 0, reorder = 0, duplicate = 0, seed = 1 } = network;
  const random = seeded(seed);
  const arrived: SpeakerPacket[] = [];
  for (const [i, { sentAt, ...packet }] of sent.entries()) {
    const [lostRoll, jitter, swapRoll, twiceRoll] = [random(), random(), random(), random()];
    if (lostRoll < loss || lost.includes(i)) continue;
    const arrivedAt = startsAt + sentAt + jitter * jitterMs + (swapRoll < reorder ? 25 : 0);
    arrived.push({ ...packet, arrivedAt });
    if (twiceRoll < duplicate) arrived.push({ ...packet, arrivedAt: arrivedAt + 5 });
  }
  return arrived.sort((a, b) => a.arrivedAt - b.arrivedAt);
}
