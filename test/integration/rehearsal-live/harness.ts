/**
 * A loopback Live on a clock that stands still until a test lets time pass, with its clients. After every step of time all that was
 * sent has arrived, so that what a test sees does not depend on how fast the machine is.
 */
import type { WebSocket } from 'ws';
import type { LoopbackLiveEvent, ViolationRule } from '../../../src/rehearsal/live/live-event.ts';
import {
  type LoopbackLive,
  type LoopbackLiveOptions,
  startLoopbackLive,
} from '../../../src/rehearsal/live/loopback-live.ts';
import { measure } from '../../../src/rehearsal/speech/loudness.ts';
import { createFakeClock, type FakeClock } from '../../kit/fake-clock.ts';
import { connectRaw, connectSdk, type RawClient, type RawOptions, type SdkClient, type SdkOptions } from './clients.ts';
import type { Closed, Wire } from './wire.ts';

export interface Stage {
  readonly live: LoopbackLive;
  readonly clock: FakeClock;
  readonly events: readonly LoopbackLiveEvent[];
  /** Rules that were broken, in order. */
  readonly rules: readonly ViolationRule[];
  /** A socket before setup. */
  raw(options?: RawOptions): Promise<RawClient>;
  /** A socket whose setup is complete; manual activity on 3.8 unless the setup says otherwise. */
  rawReady(setup?: object, options?: RawOptions): Promise<RawClient>;
  sdk(options?: SdkOptions): Promise<SdkClient>;
  pass(ms: number): Promise<void>;
  passUntil(condition: () => boolean): Promise<void>;
  /** Sends nothing more and waits for the close. */
  closeOf(wire: Wire): Promise<Closed>;
  /** Everything that was sent has arrived, and nothing has been left undone. */
  settle(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** As fine as anything the loopback paces, ms. */
const STEP_MS = 10;
/** Of the machine's own time: what is waited for either comes within a second, or never. */
const PATIENCE_MS = 10_000;

/** The frame of live-api.md §4 for this bot, as far as every model takes it. */
export function setupFor(model: string, more: object = {}): object {
  return {
    setup: {
      model: `models/${model}`,
      generationConfig: { responseModalities: ['AUDIO'] },
      realtimeInputConfig: { automaticActivityDetection: { disabled: true } },
      inputAudioTranscription: {},
      outputAudioTranscription: {},
      ...more,
    },
  };
}

/** A sound of so many ms at 24 kHz: a ramp, so that a piece that is lost, doubled or misplaced shows. */
export function ramp(ms: number): Int16Array {
  return Int16Array.from({ length: ms * 24 }, (_, i) => (i % 30_000) - 15_000);
}

/** Speech that recognises nothing and takes no time: for everything that does not depend on what was said. */
const deafSpeech: LoopbackLiveOptions['speech'] = {
  speak: async () => ramp(200),
  recognise: async (pcm) => ({ best: null, others: [], loudness: measure(pcm) }),
};

/** Answers 400 ms of a known sound, unless told otherwise; lives for ever and hands out handles only when something was said. */
const QUICK: Partial<LoopbackLiveOptions> = {
  connectionLifetimeMs: null,
  sessionLifetimeMs: null,
  handleIntervalMs: null,
  random: () => 0.5,
  speech: deafSpeech,
  respond: () => ({ kind: 'play', pcm: ramp(400), words: 'this is what I say' }),
};

export interface StageManner {
  /** What passes at once: tests that wait for long answers and not for moments take longer steps. */
  readonly stepMs?: number;
  /** Time stands still until this resolves: for what works on a thread of its own. */
  readonly idle?: () => Promise<void>;
}

export async function startStage(
  options: Partial<LoopbackLiveOptions> = {},
  { stepMs = STEP_MS, idle }: StageManner = {},
): Promise<Stage> {
  const clock = createFakeClock();
  const live = await startLoopbackLive({ ...QUICK, clock, ...options });
  const events: LoopbackLiveEvent[] = [];
  live.on((event) => events.push(event));
  const sockets = new Set<WebSocket>();

  async function settle(): Promise<void> {
    // Twice: what a message set off may have been sent after the first answer.
    for (let round = 0; round < 2; round++) {
      await Promise.all([...sockets].map(roundTrip));
      await idle?.();
    }
    await new Promise((resolve) => setImmediate(resolve));
  }

  async function pass(ms: number): Promise<void> {
    await settle();
    for (let passed = 0; passed < ms; passed += stepMs) {
      clock.advance(Math.min(stepMs, ms - passed));
      await settle();
    }
  }

  async function passUntil(condition: () => boolean): Promise<void> {
    await settle();
    const since = performance.now();
    while (!condition()) {
      const inVain = performance.now() - since > PATIENCE_MS;
      if (inVain) throw new Error(`waited in vain; so far: ${events.map(({ type }) => type).join(' ')}`);
      await pass(stepMs);
    }
  }

  /** The SDK says nothing until setup is complete, and that takes time. */
  async function whileTimePasses<T>(promise: Promise<T>): Promise<T> {
    let pending = true;
    const settled = promise.finally(() => {
      pending = false;
    });
    settled.catch(() => {});
    while (pending) {
      clock.advance(STEP_MS);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return settled;
  }

  async function raw(rawOptions?: RawOptions): Promise<RawClient> {
    const client = await connectRaw(live.url, clock.now, rawOptions);
    sockets.add(client.ws);
    return client;
  }

  return {
    live,
    clock,
    events,
    get rules() {
      return live.violations.map(({ rule }) => rule);
    },
    raw,
    async rawReady(setup = setupFor('gemini-3.8-live'), rawOptions) {
      const client = await raw(rawOptions);
      client.send(setup);
      await passUntil(() => client.received.some(({ message }) => message.setupComplete) || client.closed !== null);
      return client;
    },
    async sdk(sdkOptions) {
      const client = await whileTimePasses(connectSdk(live.url, clock.now, sdkOptions));
      sockets.add(client.ws);
      return client;
    },
    pass,
    passUntil,
    async closeOf(wire) {
      await passUntil(() => wire.closed !== null);
      return wire.closed ?? { code: 0, reason: '' };
    },
    settle,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.terminate();
      await live.close();
    },
  };
}

/** Resolves when the other side has answered a ping, or is gone. */
function roundTrip(ws: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    if (ws.readyState === ws.CLOSED) return resolve();
    const done = (): void => {
      ws.off('pong', done);
      ws.off('close', done);
      resolve();
    };
    ws.on('close', done);
    if (ws.readyState !== ws.OPEN) return;
    ws.on('pong', done);
    ws.ping();
  });
}
