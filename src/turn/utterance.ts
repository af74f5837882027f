/**
 * Endpointing for one speaker: when an utterance began, whether it is surely speech, and since when there is quiet.
 *
 * Discord sends no packet while a microphone is silent, so the end of speech is an absence, not a message; and a client with
 * its own voice activity switched off sends noise for hours, so packets alone say nothing either. Both are read together:
 * packets for how quickly something may be believed, the detector for whether it is speech.
 *
 * Pure: time comes in with the events. See ARCHITECTURE.md, "Turn".
 */
import type { VoiceWindow } from '../types/audio-units.ts';

/** From here a window counts as speech (Silero's own default; figures for this rule: reference/audio.md §2). */
export const SPEECH_THRESHOLD = 0.5;
/** Once somebody speaks, a window counts as quiet only below this: soft syllables must not end a sentence. */
export const QUIET_THRESHOLD = 0.35;
/**
 * Windows of speech until an utterance is believed. Two (64 ms) found 207 of 208 utterances with four false starts in 25
 * minutes of noise; four would cost 64 ms more (reference/audio.md §2).
 */
export const CONFIRMING_WINDOWS = 2;
/** A packet run is new after this gap: Discord's own speaking indicator uses the same 100 ms. */
const RUN_GAP_MS = 100;
/**
 * How far before the first window of speech the utterance may have begun. The detector is late by 76 to 150 ms at the median
 * on soft onsets (reference/audio.md §2); a run of noise that began long before does not count as speech.
 */
const SOFT_ONSET_MS = 120;
/** Something that was not believed is over after this: longer than a gap between syllables, shorter than a pause. */
export const COUGH_MS = 250;
/** How far the detector may be behind the packets in good order: a window, and the wait for a packet that is late or lost. */
const DETECTOR_LAG_MS = 250;
/** A detector that is further behind (a packet it never got, a fault of its own) is waited for no longer. */
const MOST_DETECTOR_LAG_MS = 3_000;

interface Packets {
  /** When the present run of packets began, null while none came yet. */
  readonly runFrom: number | null;
  /** Arrival of the last packet that is no silence frame. */
  readonly lastPacketAt: number;
  /** End of the last window that the detector has judged. */
  readonly judgedUntil: number;
}

export type Utterance =
  | ({ readonly status: 'quiet' } & Packets)
  /** At least one window of speech: it may be a word or a cough. */
  | ({ readonly status: 'onset' } & Packets & Speech)
  /** Believed. */
  | ({ readonly status: 'speaking' } & Packets & Speech);

interface Speech {
  /** The utterance's first packet, as far as it belongs to the speech. */
  readonly from: number;
  /** Start of the last window that was speech. */
  readonly lastSpeechFrom: number;
  readonly windows: number;
}

export const SILENT: Utterance = {
  status: 'quiet',
  runFrom: null,
  lastPacketAt: Number.NEGATIVE_INFINITY,
  judgedUntil: Number.NEGATIVE_INFINITY,
};

/** A packet arrived; silence frames (`F8 FF FE`) are no sign of life. */
export function onPacket(utterance: Utterance, at: number, silence: boolean): Utterance {
  if (silence) return utterance;
  const newRun = utterance.runFrom === null || at - utterance.lastPacketAt > RUN_GAP_MS;
  return { ...utterance, runFrom: newRun ? at : utterance.runFrom, lastPacketAt: Math.max(at, utterance.lastPacketAt) };
}

/** The detector judged a window of this speaker. */
export function onVoice(before: Utterance, window: VoiceWindow): Utterance {
  const utterance = { ...before, judgedUntil: Math.max(before.judgedUntil, window.endsAt) };
  if (utterance.status === 'quiet') {
    if (window.probability < SPEECH_THRESHOLD) return utterance;
    const from = Math.max(utterance.runFrom ?? window.startsAt, window.startsAt - SOFT_ONSET_MS);
    return { ...utterance, status: 'onset', from, lastSpeechFrom: window.startsAt, windows: 1 };
  }
  if (window.probability < (utterance.status === 'speaking' ? QUIET_THRESHOLD : SPEECH_THRESHOLD)) return utterance;
  const windows = utterance.windows + 1;
  const status = windows >= CONFIRMING_WINDOWS ? 'speaking' : 'onset';
  return { ...utterance, status, windows, lastSpeechFrom: Math.max(utterance.lastSpeechFrom, window.startsAt) };
}

/**
 * Since when the speaker has been quiet: the earlier of the last real packet and the start of the last window of speech.
 * The first ends a gated microphone's utterance, the second an open one's (DESIGN.md §6, Turn).
 */
export function quietSince(utterance: Utterance): number {
  if (utterance.status === 'quiet') return Number.NEGATIVE_INFINITY;
  return Math.min(utterance.lastPacketAt, utterance.lastSpeechFrom);
}

/** Ends an utterance that has been quiet for `pauseMs`, or for `COUGH_MS` if it was never believed. */
export function onQuiet(utterance: Utterance, now: number, pauseMs: number): Utterance {
  if (utterance.status === 'quiet') return utterance;
  const limit = utterance.status === 'onset' ? COUGH_MS : pauseMs;
  return knownUntil(utterance, now) - quietSince(utterance) >= limit ? toQuiet(utterance) : utterance;
}

/**
 * Until when it is known whether the speaker spoke. A thread that stood still has packets that nobody has judged yet: what is in
 * them must not count as quiet, or a short word spoken meanwhile would be taken for a cough and be lost.
 */
function knownUntil({ lastPacketAt, judgedUntil }: Utterance, now: number): number {
  const behind = lastPacketAt - judgedUntil > DETECTOR_LAG_MS && now - judgedUntil < MOST_DETECTOR_LAG_MS;
  return behind ? judgedUntil : now;
}

/** Forgets the speech and keeps the packets: what comes next is a new utterance. */
export function toQuiet(utterance: Utterance): Utterance {
  const { runFrom, lastPacketAt, judgedUntil } = utterance;
  return { status: 'quiet', runFrom, lastPacketAt, judgedUntil };
}
