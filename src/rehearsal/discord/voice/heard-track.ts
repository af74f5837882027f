/**
 * What one simulated member hears of the bot: every packet with its arrival, and the speaking flags.
 *
 * Decoded PCM is kept (shared between the members of a call), so the track is bounded: the oldest packets are forgotten
 * and counted.
 */
import { type PlacedPcm, renderByArrival, renderByTimestamp } from './pcm-timeline.ts';

/** Ten minutes of speech, 58 MB of PCM shared by all members of a call. */
const MOST_PACKETS = 30_000;
const MOST_FLAGS = 10_000;

export interface HeardPacket extends PlacedPcm {
  /** Arrival in ms of the server's `now`. */
  readonly at: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  /** `clear` is audible only where the call is not end-to-end encrypted; silence frames are always clear. */
  readonly encrypted: 'dave' | 'clear' | 'undecryptable';
  readonly silence: boolean;
  /** 20 ms at 48 kHz mono; null when it cannot be heard. */
  readonly pcm: Int16Array | null;
}

export interface SpeakingFlag {
  readonly at: number;
  readonly speaking: boolean;
}

/** Intervals between arrivals within runs of packets, in ms. */
export interface Pacing {
  readonly count: number;
  readonly median: number;
  readonly p99: number;
  readonly worst: number;
}

export interface HeardSpan {
  readonly packets: readonly HeardPacket[];
  readonly flags: readonly SpeakingFlag[];
  /** Voiced packets only. */
  readonly voiced: readonly HeardPacket[];
  /** The span on its RTP timeline, 48 kHz mono: what is missing is silent. */
  pcm(): Int16Array;
  /** The span as it arrived, from `origin` (ms of the server's `now`; the first packet's arrival unless told). */
  pcmByArrival(origin?: number): Int16Array;
  pacing(): Pacing;
}

/** A place in the track. */
export type HeardMark = { readonly packet: number; readonly flag: number };

export interface HeardTrack extends HeardSpan {
  mark(): HeardMark;
  /** What came after the mark, until now. */
  since(mark: HeardMark): HeardSpan;
  /** Packets forgotten because the track was full. */
  readonly forgotten: number;
  /**
   * Resolves as soon as `check` holds for what came after `mark` (for all, without one). Rejects after `timeoutMs`.
   */
  until(
    check: (span: HeardSpan) => boolean,
    options?: { readonly mark?: HeardMark; readonly timeoutMs?: number },
  ): Promise<HeardSpan>;
}

/** The writing side, owned by the call. */
export interface HeardRecorder {
  readonly track: HeardTrack;
  packet(packet: HeardPacket): void;
  flag(flag: SpeakingFlag): void;
}

const DEFAULT_TIMEOUT_MS = 10_000;
/** A longer interval is a pause between runs, not unsteady pace. */
const PAUSE_MS = 1_000;

function pacingOf(packets: readonly HeardPacket[]): Pacing {
  const intervals: number[] = [];
  for (const [index, packet] of packets.entries()) {
    const before = packets[index - 1];
    if (before && packet.at - before.at < PAUSE_MS) intervals.push(packet.at - before.at);
  }
  intervals.sort((a, b) => a - b);
  const at = (share: number): number =>
    intervals[Math.min(intervals.length - 1, Math.floor(share * intervals.length))] ?? 0;
  return { count: intervals.length, median: at(0.5), p99: at(0.99), worst: at(1) };
}

export function spanOf(packets: readonly HeardPacket[], flags: readonly SpeakingFlag[]): HeardSpan {
  return {
    packets,
    flags,
    get voiced() {
      return packets.filter((packet) => !packet.silence);
    },
    pcm: () => renderByTimestamp(packets),
    pcmByArrival: (origin) => renderByArrival(packets, origin),
    pacing: () => pacingOf(packets),
  };
}

export function createHeardRecorder(): HeardRecorder {
  let packets: HeardPacket[] = [];
  let flags: SpeakingFlag[] = [];
  let forgottenPackets = 0;
  let forgottenFlags = 0;
  const watchers = new Set<() => void>();
  const all = (): HeardSpan => spanOf(packets, flags);
  const wake = (): void => {
    for (const watcher of [...watchers]) watcher();
  };
  const since = (mark: HeardMark): HeardSpan =>
    spanOf(
      packets.slice(Math.max(0, mark.packet - forgottenPackets)),
      flags.slice(Math.max(0, mark.flag - forgottenFlags)),
    );

  const track: HeardTrack = {
    get packets() {
      return packets;
    },
    get flags() {
      return flags;
    },
    get voiced() {
      return all().voiced;
    },
    get forgotten() {
      return forgottenPackets;
    },
    pcm: () => all().pcm(),
    pcmByArrival: (origin) => all().pcmByArrival(origin),
    pacing: () => all().pacing(),
    mark: () => ({ packet: forgottenPackets + packets.length, flag: forgottenFlags + flags.length }),
    since,
    until(check, { mark = { packet: 0, flag: 0 }, timeoutMs = DEFAULT_TIMEOUT_MS } = {}) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          watchers.delete(watcher);
          reject(new Error(`not heard within ${timeoutMs} ms; ${since(mark).packets.length} packets came`));
        }, timeoutMs);
        const watcher = (): void => {
          const span = since(mark);
          if (!check(span)) return;
          clearTimeout(timer);
          watchers.delete(watcher);
          resolve(span);
        };
        watchers.add(watcher);
        watcher();
      });
    },
  };
  return {
    track,
    packet(packet) {
      packets.push(packet);
      if (packets.length > MOST_PACKETS) {
        const surplus = packets.length - MOST_PACKETS + MOST_PACKETS / 10;
        packets = packets.slice(surplus);
        forgottenPackets += surplus;
      }
      wake();
    },
    flag(flag) {
      flags.push(flag);
      if (flags.length > MOST_FLAGS) {
        flags = flags.slice(MOST_FLAGS / 10);
        forgottenFlags += MOST_FLAGS / 10;
      }
      wake();
    },
  };
}
