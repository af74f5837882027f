/**
 * When a packet was spoken, on the room's clock.
 *
 * An utterance is anchored at the arrival of its first packet and runs on RTP timestamps from there: they count real time, also
 * where Discord sends nothing, while arrivals jitter. Everything lies on a grid of 20 ms from the anchor.
 * Pure: time comes in with the packets.
 */
import { DISCORD_FRAME_SAMPLES, DISCORD_RATE, FRAME_MS } from '../audio/rates.ts';
import type { SpeakerPacket } from '../types/audio-units.ts';

export interface Placement {
  /** Of the packet's first sample, ms on the room's clock. */
  readonly startsAt: number;
  /** Whole frames of time that passed since the end of what came before; 0 for a packet that follows at once. */
  readonly gapFrames: number;
  /** Where those frames begin, ms on the room's clock. */
  readonly gapStartsAt: number;
}

export interface SpeakerTimeline {
  /**
   * @param samples how long the packet is, at 48 kHz.
   * @returns null for a packet that would lie too far ahead of real time: its sender sends faster than it speaks.
   */
  place(packet: SpeakerPacket, samples: number): Placement | null;
}

/**
 * A frame later than this misses its slot in the turn's mix, which trails the clock by as much (src/turn/mixdown.ts): better
 * to move the timeline than to lose speech. Jitter of 60 ms and a wait for a lost packet stay below.
 */
const LATE_MS = 200;
/** Speech cannot arrive before it was spoken: then the anchor was late. Jitter makes 60 ms of that, which is left alone. */
const EARLY_MS = 100;
/** After a pause as long as this the clocks may have drifted, and nobody hears a difference: anchored anew. */
const LONG_PAUSE_MS = 2_000;
/** Most that the timeline may run ahead of real time: what a thread that stood still for a second finds in its socket. */
const MOST_AHEAD_MS = 1_000;

interface Run {
  readonly ssrc: number;
  /** When sample 0 was spoken, ms on the room's clock. */
  readonly anchoredAt: number;
  /** The last packet's RTP timestamp, and what sample since the anchor it stands for. */
  readonly timestamp: number;
  readonly position: number;
  /** The first sample after what was placed. */
  readonly end: number;
}

export function createSpeakerTimeline(): SpeakerTimeline {
  let run: Run | null = null;
  return {
    place(packet, samples) {
      const placed = place(run, packet, samples);
      if (placed.placement.startsAt - packet.arrivedAt > MOST_AHEAD_MS) return null;
      run = placed.next;
      return placed.placement;
    },
  };
}

interface Placed {
  readonly next: Run;
  readonly placement: Placement;
}

function place(run: Run | null, packet: SpeakerPacket, samples: number): Placed {
  const { ssrc, timestamp, arrivedAt } = packet;
  if (run === null) {
    const next = { ssrc, timestamp, anchoredAt: arrivedAt, position: 0, end: samples };
    return { next, placement: { startsAt: arrivedAt, gapFrames: 0, gapStartsAt: arrivedAt } };
  }
  const position = run.position + elapsed(run.timestamp, timestamp);
  const gapFrom = toGrid(run.end, Math.ceil);
  const follows = position - run.end < DISCORD_FRAME_SAMPLES / 2;
  const start = follows ? run.end : Math.max(gapFrom, toGrid(position, Math.round));
  const startsAt = timeOf(run, start);
  const gapStartsAt = timeOf(run, gapFrom);
  if (ssrc !== run.ssrc || isOff(packet, { startsAt, follows, pauseMs: startsAt - gapStartsAt })) {
    return anchorAnew(packet, samples, gapStartsAt);
  }
  const next = { ...run, timestamp, position, end: start + samples };
  const gapFrames = follows ? 0 : (start - gapFrom) / DISCORD_FRAME_SAMPLES;
  return { next, placement: { startsAt, gapFrames, gapStartsAt } };
}

/** The timestamps do not say when this was spoken: they did not run on through a pause, or the anchor was wrong. */
function isOff(packet: SpeakerPacket, at: { startsAt: number; follows: boolean; pauseMs: number }): boolean {
  const late = packet.arrivedAt - at.startsAt;
  if (late > LATE_MS) return true;
  // In mid-utterance there is no room to move earlier: what was placed cannot be taken back.
  return !at.follows && (late < -EARLY_MS || at.pauseMs > LONG_PAUSE_MS);
}

/** At the arrival, but never over what was placed before. */
function anchorAnew({ ssrc, timestamp, arrivedAt }: SpeakerPacket, samples: number, notBefore: number): Placed {
  const startsAt = Math.max(arrivedAt, notBefore);
  const gapFrames = Math.floor((startsAt - notBefore) / FRAME_MS);
  const next = { ssrc, timestamp, anchoredAt: startsAt, position: 0, end: samples };
  return { next, placement: { startsAt, gapFrames, gapStartsAt: notBefore } };
}

function timeOf(run: Run, sample: number): number {
  return run.anchoredAt + (sample * 1000) / DISCORD_RATE;
}

function toGrid(sample: number, round: (value: number) => number): number {
  return round(sample / DISCORD_FRAME_SAMPLES) * DISCORD_FRAME_SAMPLES;
}

/** From one RTP timestamp to another, 32 bits, the shorter way round. */
function elapsed(from: number, to: number): number {
  return (to - from) | 0;
}
