/**
 * The RTP numbers of one sender: sequence counts packets, the timestamp counts time (RFC 3550 §5.1), so it goes on
 * through silence. Both begin at random.
 */
import { randomInt } from 'node:crypto';
import { FRAME_MS, FRAME_SAMPLES, SAMPLE_RATE } from './opus-packets.ts';
import type { RtpHeader } from './rtp.ts';

const SEQUENCES = 2 ** 16;
const TIMESTAMPS = 2 ** 32;

export interface RtpClock {
  readonly ssrc: number;
  /** Speech begins: the timestamp has gone on for as long as the silence took, in whole frames. `now` in ms. */
  resume(now: number): void;
  /** The header of the next packet, of so many samples. */
  next(samples: number): RtpHeader;
}

export function createRtpClock(ssrc: number, startedAt: number): RtpClock {
  let sequence = randomInt(SEQUENCES);
  /** Samples since the start; the wire shows them modulo 2^32 from a random base. */
  let samplesSent = 0;
  const base = randomInt(TIMESTAMPS);
  return {
    ssrc,
    resume(now) {
      const frames = Math.round((now - startedAt) / FRAME_MS);
      samplesSent = Math.max(samplesSent, Math.round((frames * FRAME_MS * SAMPLE_RATE) / 1000));
    },
    next(samples = FRAME_SAMPLES) {
      const header = { sequence, timestamp: (base + samplesSent) % TIMESTAMPS, ssrc };
      sequence = (sequence + 1) % SEQUENCES;
      samplesSent += samples;
      return header;
    },
  };
}
