/**
 * Speech told by energy alone: how far a window stands out of the noise around it.
 *
 * Coarse: a cough is as loud as a word (36 % of noise beside speech is flagged, reference/audio.md §2). It stands in where the
 * neural detector cannot run.
 */
import { rmsDbfs } from '../audio/loudness.ts';
import { WINDOW_MS } from './window-cutter.ts';

/** Quieter than this is nobody, however quiet the room: a whisper into a headset is about -45 dBFS. */
const QUIETEST_SPEECH_DBFS = -50;
/** The noise is never taken for lower, or the hiss after digital silence would stand out. */
const LOWEST_NOISE_DBFS = -70;
/** A window this far above the noise is as likely speech as not; `SPREAD_DB` more is certain, less is certainly not. */
const EVEN_DB = 12;
const SPREAD_DB = 6;
/** How fast the noise is believed to rise, dB a second: a fan is learnt in ten seconds, a long sentence does not become noise. */
const RISE_DB_PER_S = 2;

/** Judges the windows of one speaker, in order: 0 to 1. */
export type EnergyLikelihood = (window: Int16Array) => number;

export function createEnergyLikelihood(): EnergyLikelihood {
  let noise = LOWEST_NOISE_DBFS;
  return (window) => {
    const level = rmsDbfs(window);
    noise = Math.min(Math.max(level, LOWEST_NOISE_DBFS), noise + (RISE_DB_PER_S * WINDOW_MS) / 1000);
    if (level < QUIETEST_SPEECH_DBFS) return 0;
    return Math.max(0, Math.min(1, 0.5 + (level - noise - EVEN_DB) / (2 * SPREAD_DB)));
  };
}
