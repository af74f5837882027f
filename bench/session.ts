/**
 * The gap that a resumption makes in a conversation: from the last sound of the answer before it to the moment at which the next
 * connection takes speech. The service's own part of it is played as it was measured (reference/live-api.md §8.2).
 */
import { createLiveSession, isConnected, type LiveSession, type LiveSessionEvents } from '../src/live/session.ts';
import { createSocketTransport } from '../src/live/socket-transport.ts';
import { type LoopbackLive, startLoopbackLive } from '../src/rehearsal/live/loopback-live.ts';
import { measure } from '../src/rehearsal/speech/loudness.ts';
import { systemClock } from '../src/types/clock.ts';
import type { Log } from '../src/types/log.ts';
import { DEFAULT_SETTINGS } from '../src/types/settings.ts';
import type { Benchmark, Row } from './kit/benchmark.ts';
import { quantile } from './kit/statistics.ts';

const ROUNDS = 25;
/** From the setup frame to `setupComplete`, as it was measured on 3.1 (§8.2). */
const SETUP_MS = 449;
/** 24 kHz mono: an answer of half a second. */
const ANSWER = new Int16Array(12_000).fill(2_000);
/** 16 kHz mono: a question of 200 ms. */
const QUESTION = new Int16Array(3_200).fill(2_000);

type Cause = 'goAway' | 'drop' | 'settings';

export const session: Benchmark = {
  name: 'session',
  about: 'the gap that a resumption makes: last sound before it, to ready for speech after it',
  takesSeconds: 120,
  async run() {
    const rows: Row[] = [];
    for (const cause of ['goAway', 'drop', 'settings'] as const) rows.push(await gaps(cause));
    return { rows, problems: [] };
  },
};

interface Talk {
  readonly live: LiveSession;
  /** When the last sound came, and when a connection last became ready, ms on the clock. */
  readonly seen: { soundAt: number; readyAt: number; turns: number };
  until(condition: () => boolean): Promise<void>;
}

async function gaps(cause: Cause): Promise<Row> {
  const service = await startLoopbackLive({
    setupDelayMs: SETUP_MS,
    speech: {
      speak: async () => new Int16Array(),
      recognise: async (pcm) => ({ best: null, others: [], loudness: measure(pcm) }),
    },
    respond: () => ({ kind: 'play', pcm: ANSWER, words: 'quite so' }),
  });
  const talk = openTalk(service);
  const times: number[] = [];
  await talk.until(() => isConnected(talk.live.state));
  for (let round = 0; round < ROUNDS; round++) times.push(await gap(cause, round, talk, service));
  await talk.live.close();
  if (service.violations.length > 0) throw new Error(`the service objects: ${service.violations[0]?.detail}`);
  await service.close();
  const [p50Ms, p95Ms] = [quantile(times, 0.5), quantile(times, 0.95)];
  return {
    what: `resumption after ${WORDS[cause]}`,
    measured: `p50 ${p50Ms.toFixed(0)} · p95 ${p95Ms.toFixed(0)} ms`,
    budget: null,
    met: null,
    note: `${ROUNDS} rounds; ${SETUP_MS} ms of it are the service's setup as measured on the real one`,
    figures: { p50Ms, p95Ms },
  };
}

const WORDS: Readonly<Record<Cause, string>> = {
  goAway: '`goAway`, at the end of the answer',
  drop: 'a connection that drops after the answer',
  settings: 'a change of the voice during the answer',
};

/** One question and its answer, the loss of the connection, and how long after the last sound speech was taken again. */
async function gap(cause: Cause, round: number, { live, seen, until }: Talk, service: LoopbackLive): Promise<number> {
  const { turns, readyAt } = seen;
  live.startWindow({ speakers: ['Ada'], notes: [] });
  live.sendAudio(QUESTION);
  live.endWindow();
  const { soundAt } = seen;
  await until(() => seen.soundAt > soundAt);
  if (cause === 'goAway') service.control.goAway(30_000);
  if (cause === 'settings') {
    const voice = round % 2 === 0 ? 'Puck' : 'Kore';
    live.applySettings({ ...DEFAULT_SETTINGS, voice }, round + 1);
  }
  await until(() => seen.turns > turns);
  if (cause === 'drop') service.control.terminate();
  await until(() => seen.readyAt > readyAt && isConnected(live.state));
  return seen.readyAt - seen.soundAt;
}

function openTalk(service: LoopbackLive): Talk {
  const seen = { soundAt: 0, readyAt: 0, turns: 0 };
  const waiting = new Set<() => void>();
  const look = (): void => {
    for (const check of [...waiting]) check();
  };
  const nothing = (): void => undefined;
  const log: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
  const on: Partial<LiveSessionEvents> = {
    audio() {
      seen.soundAt = systemClock.now();
      look();
    },
    turnComplete() {
      seen.turns++;
      look();
    },
    connected({ startedAt }) {
      seen.readyAt = startedAt;
      look();
    },
    state: () => setImmediate(look),
  };
  const live = createLiveSession({
    endpoint: { apiKey: 'a-key', baseUrl: service.url, model: 'gemini-3.8-live' },
    settings: DEFAULT_SETTINGS,
    selfName: 'Parley',
    handle: null,
    seed: [],
    connect: createSocketTransport,
    clock: systemClock,
    random: Math.random,
    log,
    count: nothing,
    on: new Proxy(on, { get: (given, name) => Reflect.get(given, name) ?? nothing }) as LiveSessionEvents,
  });
  live.open();
  return {
    live,
    seen,
    until: (condition) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (!condition()) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
  };
}
