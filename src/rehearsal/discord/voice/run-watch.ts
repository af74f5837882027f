/**
 * Watches the packets of one client as a strict listener would, from their headers and times alone.
 *
 * A **run** is what a client sends from its first voiced packet until it falls silent; five silence frames close it.
 * Pure: times (ms) come in with every call; `tick` lets time pass without a packet.
 */
import { CLOSING_SILENCE_FRAMES, FRAME_MS, FRAME_SAMPLES } from './opus-packets.ts';
import type { ViolationRule } from './voice-event.ts';

/**
 * No packet for this long ends a run. Well above a busy machine's pauses: a run that pauses for less and goes on was
 * late, which the listener's arrival times show, but it did not end.
 */
export const RUN_OVER_MS = 1_000;
/** After the closing silence (or op 5 with `speaking: 0`) the run is over this soon: nothing more is expected. */
const CLOSED_RUN_OVER_MS = 100;
/**
 * Packets in advance of real time. Clients buffer less than half a second; it must also exceed the pauses of this
 * process, which make the first packet of a run look late and all others early.
 */
const MOST_PACKETS_AHEAD = 25;
/** Op 5 travels over TCP and may be overtaken by the packet that follows it. */
const SPEAKING_GRACE_MS = 250;
const SEQUENCES = 2 ** 16;
const TIMESTAMPS = 2 ** 32;

export interface WatchedPacket {
  readonly at: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly silence: boolean;
}

export type WatchFinding =
  | { readonly type: 'violation'; readonly at: number; readonly rule: ViolationRule; readonly detail: string }
  | { readonly type: 'firstPacket' | 'runStarted'; readonly at: number; readonly sequence: number }
  | {
      readonly type: 'runEnded';
      readonly at: number;
      readonly startedAt: number;
      readonly lastVoicedAt: number;
      readonly packets: number;
      readonly silenceFrames: number;
    };

interface Run {
  readonly startedAt: number;
  readonly lastAt: number;
  readonly lastVoicedAt: number;
  readonly packets: number;
  /** Silence frames since the last voiced packet. */
  readonly silenceFrames: number;
  /** What was already complained of in this run, so that one fault is told once. */
  readonly told: readonly ViolationRule[];
  readonly flagged: boolean;
  readonly unflaggedAt: number | null;
}

export interface RunWatch {
  packet(packet: WatchedPacket): readonly WatchFinding[];
  /** Op 5 of the client. */
  speaking(at: number, speaking: boolean): readonly WatchFinding[];
  /** Nothing came until now. */
  tick(at: number): readonly WatchFinding[];
  /** The client is gone; a run cut short by that is no fault of its own. */
  end(): readonly WatchFinding[];
  /** A run is open, so that time passing may end it. */
  readonly running: boolean;
}

/**
 * 960 more, modulo 2^32. @discordjs/voice 0.19.2 starts again at 0 instead of wrapping (`Networking.playAudioPacket`);
 * the step is less than a frame once in 25 hours, and no listener notices.
 */
function followsInTime(previous: number, timestamp: number): boolean {
  const expected = previous + FRAME_SAMPLES;
  return timestamp === expected % TIMESTAMPS || (expected >= TIMESTAMPS && timestamp === 0);
}

export function createRunWatch(): RunWatch {
  let previous: WatchedPacket | null = null;
  let run: Run | null = null;
  let flagged = false;

  const complain = (at: number, rule: ViolationRule, detail: string): WatchFinding[] => {
    if (!run || run.told.includes(rule)) return [];
    run = { ...run, told: [...run.told, rule] };
    return [{ type: 'violation', at, rule, detail }];
  };

  const close = (cutShort: boolean): WatchFinding[] => {
    if (!run) return [];
    const findings: WatchFinding[] = [];
    const { startedAt, lastAt, lastVoicedAt, packets, silenceFrames } = run;
    if (!cutShort && silenceFrames < CLOSING_SILENCE_FRAMES)
      findings.push(...complain(lastAt, 'silence-missing', `${silenceFrames} silence frames at the end of a run`));
    if (!cutShort && !run.flagged)
      findings.push(...complain(startedAt, 'speaking-missing', 'a whole run without op 5 speaking'));
    findings.push({ type: 'runEnded', at: lastAt, startedAt, lastVoicedAt, packets, silenceFrames });
    run = null;
    return findings;
  };

  const isOver = (at: number): boolean => {
    if (!run) return false;
    const closed = run.silenceFrames >= CLOSING_SILENCE_FRAMES;
    const silentSince = Math.max(run.lastAt, run.unflaggedAt ?? run.lastAt);
    return at - silentSince > (closed || run.unflaggedAt !== null ? CLOSED_RUN_OVER_MS : RUN_OVER_MS);
  };

  const continuity = (packet: WatchedPacket): WatchFinding[] => {
    if (!previous) return [];
    const findings: WatchFinding[] = [];
    const step = (packet.sequence - previous.sequence + SEQUENCES) % SEQUENCES;
    if (step !== 1)
      findings.push({ type: 'violation', at: packet.at, rule: 'sequence', detail: `sequence goes on by ${step}` });
    if (run && !followsInTime(previous.timestamp, packet.timestamp)) {
      const samples = (packet.timestamp - previous.timestamp + TIMESTAMPS) % TIMESTAMPS;
      findings.push({ type: 'violation', at: packet.at, rule: 'timestamp', detail: `timestamp goes on by ${samples}` });
    }
    return findings;
  };

  const extend = (open: Run, { at, silence }: WatchedPacket): WatchFinding[] => {
    const silenceFrames = silence ? open.silenceFrames + 1 : 0;
    const lastVoicedAt = silence ? open.lastVoicedAt : at;
    run = {
      ...open,
      lastAt: at,
      lastVoicedAt,
      silenceFrames,
      packets: open.packets + 1,
      flagged: open.flagged || flagged,
    };
    const ahead = run.packets - 1 - (at - run.startedAt) / FRAME_MS;
    const findings: WatchFinding[] = [];
    if (ahead > MOST_PACKETS_AHEAD)
      findings.push(...complain(at, 'ahead-of-time', `${Math.round(ahead)} packets ahead of real time`));
    if (!run.flagged && at - run.startedAt > SPEAKING_GRACE_MS)
      findings.push(...complain(at, 'speaking-missing', `no op 5 speaking within ${SPEAKING_GRACE_MS} ms`));
    return findings;
  };

  const start = ({ at, sequence }: WatchedPacket): WatchFinding[] => {
    run = {
      startedAt: at,
      lastAt: at,
      lastVoicedAt: at,
      packets: 1,
      silenceFrames: 0,
      told: [],
      flagged,
      unflaggedAt: null,
    };
    return [{ type: 'runStarted', at, sequence }];
  };

  return {
    packet(packet) {
      const findings: WatchFinding[] = [];
      if (!previous) findings.push({ type: 'firstPacket', at: packet.at, sequence: packet.sequence });
      if (isOver(packet.at)) findings.push(...close(false));
      findings.push(...continuity(packet));
      previous = packet;
      const closed = run !== null && run.silenceFrames >= CLOSING_SILENCE_FRAMES && !packet.silence;
      if (closed) findings.push(...close(false));
      if (run) findings.push(...extend(run, packet));
      else if (!packet.silence) findings.push(...start(packet));
      return findings;
    },
    speaking(at, speaking) {
      flagged = speaking;
      if (run) run = { ...run, flagged: run.flagged || speaking, unflaggedAt: speaking ? null : at };
      return [];
    },
    tick: (at) => (isOver(at) ? close(false) : []),
    end: () => close(true),
    get running() {
      return run !== null;
    },
  };
}
