/**
 * Silero's model of speech (assets/silero) on ONNX Runtime, for several streams at once.
 */
import { fileURLToPath } from 'node:url';
import { WINDOW_SAMPLES } from './window-cutter.ts';

/** What the model remembers of a stream: two layers of 128 values. */
export const STATE_SIZE = 256;
/** Samples of the window before that go in front of a window. */
export const CONTEXT_SAMPLES = 64;
const LAYERS = 2;
const LAYER_SIZE = STATE_SIZE / LAYERS;
const ROW = CONTEXT_SAMPLES + WINDOW_SAMPLES;
/**
 * Windows of silence that the model has heard before a stream begins. A microphone that is gated begins in the middle of a word; a
 * model that has heard nothing yet takes that for the ground by which it judges all the rest. Of the recording `jfk`, cut to its
 * first word, it then calls 41 % speech and misses two words; after four windows of silence it is 67 % and none, onsets are found
 * up to a window sooner and never later, and noise is speech no more often than before.
 */
const REST_WINDOWS = 4;

/** One window of one stream. */
export interface ModelRow {
  /** 512 samples at 16 kHz. */
  readonly pcm: Int16Array;
  /** 64 samples before it, of -1 to 1; zeros at the start. Replaced by the last 64 of this window. */
  readonly context: Float32Array;
  /** Updated in place. What is in it does not count when the window is fresh. */
  readonly state: Float32Array;
  /** Nothing was before it: the model has heard silence. */
  readonly fresh: boolean;
}

export interface SileroModel {
  /** The probability of speech for each row. Blocks the thread meanwhile: 0.1 ms for one row, half for each of many. */
  judge(rows: readonly ModelRow[]): Promise<number[]>;
  close(): Promise<void>;
}

const MODEL_PATH = fileURLToPath(new URL('../../assets/silero/silero_vad_v5.onnx', import.meta.url));

/** @throws whatever the runtime throws where it has no build for the platform, or the model file is missing. */
export async function loadSileroModel(): Promise<SileroModel> {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  // One thread: rooms have threads of their own, and a pool that spins would take their cores.
  const session = await InferenceSession.create(MODEL_PATH, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    logSeverityLevel: 3,
  });
  const rate = new Tensor('int64', BigInt64Array.of(16_000n), []);

  const rested = new Float32Array(STATE_SIZE);

  const model: SileroModel = {
    async judge(rows) {
      for (const { state, fresh } of rows) if (fresh) state.set(rested);
      const input = new Tensor('float32', packInput(rows), [rows.length, ROW]);
      const state = new Tensor('float32', packStates(rows), [LAYERS, rows.length, LAYER_SIZE]);
      const { output, stateN } = await session.run({ input, state, sr: rate });
      const [probabilities, states] = [output?.data, stateN?.data];
      if (!(probabilities instanceof Float32Array && states instanceof Float32Array))
        throw new Error('not the model expected');
      unpackStates(states, rows);
      return [...probabilities];
    },
    close: () => session.release(),
  };
  // The first run is far slower than any other, too: not while somebody is waiting to be heard.
  const silence = { pcm: new Int16Array(WINDOW_SAMPLES), context: new Float32Array(CONTEXT_SAMPLES), fresh: false };
  for (let window = 0; window < REST_WINDOWS; window++) await model.judge([{ ...silence, state: rested }]);
  return model;
}

function packInput(rows: readonly ModelRow[]): Float32Array {
  const input = new Float32Array(rows.length * ROW);
  for (const [n, { context, pcm }] of rows.entries()) {
    const from = n * ROW;
    input.set(context, from);
    for (let i = 0; i < WINDOW_SAMPLES; i++) input[from + CONTEXT_SAMPLES + i] = (pcm[i] ?? 0) / 32_768;
    context.set(input.subarray(from + WINDOW_SAMPLES, from + ROW));
  }
  return input;
}

/** The model wants the first layer of all streams, then the second of all. */
function packStates(rows: readonly ModelRow[]): Float32Array {
  const states = new Float32Array(rows.length * STATE_SIZE);
  for (const [n, { state }] of rows.entries()) {
    for (let layer = 0; layer < LAYERS; layer++) {
      const values = state.subarray(layer * LAYER_SIZE, (layer + 1) * LAYER_SIZE);
      states.set(values, (layer * rows.length + n) * LAYER_SIZE);
    }
  }
  return states;
}

function unpackStates(states: Float32Array, rows: readonly ModelRow[]): void {
  for (const [n, { state }] of rows.entries()) {
    for (let layer = 0; layer < LAYERS; layer++) {
      const from = (layer * rows.length + n) * LAYER_SIZE;
      state.set(states.subarray(from, from + LAYER_SIZE), layer * LAYER_SIZE);
    }
  }
}
