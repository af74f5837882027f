/**
 * A Live session over a real socket to the loopback Live, with everything it tells, in order, and a way to wait for it.
 */
import type { Problem } from '../../../src/errors.ts';
import {
  createLiveSession,
  type LiveSession,
  type LiveSessionEvents,
  type LiveSessionOptions,
} from '../../../src/live/session.ts';
import { createSocketTransport } from '../../../src/live/socket-transport.ts';
import {
  type LoopbackLive,
  type LoopbackLiveOptions,
  startLoopbackLive,
} from '../../../src/rehearsal/live/loopback-live.ts';
import { measure } from '../../../src/rehearsal/speech/loudness.ts';
import { type Clock, systemClock } from '../../../src/types/clock.ts';
import type { ResumptionHandle, TurnUsage } from '../../../src/types/live.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';

export interface Talk {
  readonly session: LiveSession;
  readonly told: readonly string[];
  readonly problems: readonly Problem[];
  readonly handles: readonly (ResumptionHandle | null)[];
  readonly usages: readonly TurnUsage[];
  readonly calls: readonly { readonly id: string; readonly name: string }[];
  readonly counts: ReadonlyMap<string, number>;
  /** All sound of a generation. */
  sound(generation: number): number[];
  /** Resolves when this has been told, or was already. */
  until(event: string): Promise<void>;
  untilSeen(condition: () => boolean): Promise<void>;
  /** A window with a ramp in it, told apart by where it starts. */
  speak(from?: number, ms?: number): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A loopback without a speech thread: it answers 60 ms of a fixed sound, fast. */
export function startQuickLive(options: Partial<LoopbackLiveOptions> = {}): Promise<LoopbackLive> {
  return startLoopbackLive({
    firstChunkDelayMs: 5,
    interruptedDelayMs: 40,
    setupDelayMs: 2,
    speech: {
      speak: async () => new Int16Array(),
      recognise: async (pcm) => ({ best: null, others: [], loudness: measure(pcm) }),
    },
    respond: () => ({ kind: 'play', pcm: answerSound(60), words: 'quite so' }),
    ...options,
  });
}

/** 24 kHz: a ramp, so that a lost or doubled piece shows. */
export function answerSound(ms: number): Int16Array {
  return Int16Array.from({ length: ms * 24 }, (_, i) => (i % 30_000) - 15_000);
}

/** 16 kHz. */
export function questionSound(from: number, ms: number): Int16Array {
  return Int16Array.from({ length: ms * 16 }, (_, i) => (from + i) % 30_000);
}

/** The session's own time runs so many times faster than the loopback's. */
export function fastClock(times: number): Clock {
  return {
    now: () => systemClock.now() * times,
    after: (ms, fn) => systemClock.after(ms / times, fn),
  };
}

export interface TalkOptions extends Partial<LiveSessionOptions> {
  readonly model?: string;
  /** Told what the session learns of the service. */
  readonly reach?: LiveSessionEvents['reach'];
}

export function startTalk(live: LoopbackLive, options: TalkOptions = {}): Talk {
  const told: string[] = [];
  const problems: Problem[] = [];
  const handles: (ResumptionHandle | null)[] = [];
  const usages: TurnUsage[] = [];
  const calls: { id: string; name: string }[] = [];
  const counts = new Map<string, number>();
  const sounds = new Map<number, number[]>();
  const waiting = new Set<() => void>();
  const tell = (event: string): void => {
    told.push(event);
    for (const check of waiting) check();
  };
  const { model = 'gemini-3.8-live', reach = () => undefined, ...rest } = options;
  const session = createLiveSession({
    endpoint: { apiKey: 'a-key', baseUrl: live.url, model },
    settings: DEFAULT_SETTINGS,
    selfName: 'Parley',
    handle: null,
    seed: [],
    connect: createSocketTransport,
    clock: systemClock,
    random: () => 0,
    log: createRecordingLog(),
    count: (name, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by),
    on: {
      state: (state) => tell(`state ${state.status}`),
      audio(generation, pcm) {
        sounds.set(generation, [...(sounds.get(generation) ?? []), ...pcm]);
        tell(`audio ${generation}`);
      },
      generationComplete: (generation) => tell(`generationComplete ${generation}`),
      interrupted: (generation) => tell(`interrupted ${generation}`),
      turnComplete: (generation) => tell(`turnComplete ${generation}`),
      inputTranscript: (text) => tell(`input ${text}`),
      askedAgain: () => undefined,
      outputTranscript: (generation, text) => tell(`output ${generation} ${text}`),
      toolCall(these) {
        calls.push(...these);
        tell(`call ${these.map(({ name }) => name).join(' ')}`);
      },
      toolCallCancellation: (ids) => tell(`cancelled ${ids.length}`),
      grounding: (generation, { queries }) => tell(`grounding ${generation} ${queries.join(' ')}`),
      code: (generation, { type }) => tell(`${type} ${generation}`),
      usage: (usage) => void usages.push(usage),
      handle(handle) {
        handles.push(handle);
        tell(handle === null ? 'no handle' : 'handle');
      },
      problem(problem) {
        problems.push(problem);
        tell(`problem ${problem.code}`);
      },
      settingsApplied: (revision) => tell(`applied ${revision}`),
      settingsRefused: (revision) => tell(`refused ${revision}`),
      reach,
      connected: ({ resumed }) => tell(resumed ? 'continued' : 'fresh'),
      forgotten: () => tell('forgotten'),
    },
    ...rest,
  });
  const untilSeen = (condition: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (!condition()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  session.open();
  return {
    session,
    told,
    problems,
    handles,
    usages,
    calls,
    counts,
    sound: (generation) => sounds.get(generation) ?? [],
    until: (event) => untilSeen(() => told.includes(event)),
    untilSeen,
    speak(from = 0, ms = 100) {
      session.startWindow({ speakers: ['Anna'], notes: [] });
      session.sendAudio(questionSound(from, ms));
      session.endWindow();
    },
    [Symbol.asyncDispose]: () => session.close(),
  };
}
