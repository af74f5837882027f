/**
 * Errands: one question to the model outside of every conversation. Each runs in one of the rooms' threads, over a short session of
 * its own, and is answered once, whatever becomes of the thread.
 */
import { ParleyError, type Problem } from '../errors.ts';
import type { Clock } from '../types/clock.ts';
import type { TurnUsage } from '../types/live.ts';
import type { LiveGate } from './live-gate.ts';
import type { ErrandRequest, RoomEvent } from './protocol.ts';
import type { ThreadPool } from './thread-pool.ts';

export interface ErrandAnswer {
  /** What the model said; not empty. */
  readonly text: string;
  /** What it cost, a turn an entry. */
  readonly usage: readonly TurnUsage[];
}

export interface Errands {
  /** @throws ParleyError when no thread is free (`ROOM_LIMIT`), and whatever the Live service makes of it, or is known to */
  run(request: ErrandRequest): Promise<ErrandAnswer>;
  /** Takes note of what a thread tells; true when it was of an errand. */
  on(event: RoomEvent): boolean;
  /** The thread of an errand, if it is one, is gone. */
  lost(id: string): void;
  close(): void;
}

/** The errand's own limit is shorter: this is for a thread that says nothing any more. */
const GIVE_UP_MS = 75_000;

interface Running {
  readonly usage: TurnUsage[];
  settle(outcome: { readonly text: string } | { readonly problem: Problem }): void;
}

export function createErrands(
  pool: Pick<ThreadPool, 'place' | 'post' | 'release'>,
  gate: Pick<LiveGate, 'admit' | 'gone'>,
  clock: Clock,
  newId: () => string,
): Errands {
  const running = new Map<string, Running>();
  const fail = (id: string, code: Problem['code']): void => running.get(id)?.settle({ problem: { code, details: {} } });

  const release = (id: string): void => {
    gate.gone(id);
    pool.release(id);
  };

  const admit = (id: string): void => {
    try {
      gate.admit(id);
    } catch (error) {
      release(id);
      throw error;
    }
  };

  return {
    run(request) {
      const { promise, resolve, reject } = Promise.withResolvers<ErrandAnswer>();
      const roomId = newId();
      if (!pool.place(roomId)) throw new ParleyError('ROOM_LIMIT');
      admit(roomId);
      const timer = clock.after(GIVE_UP_MS, () => fail(roomId, 'LIVE_CONNECT_TIMEOUT'));
      const usage: TurnUsage[] = [];
      running.set(roomId, {
        usage,
        settle(outcome) {
          timer.cancel();
          running.delete(roomId);
          release(roomId);
          if ('text' in outcome) resolve({ text: outcome.text, usage });
          else reject(new ParleyError(outcome.problem.code, { details: outcome.problem.details }));
        },
      });
      pool.post(roomId, { type: 'errand', roomId, ...request });
      return promise;
    },
    on(event) {
      const errand = 'roomId' in event ? running.get(event.roomId) : undefined;
      if (errand === undefined) return false;
      if (event.type === 'usage') errand.usage.push(event.usage);
      else if (event.type === 'errandDone') errand.settle(event.outcome);
      return true;
    },
    lost: (id) => fail(id, 'INTERNAL'),
    close() {
      for (const id of [...running.keys()]) fail(id, 'SHUTTING_DOWN');
    },
  };
}
