/**
 * The cues: short soft tones, made in code, that say without words what the bot is doing.
 *
 * All are 24 kHz mono, as the answers are, so that they go through the same encoder. They are quiet beside speech (which
 * comes at about -20 dBFS) and short, because they are heard every day: a hint, not a jingle.
 */
import { LIVE_OUTPUT_RATE } from './rates.ts';

interface Note {
  /** Hz. */
  readonly pitch: number;
  readonly startMs: number;
  readonly lengthMs: number;
}

/** Level of the loudest 20 ms of a cue, root mean square over full scale: -24 dBFS. */
const CUE_LEVEL = 10 ** (-24 / 20);
/** Half of that for one that is repeated while everybody waits in silence: -30 dBFS. */
const QUIET_LEVEL = 10 ** (-30 / 20);

/** A little of the octave makes a sine sound like a bell instead of a test signal; more sounds sharp. */
const OCTAVE_SHARE = 0.15;

/** Fades long enough that neither end clicks: below about 5 ms the edge itself is heard. */
const ATTACK_MS = 15;

/** Rises by a fifth: ready to listen. 300 ms, 24 kHz mono. */
export function readyCue(): Int16Array {
  return render([
    { pitch: 523.25, startMs: 0, lengthMs: 160 },
    { pitch: 783.99, startMs: 120, lengthMs: 180 },
  ]);
}

/** Falls by a fifth: giving up, or leaving. 340 ms, 24 kHz mono. */
export function goodbyeCue(): Int16Array {
  return render([
    { pitch: 587.33, startMs: 0, lengthMs: 170 },
    { pitch: 392.0, startMs: 130, lengthMs: 210 },
  ]);
}

/** One low, short note: still working on it. 160 ms, 24 kHz mono. */
export function workingCue(): Int16Array {
  return render([{ pitch: 440, startMs: 0, lengthMs: 160 }], QUIET_LEVEL);
}

/** Notes that overlap fade into each other: one dies away while the next begins. */
function render(notes: readonly Note[], level = CUE_LEVEL): Int16Array {
  const endMs = Math.max(...notes.map((note) => note.startMs + note.lengthMs));
  const mix = new Float64Array(samplesOf(endMs));
  for (const note of notes) addNote(mix, note);
  return Int16Array.from(scaleTo(mix, level), Math.round);
}

function addNote(mix: Float64Array, { pitch, startMs, lengthMs }: Note): void {
  const start = samplesOf(startMs);
  const length = samplesOf(lengthMs);
  for (let i = 0; i < length; i++) {
    const phase = (2 * Math.PI * pitch * i) / LIVE_OUTPUT_RATE;
    const sample = Math.sin(phase) + OCTAVE_SHARE * Math.sin(2 * phase);
    mix[start + i] = (mix[start + i] ?? 0) + sample * envelope(i, length);
  }
}

/** Rises along half a cosine, then dies away along the rest of one: no corner anywhere, 0 at both ends. */
function envelope(sample: number, length: number): number {
  const attack = samplesOf(ATTACK_MS);
  const position = sample < attack ? 1 - sample / attack : (sample - attack) / (length - attack);
  return (1 + Math.cos(Math.PI * position)) / 2;
}

/** Brings the loudest 20 ms to `level` (root mean square, of full scale). */
function scaleTo(mix: Float64Array, level: number): Float64Array {
  const frame = samplesOf(20);
  let loudest = 0;
  for (let start = 0; start < mix.length; start += frame) {
    const samples = mix.subarray(start, start + frame);
    loudest = Math.max(loudest, samples.reduce((sum, sample) => sum + sample * sample, 0) / frame);
  }
  const gain = (level * 32_768) / Math.sqrt(loudest);
  return mix.map((sample) => sample * gain);
}

function samplesOf(ms: number): number {
  return (ms * LIVE_OUTPUT_RATE) / 1000;
}
