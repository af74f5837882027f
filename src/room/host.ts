/**
 * The rooms of one thread, and what they share: codecs, the detector, the frame clock. The same host runs in a worker thread and
 * in the main thread; it knows neither.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createCodecPool } from '../audio/codec-pool.ts';
import { createFrameClock } from '../audio/frame-clock.ts';
import { createOpus } from '../audio/opus-codec.ts';
import { toProblem } from '../errors.ts';
import { createSpeechDetector } from '../hearing/speech-detector.ts';
import type { Clock, Timer } from '../types/clock.ts';
import type { Count, Log, LogLevel } from '../types/log.ts';
import { type Chain, type ChainTools, createChain } from './chain.ts';
import { type Errand, startErrand } from './errand.ts';
import type { RoomCommand, RoomEvent } from './protocol.ts';
import { createTextChain } from './text-chain.ts';
import type { ThreadMessage, ThreadStart } from './thread.ts';

export interface RoomHostOptions {
  readonly start: ThreadStart;
  say(message: ThreadMessage): void;
  readonly clock: Clock;
}

export interface RoomHost {
  command(command: RoomCommand): void;
  close(): Promise<void>;
}

/** Often enough that a hung thread is noticed within the 5 s that its supervisor waits. */
const BEAT_MS = 1_000;
/** How often the event loop is looked at, ms. */
const LAG_RESOLUTION_MS = 10;
/** Decoders of speakers who are active at the same moment in all rooms of a thread; 8 rooms of 8 who all talk at once. */
const MAX_DECODERS = 64;

export async function createRoomHost({ start, say, clock }: RoomHostOptions): Promise<RoomHost> {
  const emit = (event: RoomEvent): void => say({ generation: start.generation, kind: 'event', event });
  const log = eventLog(emit);
  const counts = createCounts(emit);
  const opus = createOpus();
  const detector = await createSpeechDetector({ kind: start.tuning.voiceActivity, log, count: counts.count });
  const frames = createFrameClock({
    clock,
    onError: (error) => log.error({ err: describe(error) }, 'a frame of a room failed'),
  });
  const decoders = createCodecPool({ opus, limit: MAX_DECODERS, count: counts.count });
  const tools: ChainTools = {
    opus,
    decoders,
    detector,
    frames,
    clock,
    random: Math.random,
    log,
    count: counts.count,
    tuning: start.tuning,
    emit,
  };
  const chains = new Map<string, Chain>();
  const errands = new Map<string, Errand>();
  const lag = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS });
  lag.enable();

  let beat: Timer = clock.after(0, sendBeat);
  function sendBeat(): void {
    // Node's histogram holds whole intervals between two looks: an idle loop has 10 ms there, and no lag.
    const lagMs = Math.max(0, lag.percentile(99) / 1e6 - LAG_RESOLUTION_MS);
    say({ generation: start.generation, kind: 'beat', lagMs });
    lag.reset();
    counts.send();
    beat = clock.after(BEAT_MS, sendBeat);
  }

  const open = (command: Extract<RoomCommand, { type: 'open' | 'openText' }>): void => {
    const { roomId } = command;
    const onEnded = (): void => void chains.delete(roomId);
    const isVoice = command.type === 'open';
    const chain = isVoice ? createChain(command, tools, onEnded) : createTextChain(command, tools, onEnded);
    chains.set(roomId, chain);
  };

  const run = (command: RoomCommand): void => {
    if (command.type === 'open' || command.type === 'openText') open(command);
    else if (command.type === 'errand') {
      const { roomId } = command;
      errands.set(
        roomId,
        startErrand(command, tools, () => errands.delete(roomId)),
      );
    } else {
      if (command.type === 'gate') errands.get(command.roomId)?.gate(command.gate);
      chains.get(command.roomId)?.command(command);
    }
  };

  return {
    command(command) {
      try {
        run(command);
      } catch (error) {
        log.error({ err: describe(error), command: command.type }, 'a command to a room failed');
        const problem = toProblem(error);
        if (command.type === 'errand') emit({ type: 'errandDone', roomId: command.roomId, outcome: { problem } });
        if (command.type !== 'open' && command.type !== 'openText') return;
        const reason = { kind: 'failed', problem } as const;
        emit({ type: 'state', roomId: command.roomId, state: { status: 'ended', reason } });
      }
    },
    async close() {
      beat.cancel();
      lag.disable();
      await Promise.all([...errands.values()].map((errand) => errand.end()));
      await Promise.all([...chains.values()].map((chain) => chain.end({ kind: 'shutdown' }, 0)));
      frames.close();
      detector.close();
      decoders.close();
      opus.close();
    },
  };
}

function eventLog(emit: (event: RoomEvent) => void): Log {
  const line =
    (level: LogLevel): Log['info'] =>
    (fields, message) =>
      emit({ type: 'log', level, fields: cloneable(fields), message });
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
}

/** Log fields cross threads: an error becomes its text, so that no field can make the message refuse to be cloned. */
function cloneable(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, value instanceof Error ? describe(value) : value]),
  );
}

function describe(error: unknown): { message: string; stack: string | undefined; code?: string } {
  if (!(error instanceof Error)) return { message: String(error), stack: undefined };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { message: error.message, stack: error.stack, ...code };
}

/** Counts cross once a second, not one by one: a burst of bad packets must not become a burst of messages. */
function createCounts(emit: (event: RoomEvent) => void): { count: Count; send(): void } {
  const pending = new Map<string, number>();
  return {
    count: (name, by = 1) => void pending.set(name, (pending.get(name) ?? 0) + by),
    send() {
      for (const [name, by] of pending) emit({ type: 'count', name, by });
      pending.clear();
    },
  };
}
