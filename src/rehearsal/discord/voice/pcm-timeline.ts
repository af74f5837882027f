/**
 * Puts decoded packets on a timeline, 48 kHz mono. What is missing stays silent. Pure.
 */
import { FRAME_SAMPLES, SAMPLE_RATE } from './opus-packets.ts';

export interface PlacedPcm {
  readonly at: number;
  readonly timestamp: number;
  readonly pcm: Int16Array | null;
}

const TIMESTAMPS = 2 ** 32;
/** A step beyond this is a new session's random timestamp, not silence: the next packet follows at once. */
const LONGEST_STEP_SAMPLES = 600 * SAMPLE_RATE;
/**
 * Packets whose arrival is within this of their place in a run belong to the run; later ones begin a new one. More than
 * a busy machine's pause, less than a pause between two answers.
 */
const RUN_SLACK_SAMPLES = 0.5 * SAMPLE_RATE;

function render(packets: readonly PlacedPcm[], places: readonly number[]): Int16Array {
  const end = packets.reduce(
    (most, { pcm }, index) => Math.max(most, (places[index] ?? 0) + (pcm?.length ?? FRAME_SAMPLES)),
    0,
  );
  const timeline = new Int16Array(end);
  for (const [index, { pcm }] of packets.entries()) if (pcm) timeline.set(pcm, places[index] ?? 0);
  return timeline;
}

/** Samples from one timestamp to the next, negative for a packet that is late; a wrap is no jump. */
function step(from: number, to: number): number {
  const ahead = (to - from + TIMESTAMPS) % TIMESTAMPS;
  const signed = ahead >= TIMESTAMPS / 2 ? ahead - TIMESTAMPS : ahead;
  return Math.abs(signed) > LONGEST_STEP_SAMPLES ? FRAME_SAMPLES : signed;
}

/** By RTP timestamps: gapless runs are gapless, silence is as long as the sender's timestamps say. */
export function renderByTimestamp(packets: readonly PlacedPcm[]): Int16Array {
  const places: number[] = [];
  for (const [index, packet] of packets.entries()) {
    const before = packets[index - 1];
    places.push(before ? Math.max(0, (places[index - 1] ?? 0) + step(before.timestamp, packet.timestamp)) : 0);
  }
  return render(packets, places);
}

/**
 * By arrival: each run of packets begins when its first packet came, and is gapless inside as its timestamps are.
 * @param origin ms, the beginning of the timeline; packets before it are left out.
 */
export function renderByArrival(packets: readonly PlacedPcm[], origin = packets[0]?.at ?? 0): Int16Array {
  const heard = packets.filter((packet) => packet.at >= origin);
  const places: number[] = [];
  for (const [index, packet] of heard.entries()) {
    const arrived = Math.round(((packet.at - origin) * SAMPLE_RATE) / 1000);
    const before = heard[index - 1];
    const followed = before ? (places[index - 1] ?? 0) + step(before.timestamp, packet.timestamp) : arrived;
    places.push(Math.abs(arrived - followed) > RUN_SLACK_SAMPLES ? arrived : Math.max(0, followed));
  }
  return render(heard, places);
}
