/**
 * Which thread has which room. Threads start when they are needed, one is kept warm, the least loaded gets the next room, and
 * one that dies or falls silent is replaced.
 */
import type { Clock, Timer } from '../types/clock.ts';
import type { Log } from '../types/log.ts';
import type { RoomTuning } from '../types/settings.ts';
import type { RoomCommand, RoomEvent } from './protocol.ts';
import type { RoomThread, StartThread, ThreadMessage } from './thread.ts';

/** Eight live rooms keep the event loop's lag under 10 ms at the 99th percentile (DESIGN.md §5). */
export const ROOMS_A_THREAD = 8;
/** A thread that does not beat for this long is taken for hung. A heartbeat of Discord's voice gateway is about as long. */
export const HANG_MS = 5_000;
/** Rooms of text channels that share a thread with those: each is a socket, and idle most of the time. */
export const TEXT_ROOMS_A_THREAD = 32;
/** Loading the codecs and the detector takes 0.3 s alone and some seconds on a busy small machine; it cannot beat meanwhile. */
const START_ALLOWANCE_MS = 20_000;
const WATCH_MS = 1_000;

export interface ThreadPoolOptions {
  readonly maxThreads: number;
  readonly start: StartThread;
  readonly tuning: RoomTuning;
  readonly clock: Clock;
  readonly log: Log;
  onEvent(event: RoomEvent): void;
  /** A thread is gone and these rooms with it; they may be placed anew at once. */
  onLost(roomIds: readonly string[]): void;
}

export interface ThreadPool {
  /** Gives the room a thread; false when every thread is full. A room of text takes no place of one of voices. */
  place(roomId: string, kind?: 'voice' | 'text'): boolean;
  post(roomId: string, command: RoomCommand): void;
  release(roomId: string): void;
  /** Starts the first thread ahead of the first room. */
  warm(): void;
  close(): Promise<void>;
}

interface Seat {
  readonly generation: number;
  readonly thread: RoomThread;
  readonly rooms: Set<string>;
  /** Of those: which are of text. */
  readonly text: Set<string>;
  aliveUntil: number;
}

export function createThreadPool(options: ThreadPoolOptions): ThreadPool {
  const { clock, log } = options;
  const seats = new Map<number, Seat>();
  const seatOf = new Map<string, Seat>();
  let generations = 0;
  let watch: Timer | null = null;
  let checkedAt = clock.now();
  let closed = false;

  const lose = (seat: Seat, error: unknown): void => {
    if (!seats.delete(seat.generation)) return;
    for (const roomId of seat.rooms) seatOf.delete(roomId);
    if (closed) return;
    log.error({ generation: seat.generation, rooms: seat.rooms.size, err: error }, 'room thread lost');
    options.onLost([...seat.rooms]);
  };

  const startSeat = (): Seat => {
    const generation = ++generations;
    const thread = options.start(
      { generation, tuning: options.tuning },
      {
        message: (message) => receive(message),
        exited: (error) => {
          const seat = seats.get(generation);
          if (seat !== undefined) lose(seat, error);
        },
      },
    );
    const seat = {
      generation,
      thread,
      rooms: new Set<string>(),
      text: new Set<string>(),
      aliveUntil: clock.now() + START_ALLOWANCE_MS,
    };
    seats.set(generation, seat);
    if (watch === null) {
      checkedAt = clock.now();
      watch = clock.after(WATCH_MS, checkAll);
    }
    return seat;
  };

  const receive = (message: ThreadMessage): void => {
    const seat = seats.get(message.generation);
    if (seat === undefined) return;
    seat.aliveUntil = Math.max(seat.aliveUntil, clock.now() + HANG_MS);
    if (message.kind === 'event') return options.onEvent(message.event);
    seat.aliveUntil = clock.now() + HANG_MS;
    const { generation, lagMs } = message;
    log.debug({ generation, rooms: seat.rooms.size, lagMs }, 'room thread beats');
  };

  /** A check that itself comes late says that this thread stood still: the beats are waiting behind it. */
  const checkAll = (): void => {
    watch = closed ? null : clock.after(WATCH_MS, checkAll);
    const late = clock.now() - checkedAt > 2 * WATCH_MS;
    checkedAt = clock.now();
    if (late) return;
    for (const seat of [...seats.values()]) {
      if (clock.now() <= seat.aliveUntil) continue;
      void seat.thread.terminate();
      lose(seat, new Error('room thread does not beat'));
    }
  };

  const voices = ({ rooms, text }: Seat): number => rooms.size - text.size;

  const leastLoaded = (kind: 'voice' | 'text'): Seat | undefined =>
    [...seats.values()]
      .filter((it) => (kind === 'text' ? it.text.size < TEXT_ROOMS_A_THREAD : voices(it) < ROOMS_A_THREAD))
      .sort((a, b) => voices(a) - voices(b) || a.text.size - b.text.size)[0];

  return {
    place(roomId, kind = 'voice') {
      const free = leastLoaded(kind);
      // No thread is started only for words.
      const mayStart = seats.size < options.maxThreads && (kind === 'voice' || free === undefined);
      const seat = free !== undefined && (voices(free) === 0 || !mayStart) ? free : mayStart ? startSeat() : free;
      if (seat === undefined) return false;
      if (kind === 'text') seat.text.add(roomId);
      seat.rooms.add(roomId);
      seatOf.set(roomId, seat);
      return true;
    },
    post: (roomId, command) => seatOf.get(roomId)?.thread.post(command),
    release(roomId) {
      const seat = seatOf.get(roomId);
      seatOf.delete(roomId);
      seat?.rooms.delete(roomId);
      seat?.text.delete(roomId);
      endSpare(seats, closed);
    },
    warm() {
      if (seats.size === 0 && !closed) startSeat();
    },
    async close() {
      closed = true;
      watch?.cancel();
      await Promise.all([...seats.values()].map((seat) => seat.thread.terminate()));
    },
  };
}

/** Empty threads end, but for one that stays warm for the next room. */
function endSpare(seats: Map<number, Seat>, closed: boolean): void {
  const empty = [...seats.values()].filter((seat) => seat.rooms.size === 0);
  for (const seat of closed ? [] : empty.slice(1)) {
    seats.delete(seat.generation);
    void seat.thread.terminate();
  }
}
