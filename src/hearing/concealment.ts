/**
 * Stands in for what was lost: the last pitch period goes on and fades, and what comes next is faded in, so that neither end
 * clicks. After 60 ms there is silence: nobody's voice holds still for longer, and a drone is worse than a gap.
 *
 * Works on 16 kHz mono, after decoding: opusscript's own concealment overruns its buffers (reference/audio.md §4). The method
 * is that of ITU-T G.711 Appendix I without its overlap between periods, which would hold all speech back by 4 ms: the step
 * that would leave where the voice breaks off is faded out instead.
 */
import { FRAME_MS, LIVE_INPUT_RATE } from '../audio/rates.ts';

export interface Concealment {
  /** Speech that follows what came before; comes back faded in if that was lost. */
  follow(pcm: Int16Array): Int16Array;
  /** `length` samples in place of lost ones. */
  conceal(length: number): Int16Array;
  /** Like `follow`, but what came before breaks off here, without being lost, and is faded out. */
  cut(pcm: Int16Array): Int16Array;
  /** Time passed in silence. `lost`: what comes next begins in the middle of something. */
  pause(lost: boolean): void;
}

/** Frames concealed in a row, before silence. */
export const MOST_CONCEALED = 3;

const FADE_SAMPLES = (MOST_CONCEALED * FRAME_MS * LIVE_INPUT_RATE) / 1000;
/** 5 ms at either end: shorter is heard as a click, longer blurs the next sound. */
const JOIN_SAMPLES = (5 * LIVE_INPUT_RATE) / 1000;
/** Voices between 50 and 400 Hz. */
const SHORTEST_PERIOD = LIVE_INPUT_RATE / 400;
const LONGEST_PERIOD = LIVE_INPUT_RATE / 50;
/** Two of the longest periods: one to compare with the one before. */
const HISTORY = 2 * LONGEST_PERIOD;

/** How long the voice has been going on by itself. */
type Stretch =
  | { readonly status: 'heard' }
  | { readonly status: 'concealing'; readonly period: number; readonly concealed: number };

export function createConcealment(): Concealment {
  const history = new Int16Array(HISTORY);
  let stretch: Stretch = { status: 'heard' };

  const remember = (pcm: Int16Array): void => {
    const recent = pcm.subarray(Math.max(0, pcm.length - HISTORY));
    history.copyWithin(0, recent.length);
    history.set(recent, HISTORY - recent.length);
  };

  const extrapolate = (length: number): Int16Array => {
    const { period, concealed } =
      stretch.status === 'concealing' ? stretch : { period: findPeriod(history), concealed: 0 };
    const seam = concealed > 0 ? 0 : seamAt(history, period);
    const pcm = new Int16Array(length);
    for (let i = 0; i < length; i++) {
      const source = i < period ? (history[HISTORY - period + i] ?? 0) : (pcm[i - period] ?? 0);
      // The fade is in the history already from one period on; here only its further step.
      pcm[i] = Math.round(source * fadeStep(concealed + i, period));
    }
    remember(pcm);
    stretch = { status: 'concealing', period, concealed: concealed + length };
    return seam === 0 ? pcm : leadIn(pcm, seam);
  };

  const join = (pcm: Int16Array): Int16Array => {
    const length = Math.min(JOIN_SAMPLES, pcm.length);
    const before = extrapolate(length);
    const joined = pcm.slice();
    for (let i = 0; i < length; i++) {
      const share = (i + 1) / (length + 1);
      joined[i] = Math.round((pcm[i] ?? 0) * share + (before[i] ?? 0) * (1 - share));
    }
    return joined;
  };

  const hear = (pcm: Int16Array): Int16Array => {
    remember(pcm);
    stretch = { status: 'heard' };
    return pcm;
  };

  return {
    follow: (pcm) => hear(stretch.status === 'heard' ? pcm : join(pcm)),
    conceal: extrapolate,
    cut: (pcm) => hear(join(pcm)),
    pause(lost) {
      history.fill(0);
      stretch = lost ? { status: 'concealing', period: LONGEST_PERIOD, concealed: FADE_SAMPLES } : { status: 'heard' };
    },
  };
}

/** By how much the voice has changed within the last period: the step there would be if it simply began again. */
function seamAt(history: Int16Array, period: number): number {
  return (history[HISTORY - 1] ?? 0) - (history[HISTORY - 1 - period] ?? 0);
}

/** Goes on from where the voice broke off, and is what was extrapolated 5 ms later. */
function leadIn(pcm: Int16Array, seam: number): Int16Array {
  return pcm.map((sample, i) => clip(sample + seam * Math.max(0, 1 - (i + 1) / JOIN_SAMPLES)));
}

function clip(value: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(value)));
}

/** What the level of a sample is times that of the one a period before, on a straight fade to nothing. */
function fadeStep(concealed: number, period: number): number {
  const level = (at: number): number => Math.max(0, 1 - Math.max(0, at) / FADE_SAMPLES);
  const before = level(concealed - period);
  return before === 0 ? 0 : level(concealed) / before;
}

/** The shift at which the recent past looks most like itself. */
function findPeriod(history: Int16Array): number {
  let best = LONGEST_PERIOD;
  let bestLikeness = Number.NEGATIVE_INFINITY;
  for (let period = SHORTEST_PERIOD; period <= LONGEST_PERIOD; period++) {
    const likeness = likenessAt(history, period);
    if (likeness > bestLikeness) {
      best = period;
      bestLikeness = likeness;
    }
  }
  return best;
}

/** Normalised correlation of the last 10 ms with the 10 ms a period before. */
function likenessAt(history: Int16Array, period: number): number {
  let product = 0;
  let energy = 1;
  for (let i = HISTORY - LIVE_INPUT_RATE / 100; i < HISTORY; i++) {
    const earlier = history[i - period] ?? 0;
    product += (history[i] ?? 0) * earlier;
    energy += earlier * earlier;
  }
  return product / Math.sqrt(energy);
}
