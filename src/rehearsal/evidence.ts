/**
 * What the wires said of one turn: moments on both sides of the bot, from which windows, answers and latencies are told.
 *
 * All of it was seen from outside: the members' own microphones and ears, and the Live side's socket.
 */
import { isVoice } from './ears.ts';
import type { PerformedTurn } from './performance.ts';
import type { TurnLatency } from './report.ts';

/** All moments in ms of the rehearsal's clock; null where it was not seen. */
export interface Moments {
  readonly speechStartedAt: number;
  readonly speechEndedAt: number;
  readonly activityEndAt: number | null;
  readonly firstChunkAt: number | null;
  readonly firstPacketAt: number | null;
  /** For a barge-in: the last packet with the voice of the answer that was cut. */
  readonly oldAnswerSilentAt: number | null;
}

export function momentsOf({ scripted, spoken, exchanges, heardBefore, heardAfter }: PerformedTurn): Moments {
  const exchange = exchanges.at(-1);
  const bargeIn = scripted.kind === 'barge-in';
  return {
    speechStartedAt: spoken.startedAt,
    speechEndedAt: spoken.lastVoicedAt,
    activityEndAt: exchange?.endedAt ?? null,
    firstChunkAt: exchange?.answer.firstChunkAt ?? null,
    firstPacketAt: heardAfter.packets.find(isVoice)?.at ?? null,
    oldAnswerSilentAt: bargeIn ? (heardBefore.packets.findLast(isVoice)?.at ?? null) : null,
  };
}

export function latenciesOf(moments: Moments): TurnLatency {
  const { speechStartedAt, speechEndedAt, activityEndAt, firstChunkAt, firstPacketAt, oldAnswerSilentAt } = moments;
  return {
    speechEndToActivityEnd: span(speechEndedAt, activityEndAt),
    activityEndToChunk: span(activityEndAt, firstChunkAt),
    chunkToPacket: span(firstChunkAt, firstPacketAt),
    speechEndToPacket: span(speechEndedAt, firstPacketAt),
    bargeInToSilence: span(speechStartedAt, oldAnswerSilentAt),
  };
}

function span(from: number | null, to: number | null): number | null {
  return from === null || to === null ? null : Math.round((to - from) * 10) / 10;
}
