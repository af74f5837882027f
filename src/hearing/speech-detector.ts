/**
 * Voice activity: how likely it is that a window of a speaker's sound is speech.
 *
 * One detector serves all rooms of a thread, so that the windows of everybody who speaks are judged in one batch a tick.
 */
import { createEnergyDetector } from './energy-detector.ts';
import { createSileroDetector, type SileroDetectorOptions } from './silero-detector.ts';

export interface JudgedWindow {
  /** Of the window's first sample and after its last, ms on the clock of what was pushed. */
  readonly startsAt: number;
  readonly endsAt: number;
  /** 0 to 1. */
  readonly probability: number;
}

/** One speaker's sound on its way into the detector. */
export interface DetectorStream {
  /**
   * 16 kHz mono that begins at `startsAt`, ms. A short gap in time counts as silence; after a long one the stream begins anew.
   */
  push(pcm: Int16Array, startsAt: number): void;
  /** Forgets the past. */
  reset(): void;
  /** Nothing is told of this stream any more. */
  close(): void;
}

export interface SpeechDetector {
  readonly kind: 'neural' | 'energy';
  open(onWindow: (window: JudgedWindow) => void): DetectorStream;
  /**
   * Judges the windows that are full, of all streams together. To be called once a tick, by every room: calls at the same time,
   * and while a run is under way, share one run. Never rejects.
   */
  run(): Promise<void>;
  /** Idempotent. A run under way ends without telling anything. */
  close(): void;
}

export interface SpeechDetectorOptions extends SileroDetectorOptions {
  readonly kind: 'neural' | 'energy';
}

/** The neural detector; where its runtime has no build (Alpine, Intel macOS) the energy detector, said once in the log. */
export async function createSpeechDetector({ kind, ...options }: SpeechDetectorOptions): Promise<SpeechDetector> {
  if (kind === 'energy') return createEnergyDetector();
  try {
    return await createSileroDetector(options);
  } catch (error) {
    const { count, log } = options;
    count('hearing_detector_fallbacks_total');
    log.warn({ err: error }, 'the neural detector cannot run here: speech is told by its energy');
    return createEnergyDetector();
  }
}
