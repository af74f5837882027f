/**
 * A Live session on a scripted service and a clock that stands still, with everything it tells kept.
 */
import type { Problem } from '../../../src/errors.ts';
import type { LiveSessionOptions } from '../../../src/live/session.ts';
import { createLiveSession, type LiveSession, type LiveSessionEvents } from '../../../src/live/session.ts';
import type { ResumptionHandle } from '../../../src/types/live.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import { createFakeClock, type FakeClock } from '../../kit/fake-clock.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';
import { createScriptedTransports, type ScriptedTransports } from '../../kit/scripted-transport.ts';

export interface LiveHarness extends ScriptedTransports {
  readonly session: LiveSession;
  readonly clock: FakeClock;
  readonly counts: ReadonlyMap<string, number>;
  /** Events in order, without audio samples: `audio 1`, `turnComplete 1`, `state ready` … */
  readonly told: string[];
  readonly problems: readonly Problem[];
  readonly handles: readonly (ResumptionHandle | null)[];
  readonly calls: string[];
  readonly usages: unknown[];
  readonly pcm: Int16Array[];
  /** A window with so much sound. */
  speak(ms?: number, speaker?: string): void;
  /** The service answers with some sound, not to its end. */
  answers(text?: string): void;
  /** It ends its turn. */
  finishes(): void;
  /** Dials, opens, sets up. */
  start(): void;
}

export function createLiveHarness(options: Partial<LiveSessionOptions> & { model?: string } = {}): LiveHarness {
  const clock = createFakeClock();
  const transports = createScriptedTransports();
  const counts = new Map<string, number>();
  const told: string[] = [];
  const problems: Problem[] = [];
  const handles: (ResumptionHandle | null)[] = [];
  const calls: string[] = [];
  const usages: unknown[] = [];
  const pcm: Int16Array[] = [];
  const on: LiveSessionEvents = {
    state: (state) => void told.push(`state ${state.status}`),
    audio(generation, chunk) {
      told.push(`audio ${generation}`);
      pcm.push(chunk);
    },
    generationComplete: (generation) => void told.push(`generationComplete ${generation}`),
    interrupted: (generation) => void told.push(`interrupted ${generation}`),
    turnComplete: (generation) => void told.push(`turnComplete ${generation}`),
    inputTranscript: (text) => void told.push(`input ${text}`),
    outputTranscript: (generation, text) => void told.push(`output ${generation} ${text}`),
    toolCall: (these) => void calls.push(...these.map(({ id }) => id)),
    toolCallCancellation: (ids) => void told.push(`cancelled ${ids.join(' ')}`),
    usage: (usage) => void usages.push(usage),
    handle: (handle) => void handles.push(handle),
    problem(problem) {
      told.push(`problem ${problem.code}`);
      problems.push(problem);
    },
    settingsApplied: (revision) => void told.push(`applied ${revision}`),
  };
  const { model = 'gemini-3.8-live', ...rest } = options;
  const session = createLiveSession({
    endpoint: { apiKey: 'secret', baseUrl: null, model },
    settings: DEFAULT_SETTINGS,
    selfName: 'Parley',
    handle: null,
    seed: [],
    connect: transports.connect,
    clock,
    random: () => 0.5,
    log: createRecordingLog(),
    count: (name, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by),
    on,
    ...rest,
  });
  return {
    ...transports,
    session,
    clock,
    counts,
    told,
    problems,
    handles,
    calls,
    usages,
    pcm,
    speak(ms = 100, speaker = 'Anna') {
      session.startWindow({ speakers: [speaker], notes: [] });
      for (let at = 0; at < ms; at += 20) session.sendAudio(new Int16Array(320).fill(100));
      session.endWindow();
    },
    answers(text = 'hello') {
      transports.latest().says(soundMessage(480));
      if (text !== '') transports.latest().says({ serverContent: { outputTranscription: { text } } });
    },
    finishes() {
      transports.latest().says({ serverContent: { generationComplete: true } });
      transports.latest().says({ serverContent: { turnComplete: true } });
    },
    start() {
      session.open();
      transports.latest().becomesReady();
    },
  };
}

/** A message with sound in it: samples of 1000, at a rate. */
export function soundMessage(samples: number, mimeType = 'audio/pcm;rate=24000'): object {
  const data = Buffer.from(new Int16Array(samples).fill(1000).buffer).toString('base64');
  return { serverContent: { modelTurn: { role: 'model', parts: [{ inlineData: { mimeType, data } }] } } };
}

export const handleMessage = (newHandle: string): object => ({
  sessionResumptionUpdate: { newHandle, resumable: true },
});
