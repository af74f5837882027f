/**
 * Whether the Live service may be dialled just now: takes note of what the sessions of all threads learn of it, and tells all of
 * them. `live-breaker.ts` decides.
 */
import { ParleyError, type Problem } from '../errors.ts';
import type { Clock, Random, Timer } from '../types/clock.ts';
import type { Count, Log } from '../types/log.ts';
import type { DialGate, ReachReport } from '../types/reach.ts';
import {
  type BreakerEffect,
  type BreakerEvent,
  breakerDeadline,
  isDue,
  NEW_BREAKER,
  refusal,
  stepBreaker,
} from './live-breaker.ts';

export interface LiveGate {
  /**
   * A session is to be opened for somebody who waits for it.
   * @throws ParleyError `LIVE_UNREACHABLE` or `LIVE_QUOTA` when it would be in vain, with the time at which it may not be
   */
  admit(id: string): void;
  /** For a session that is opened now, and can wait. */
  of(id: string): DialGate;
  /** Why nobody may dial now, and when it may be worth a try; null: somebody may. */
  readonly trouble: Problem | null;
  report(id: string, report: ReachReport): void;
  /** The session is gone. */
  gone(id: string): void;
  close(): void;
}

export interface LiveGateOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly count: Count;
  tell(id: string, gate: DialGate): void;
}

export function createLiveGate({ clock, random, log, count, tell }: LiveGateOptions): LiveGate {
  let breaker = NEW_BREAKER;
  let timer: Timer | null = null;
  const sessions = new Set<string>();

  const perform = (effect: BreakerEffect): void => {
    switch (effect.type) {
      case 'shut': {
        const { problem } = effect;
        count('live_breaker_opened_total');
        log.warn({ problem, level: breaker.level }, 'Live connections fail: one at a time is tried until one works');
        for (const id of sessions) tell(id, { status: 'shut', problem });
        break;
      }
      case 'open':
        log.info({}, 'Live connections work again');
        for (const id of sessions) tell(id, { status: 'open' });
        break;
      case 'probe':
        count('live_breaker_probes_total');
        if (sessions.has(effect.id)) tell(effect.id, { status: 'probe' });
        break;
    }
  };

  const take = (event: BreakerEvent): void => {
    const step = stepBreaker(breaker, event, { now: clock.now(), random, sessions: sessions.size });
    breaker = step.breaker;
    for (const effect of step.effects) perform(effect);
    arm();
  };

  const arm = (): void => {
    timer?.cancel();
    const due = breakerDeadline(breaker);
    timer = due === null ? null : clock.after(Math.max(0, due - clock.now()), () => take({ type: 'tick' }));
  };

  return {
    admit(id) {
      take({ type: 'opening', id });
      const why = refusal(breaker, id);
      if (why !== null) throw new ParleyError(why.code, { details: why.details });
      sessions.add(id);
    },
    of(id) {
      sessions.add(id);
      const why = refusal(breaker, id);
      return why === null ? { status: 'open' } : { status: 'shut', problem: why };
    },
    get trouble() {
      return isDue(breaker, clock.now()) ? null : refusal(breaker, '');
    },
    report: (id, report) => take({ type: 'report', id, report }),
    gone(id) {
      sessions.delete(id);
      take({ type: 'gone', id });
    },
    close: () => timer?.cancel(),
  };
}
