/**
 * Puts one speaker's packets back in order, by RTP sequence.
 *
 * It adds no delay to a stream that is in order: a packet waits only while one before it is missing, and then not for long.
 * Pure: time comes in with the packets and the ticks.
 */
import type { SpeakerPacket } from '../types/audio-units.ts';
import type { Count } from '../types/log.ts';

export interface Released {
  readonly packet: SpeakerPacket;
  /** Packets before this one, by sequence, that never came. */
  readonly lostBefore: number;
}

export interface ReorderBuffer {
  /** What may be heard now, in order. */
  push(packet: SpeakerPacket): Released[];
  /** What is not waited for any longer. */
  tick(now: number): Released[];
}

/**
 * How long a packet waits for one before it. A packet held up by 60 ms of jitter still gets in, with a tick of 20 ms on top;
 * any later, and speech would reach the turn's mix after its slot was sent (200 ms, src/turn/mixdown.ts).
 */
export const HOLD_MS = 80;
/** A second of packets: further ahead is another stream, not a gap. Bounds what is held, too. */
const MOST_AHEAD = 50;
const SEQUENCES = 0x1_0000;

type Stream =
  | { readonly status: 'none' }
  | {
      readonly status: 'running';
      readonly ssrc: number;
      /** The sequence that is due. */
      next: number;
      /** Waiting for one before them, in order of arrival. */
      readonly held: Map<number, SpeakerPacket>;
      /** Far from what is due: a lone stray, or the first of a stream that began anew. The next packet tells. */
      stray: SpeakerPacket | null;
    };

type Running = Extract<Stream, { status: 'running' }>;

export function createReorderBuffer(count: Count): ReorderBuffer {
  let stream: Stream = { status: 'none' };

  const start = (packet: SpeakerPacket): Running => {
    stream = { status: 'running', ssrc: packet.ssrc, next: packet.sequence, held: new Map(), stray: null };
    return stream;
  };

  /** Another stream took over: what was held of the old one is heard, then the new one begins. */
  const restart = (old: Running, packets: readonly SpeakerPacket[]): Released[] => {
    count('hearing_stream_restarts_total');
    const rest = drain(old, (of) => of.held.size > 0, count);
    const [first] = packets;
    if (first === undefined) return rest;
    const running = start(first);
    return [...rest, ...packets.flatMap((packet) => accept(running, packet))];
  };

  const accept = (running: Running, packet: SpeakerPacket): Released[] => {
    const ahead = distance(running.next, packet.sequence);
    if (Math.abs(ahead) > MOST_AHEAD) return jump(running, packet);
    running.stray = null;
    if (ahead < 0 || running.held.has(packet.sequence)) {
      count(ahead < 0 ? 'hearing_late_packets_total' : 'hearing_duplicate_packets_total');
      return [];
    }
    running.held.set(packet.sequence, packet);
    return drain(running, (of) => of.held.has(of.next), count);
  };

  /** RFC 3550 A.1: one packet from far away proves nothing, two in a row are a new stream. */
  const jump = (running: Running, packet: SpeakerPacket): Released[] => {
    const { stray } = running;
    const step = stray === null ? 0 : distance(stray.sequence, packet.sequence);
    if (stray !== null && step > 0 && step <= MOST_AHEAD) return restart(running, [stray, packet]);
    if (stray !== null) count('hearing_late_packets_total');
    running.stray = packet;
    return [];
  };

  return {
    push(packet) {
      if (stream.status === 'none') return accept(start(packet), packet);
      return packet.ssrc === stream.ssrc ? accept(stream, packet) : restart(stream, [packet]);
    },
    tick(now) {
      return stream.status === 'none' ? [] : drain(stream, (of) => waitedTooLong(of, now), count);
    },
  };
}

/** Releases the earliest packet held, and what follows it without a gap, as long as `may` says so. */
function drain(stream: Running, may: (stream: Running) => boolean, count: Count): Released[] {
  const released: Released[] = [];
  while (stream.held.size > 0 && (may(stream) || stream.held.has(stream.next))) {
    const packet = earliest(stream);
    const lostBefore = distance(stream.next, packet.sequence);
    if (lostBefore > 0) count('hearing_lost_packets_total', lostBefore);
    stream.held.delete(packet.sequence);
    stream.next = (packet.sequence + 1) % SEQUENCES;
    released.push({ packet, lostBefore });
  }
  return released;
}

function waitedTooLong({ held }: Running, now: number): boolean {
  const [oldest] = held.values();
  return oldest !== undefined && now - oldest.arrivedAt >= HOLD_MS;
}

function earliest({ held, next }: Running): SpeakerPacket {
  return [...held.values()].reduce((a, b) => (distance(next, b.sequence) < distance(next, a.sequence) ? b : a));
}

/** From one sequence to another, the shorter way round: −32768 to 32767. */
function distance(from: number, to: number): number {
  const ahead = (to - from + SEQUENCES) % SEQUENCES;
  return ahead < SEQUENCES / 2 ? ahead : ahead - SEQUENCES;
}
