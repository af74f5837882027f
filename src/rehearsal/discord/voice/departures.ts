/**
 * What a network does to packets on their way: losing, delaying, swapping, doubling. Pure: randomness comes in.
 */

export interface NetworkOptions {
  /** Share of packets that never arrive, 0–1. */
  readonly loss?: number;
  /** Packets that never arrive, by their number in the utterance. */
  readonly lossAt?: readonly number[];
  /** Share of packets that arrive behind the one after them, 0–1. */
  readonly reorder?: number;
  /** Every packet is late by a uniform 0 … `jitterMs`. */
  readonly jitterMs?: number;
  /** Share of packets that arrive twice, 0–1. */
  readonly duplicate?: number;
  /** Uniform in [0, 1); `Math.random` unless told. */
  readonly random?: () => number;
}

/** A packet that is overtaken is late by this much of the packet interval: behind the next, before the one after it. */
const OVERTAKEN_BY = 1.5;
/** The second copy of a packet comes this much of the interval later. */
const COPY_BEHIND = 0.5;

/**
 * When (ms) the copies of packet number `index`, due at `dueAt`, leave: none when it is lost, two when it is doubled.
 * Draws the same number of random values for every packet, so that one option does not change another's outcome.
 */
export function departuresOf(
  index: number,
  dueAt: number,
  intervalMs: number,
  network: NetworkOptions,
): readonly number[] {
  const { loss = 0, lossAt = [], reorder = 0, jitterMs = 0, duplicate = 0, random = Math.random } = network;
  const [lost, overtaken, doubled, late] = [random() < loss, random() < reorder, random() < duplicate, random()];
  if (lost || lossAt.includes(index)) return [];
  const leavesAt = dueAt + late * jitterMs + (overtaken ? OVERTAKEN_BY * intervalMs : 0);
  return doubled ? [leavesAt, leavesAt + COPY_BEHIND * intervalMs] : [leavesAt];
}
