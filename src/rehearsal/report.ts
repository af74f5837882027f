/**
 * The report of a rehearsal: the contract of `--json` (DESIGN.md §4). Times in ms, since the rehearsal's start where they are
 * moments.
 */

export interface TurnLatency {
  /** Last packet of speech → `activityEnd` at the Live side. */
  readonly speechEndToActivityEnd: number | null;
  /** `activityEnd` → first chunk of the answer: the service's own time. */
  readonly activityEndToChunk: number | null;
  /** First chunk → first packet with its voice at the members. */
  readonly chunkToPacket: number | null;
  /** What a person waits. */
  readonly speechEndToPacket: number | null;
  /** First packet of the interrupting speech → last packet of the old answer. */
  readonly bargeInToSilence: number | null;
}

export interface TurnReport {
  readonly index: number;
  readonly speaker: string;
  readonly kind: 'utterance' | 'barge-in' | 'say';
  readonly window: { readonly startMs: number; readonly endMs: number; readonly audioMs: number } | null;
  /** What the Live side took the utterance for, and what it answered, in words. */
  readonly input: string;
  readonly output: string;
  readonly answer: { readonly audioMs: number; readonly interrupted: boolean; readonly wav: string } | null;
  /** What reached the Live side, as a WAV file. */
  readonly heardWav: string | null;
  readonly latencyMs: TurnLatency;
}

export interface RehearsalReport {
  readonly schema: 1;
  readonly ok: boolean;
  readonly live: 'loopback' | 'google';
  readonly model: string;
  readonly turns: readonly TurnReport[];
  readonly violations: { readonly discord: readonly string[]; readonly live: readonly string[] };
  readonly problems: readonly string[];
}
