/**
 * A Live session on a scripted service and a clock that stands still, with everything it tells kept.
 */
import type { Problem } from '../../../src/errors.ts';
import type { FunctionCall, LiveConnection } from '../../../src/live/live-session.ts';
import type { LiveSessionOptions } from '../../../src/live/session.ts';
import { createLiveSession, type LiveSession, type LiveSessionEvents } from '../../../src/live/session.ts';
import type { ResumptionHandle } from '../../../src/types/live.ts';
import type { ReachReport } from '../../../src/types/reach.ts';
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
  /** Why settings were refused. */
  readonly refusals: readonly Problem[];
  /** What was learnt of the service. */
  readonly reports: readonly ReachReport[];
  readonly handles: readonly (ResumptionHandle | null)[];
  readonly calls: string[];
  readonly called: readonly FunctionCall[];
  readonly usages: unknown[];
  /** Connections that worked, in order. */
  readonly connected: readonly LiveConnection[];
  readonly pcm: Int16Array[];
  /** A window with so much sound. */
  speak(ms?: number, speaker?: string): void;
  /** The service answers with some sound, not to its end. */
  answers(text?: string): void;
  /** It ends its turn, and issues a handle as it does after every turn, if told which. */
  finishes(handle?: string): void;
  /** Dials, opens, sets up. */
  start(): void;
}

export function createLiveHarness(options: Partial<LiveSessionOptions> & { model?: string } = {}): LiveHarness {
  const clock = createFakeClock();
  const transports = createScriptedTransports();
  const counts = new Map<string, number>();
  const told: string[] = [];
  const problems: Problem[] = [];
  const refusals: Problem[] = [];
  const reports: ReachReport[] = [];
  const handles: (ResumptionHandle | null)[] = [];
  const calls: string[] = [];
  const called: FunctionCall[] = [];
  const usages: unknown[] = [];
  const connected: LiveConnection[] = [];
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
    toolCall(these) {
      calls.push(...these.map(({ id }) => id));
      called.push(...these);
    },
    toolCallCancellation: (ids, why) => void told.push(`cancelled ${ids.join(' ')}: ${why}`),
    grounding: (generation, { queries, sources }) =>
      void told.push(`grounding ${generation} ${[...queries, ...sources.map(({ uri }) => uri)].join(' ')}`),
    code: (generation, part) => void told.push(`${part.type} ${generation}`),
    usage: (usage) => void usages.push(usage),
    handle: (handle) => void handles.push(handle),
    problem(problem) {
      told.push(`problem ${problem.code}`);
      problems.push(problem);
    },
    askedAgain: () => undefined,
    settingsApplied: (revision) => void told.push(`applied ${revision}`),
    settingsRefused(revision, problem) {
      told.push(`refused ${revision}`);
      refusals.push(problem);
    },
    reach: (report) => void reports.push(report),
    connected: (connection) => void connected.push(connection),
    forgotten: () => void told.push('forgotten'),
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
    refusals,
    reports,
    handles,
    calls,
    called,
    usages,
    connected,
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
    finishes(handle) {
      transports.latest().says({ serverContent: { generationComplete: true } });
      transports.latest().says({ serverContent: { turnComplete: true } });
      if (handle !== undefined) transports.latest().says(handleMessage(handle));
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
