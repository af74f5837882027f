/**
 * The scripted conversation: who says what, and when somebody interrupts. Data only; `director.ts` performs it.
 */
import type { KnownUtterance } from './speech/utterances.ts';
import { knownUtterance } from './speech/utterances.ts';

export interface ScriptedTurn {
  readonly kind: 'utterance' | 'barge-in' | 'say';
  readonly speaker: 'Adam' | 'Beth';
  /** What is said, as it is known to the stand-in; null for a recording of the user's own. */
  readonly utterance: KnownUtterance | null;
  readonly label: string;
}

const line = (speaker: ScriptedTurn['speaker'], id: string, kind: ScriptedTurn['kind'] = 'utterance'): ScriptedTurn => {
  const utterance = knownUtterance(id);
  return { kind, speaker, utterance, label: `"${utterance.words}"` };
};

/** Adam speaks in recordings of people, Beth in a synthetic voice; the barge-in cuts the answer to the turn before it. */
export const CONVERSATION: readonly ScriptedTurn[] = [
  line('Adam', 'goforward'),
  line('Beth', 'meeting'),
  line('Adam', 'something'),
  line('Beth', 'barge-in', 'barge-in'),
  line('Adam', 'numbers'),
];

/** The turn that `--say FILE` adds. */
export function ownRecording(file: string): ScriptedTurn {
  return { kind: 'say', speaker: 'Adam', utterance: null, label: file };
}
