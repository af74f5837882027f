/**
 * The loopback Live of a long conversation, in a thread of its own: what it remembers of three hours is not the bot's memory.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Heard } from '../../src/rehearsal/live/answer.ts';
import { startLoopbackLive } from '../../src/rehearsal/live/loopback-live.ts';
import { answerTo, recogniseQuestion } from './numbered-question.ts';
import type { Order, ServiceReport, ServiceStart } from './service.ts';

const port = parentPort;
if (port === null) throw new Error('service-worker.ts is the entry of a worker thread');
const { times, connectionLifetimeMs, goAwayBeforeMs } = workerData as ServiceStart;

const now = (): number => (performance.timeOrigin + performance.now()) * times;
const clock = {
  now,
  after(ms: number, fn: () => void) {
    const handle = setTimeout(fn, Math.ceil(ms / times));
    return { cancel: () => clearTimeout(handle) };
  },
};

/** 24 kHz mono, two seconds. */
const SOUND = new Int16Array(48_000).fill(3_000);
/** Questions whose answer has begun, in order: the service's own word for what was answered. */
const begun: number[] = [];
/** Windows that held no whole question. */
let damaged = 0;
let mostSockets = 0;
let resumed = 0;
let fresh = 0;
let asked = 0;
/** Of the newest setup: some models take what was said before in no other way. */
let instruction = '';

/**
 * The numbers of all questions that the model knows of: told in the instruction, the history or a note, or said; of one that was never
 * transcribed (a deaf service sends nothing) only its answer can be told.
 */
function known({ remembered, texts }: Heard): number[] {
  const all = [instruction, ...remembered.map(({ text }) => text), ...texts].join('\n');
  return [...all.matchAll(/(?:question|answer) (\d+)/g)].map(([, number]) => Number(number));
}

function respond(heard: Heard): Answer {
  const said = known(heard);
  // A nudge asks for what was said last.
  const spoken = heard.cause === 'greeting' ? said.at(-1) : Number(heard.recognition?.best?.id ?? Number.NaN);
  if (spoken === undefined || Number.isNaN(spoken)) {
    damaged++;
    return { kind: 'nothing' };
  }
  asked = spoken;
  const before = Math.max(0, ...said.filter((number) => number !== spoken));
  return { kind: 'play', pcm: SOUND, words: answerTo(spoken, before) };
}

const live = await startLoopbackLive({
  clock,
  connectionLifetimeMs,
  goAwayBeforeMs,
  keptAudioMs: 60_000,
  respond,
  speech: { speak: async () => new Int16Array(), recognise: async (pcm) => recogniseQuestion(pcm) },
});
live.on((event) => {
  mostSockets = Math.max(mostSockets, live.openSockets);
  if (event.type === 'setup') {
    if (event.resumed) resumed++;
    else fresh++;
    instruction = JSON.stringify((event.setup as { systemInstruction?: unknown }).systemInstruction ?? null);
  }
  if (event.type === 'answerStarted') begun.push(asked);
});

const report = (): ServiceReport => ({
  begun: [...begun],
  damaged,
  mostSockets,
  openSockets: live.openSockets,
  resumed,
  fresh,
  violations: live.violations.map(({ rule, detail }) => `${rule}: ${detail}`),
});

port.on('message', ({ id, what, with: given }: Order) => {
  if (what === 'report') return port.postMessage({ id, value: report() });
  if (what === 'shutDown') return void live.close().then(() => port.postMessage({ id, value: null }));
  const act = live.control[what] as (...parameters: readonly unknown[]) => void;
  act(...given);
  port.postMessage({ id, value: null });
});
port.postMessage({ id: 0, value: live.url });
