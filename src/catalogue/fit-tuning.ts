/**
 * What of an operator's options a model takes: what is valid on one closes the socket on another (reference/live-api.md §4, §7).
 * Pure.
 */
import type { LiveTuning, TurnDetection } from '../types/live-tuning.ts';
import type { ModelProfile } from './models.ts';

export interface FittedTuning {
  /** What may be sent. */
  readonly taken: LiveTuning;
  /** Names of what is left out, as they stand in the file. */
  readonly leftOut: readonly string[];
}

export function fitTuning(tuning: LiveTuning, profile: ModelProfile, detection: TurnDetection): FittedTuning {
  const leftOut: string[] = [];
  /** The option if it fits; if it does not, its name is noted. */
  const keep = <T>(name: string, value: T | undefined, fits: boolean): T | undefined => {
    if (value === undefined || fits) return value;
    leftOut.push(name);
    return undefined;
  };
  const { thinking, automaticDetection, turnCoverage, affectiveDialog, proactiveAudio, transcription } = tuning;
  const hasDialog = profile.dialogVersion !== null;
  const taken: LiveTuning = {
    ...tuning,
    thinking: keep('thinking', thinking, thinkingFits(thinking, profile)),
    automaticDetection: keep('automaticDetection', automaticDetection, detection === 'automatic'),
    turnCoverage: keep('turnCoverage', turnCoverage, profile.turnCoverages.includes(turnCoverage ?? 'activity')),
    affectiveDialog: keep('affectiveDialog', affectiveDialog, hasDialog),
    proactiveAudio: keep('proactiveAudio', proactiveAudio, hasDialog),
    transcription: transcription && {
      ...transcription,
      languageHints: keep('transcription.languageHints', transcription.languageHints, profile.languageHints),
      customVocabulary: keep('transcription.customVocabulary', transcription.customVocabulary, profile.languageHints),
    },
  };
  return { taken, leftOut };
}

function thinkingFits(wanted: LiveTuning['thinking'], { thinking }: ModelProfile): boolean {
  if (wanted === undefined || thinking === 'none') return wanted === undefined;
  if ('budgetTokens' in wanted) return thinking === 'budget';
  return thinking !== 'budget' && thinking.some((level) => level.toLowerCase() === wanted.level);
}

/** The version of the API that has all that was asked for; it is documented on `v1beta` alone (§1). */
export function apiVersionFor(tuning: LiveTuning, { dialogVersion }: ModelProfile): 'v1beta' | 'v1alpha' {
  const wanted = tuning.affectiveDialog !== undefined || tuning.proactiveAudio !== undefined;
  return wanted && dialogVersion !== null ? dialogVersion : 'v1beta';
}
