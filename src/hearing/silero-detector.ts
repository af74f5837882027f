/**
 * The neural detector: collects the windows of all streams of a thread and has the model judge them in batches.
 */
import type { Count, Log } from '../types/log.ts';
import { createEnergyLikelihood, type EnergyLikelihood } from './energy-likelihood.ts';
import { CONTEXT_SAMPLES, loadSileroModel, type ModelRow, type SileroModel, STATE_SIZE } from './silero-model.ts';
import type { DetectorStream, JudgedWindow, SpeechDetector } from './speech-detector.ts';
import { type CutWindow, createWindowCutter, WINDOW_MS } from './window-cutter.ts';

/** Rows of one call, which blocks the thread: 16 take about 1 ms, and other work gets its turn between two calls. */
const MOST_ROWS = 16;
/** Windows of one stream that may wait: a second. More of them judged late would tell of an onset that is long over. */
const MOST_WAITING = 32;

export interface SileroDetectorOptions {
  readonly log: Log;
  readonly count: Count;
  /** For tests that need one that fails; the model in assets/silero otherwise. */
  readonly load?: () => Promise<SileroModel>;
}

/** @throws whatever `load` throws. */
export async function createSileroDetector(options: SileroDetectorOptions): Promise<SpeechDetector> {
  const model = await (options.load ?? loadSileroModel)();
  return new BatchingDetector(model, options);
}

interface Stream {
  readonly waiting: CutWindow[];
  readonly context: Float32Array;
  readonly state: Float32Array;
  /** What is told should the model fail. */
  readonly energy: EnergyLikelihood;
  onWindow: ((window: JudgedWindow) => void) | null;
}

class BatchingDetector implements SpeechDetector {
  readonly kind = 'neural';
  readonly #model: SileroModel;
  readonly #log: Log;
  readonly #count: Count;
  /** Streams with windows waiting; whoever has waited longest is first. */
  readonly #ready = new Set<Stream>();
  #run: Promise<void> | null = null;
  #closed = false;
  #failureTold = false;

  constructor(model: SileroModel, { log, count }: SileroDetectorOptions) {
    this.#model = model;
    this.#log = log;
    this.#count = count;
  }

  open(onWindow: (window: JudgedWindow) => void): DetectorStream {
    const stream: Stream = {
      waiting: [],
      context: new Float32Array(CONTEXT_SAMPLES),
      state: new Float32Array(STATE_SIZE),
      energy: createEnergyLikelihood(),
      onWindow,
    };
    const cutter = createWindowCutter((window) => this.#enqueue(stream, window));
    return {
      push: (pcm, startsAt) => cutter.push(pcm, startsAt),
      reset: () => cutter.reset(),
      close: () => {
        stream.onWindow = null;
        this.#ready.delete(stream);
      },
    };
  }

  run(): Promise<void> {
    if (this.#run === null && (this.#closed || this.#ready.size === 0)) return Promise.resolve();
    this.#run ??= this.#drain().finally(() => {
      this.#run = null;
    });
    return this.#run;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#ready.clear();
    // The model must not go while it computes.
    const release = (): Promise<void> => this.#model.close();
    void (this.#run ?? Promise.resolve()).then(release).catch(() => this.#count('hearing_detector_failures_total'));
  }

  #enqueue(stream: Stream, window: CutWindow): void {
    if (this.#closed || stream.onWindow === null) return;
    stream.waiting.push(window);
    if (stream.waiting.length > MOST_WAITING) this.#overflow(stream.waiting);
    this.#ready.add(stream);
  }

  #overflow(waiting: CutWindow[]): void {
    this.#count('hearing_detector_overflows_total');
    const [lost, next] = waiting.splice(0, 2);
    // If an utterance began with the lost one, what the model remembers of the one before it is not for the next either.
    if (lost !== undefined && next !== undefined) waiting.unshift({ ...next, fresh: next.fresh || lost.fresh });
  }

  async #drain(): Promise<void> {
    // Every room of the thread ticks before the first batch is made.
    await Promise.resolve();
    while (!this.#closed && this.#ready.size > 0) await this.#judgeBatch();
  }

  async #judgeBatch(): Promise<void> {
    const batch = this.#takeBatch();
    const rows = batch.map(({ stream, window }) => toRow(stream, window));
    const energies = batch.map(({ stream, window }) => stream.energy(window.pcm));
    const judged = await this.#model.judge(rows).catch((error: unknown) => this.#failed(error));
    for (const [n, { stream, window }] of batch.entries()) {
      const probability = judged?.[n] ?? energies[n] ?? 0;
      this.#tell(stream, { startsAt: window.startsAt, endsAt: window.startsAt + WINDOW_MS, probability });
    }
  }

  /** One window of each stream: the model needs what it remembers of one window for the next. */
  #takeBatch(): { stream: Stream; window: CutWindow }[] {
    const batch: { stream: Stream; window: CutWindow }[] = [];
    for (const stream of this.#ready) {
      if (batch.length === MOST_ROWS) break;
      const window = stream.waiting.shift();
      this.#ready.delete(stream);
      if (window !== undefined) batch.push({ stream, window });
    }
    for (const { stream } of batch) if (stream.waiting.length > 0) this.#ready.add(stream);
    return batch;
  }

  #tell(stream: Stream, window: JudgedWindow): void {
    if (this.#closed) return;
    try {
      stream.onWindow?.(window);
    } catch (error) {
      this.#count('hearing_listener_failures_total');
      this.#log.error({ err: error }, 'a window of voice activity could not be handled');
    }
  }

  #failed(error: unknown): null {
    this.#count('hearing_detector_failures_total');
    if (!this.#failureTold)
      this.#log.error({ err: error }, 'the neural detector failed: speech is told by its energy meanwhile');
    this.#failureTold = true;
    return null;
  }
}

function toRow({ context, state }: Stream, { pcm, fresh }: CutWindow): ModelRow {
  if (fresh) {
    context.fill(0);
    state.fill(0);
  }
  return { pcm, context, state, fresh };
}
