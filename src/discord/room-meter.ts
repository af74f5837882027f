/**
 * Counts what one voice room uses, and says when its guild's limits draw near or are reached.
 */
import type { Problem } from '../errors.ts';
import { judge, type Limits, type Verdict } from '../store/limits.ts';
import type { TokenUser, UsageLedger } from '../store/usage-ledger.ts';
import type { Clock, Timer } from '../types/clock.ts';
import type { TurnUsage } from '../types/live.ts';
import type { Log } from '../types/log.ts';

/** How exactly minutes are counted and limits are kept; each round asks the store once. */
const ROUND_MS = 15_000;

export interface MeterServices {
  readonly ledger: UsageLedger;
  readonly limits: Limits;
  readonly clock: Clock;
  /** The calendar, ms since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

export interface MeterCallbacks {
  /** Once for minutes and once for tokens, and again on another day. */
  readonly onNearing: (verdict: Verdict & { kind: 'minutesNearing' | 'tokensNearing' }) => void;
  readonly onReached: (problem: Problem) => void;
}

export interface RoomMeter {
  tokens(usage: TurnUsage): void;
  /** Counts the last minutes and stops. */
  close(): void;
}

/** Starts counting the guild's minutes now; `room` is whose tokens it counts. */
export function createRoomMeter(
  room: TokenUser,
  { ledger, limits, clock, now, log }: MeterServices,
  { onNearing, onReached }: MeterCallbacks,
): RoomMeter {
  const { guildId } = room;
  const told = new Set<Verdict['kind']>();
  let countedUntil = clock.now();
  let timer: Timer | null = null;
  let closed = false;

  const check = async (): Promise<void> => {
    const verdict = judge(limits, await ledger.today(guildId), now());
    if (closed) return;
    if (verdict.kind === 'within') return told.clear();
    if (told.has(verdict.kind)) return;
    told.add(verdict.kind);
    if (verdict.kind === 'reached') onReached(verdict.problem);
    else onNearing(verdict);
  };

  const checkSoon = (): void => {
    check().catch((error: unknown) => log.error({ err: error, guildId }, 'the limits of a room could not be checked'));
  };

  const countMinutes = (): void => {
    ledger.addVoice(guildId, clock.now() - countedUntil);
    countedUntil = clock.now();
  };

  const round = (): void => {
    timer = clock.after(ROUND_MS, () => {
      countMinutes();
      checkSoon();
      round();
    });
  };
  round();
  checkSoon();

  return {
    tokens(usage) {
      ledger.addTurn(room, usage);
      checkSoon();
    },
    close() {
      if (closed) return;
      closed = true;
      timer?.cancel();
      countMinutes();
    },
  };
}
