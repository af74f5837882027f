/**
 * The conversation with its sound: what each turn says, as the 48 kHz mono that a microphone would pick up.
 */
import { ownRecording, type ScriptedTurn } from './script.ts';
import { loadRecording } from './speech/load-recording.ts';
import { measure } from './speech/loudness.ts';
import type { SpeechThread } from './speech/speech-thread.ts';

export interface PreparedTurn {
  readonly turn: ScriptedTurn;
  /** 48 kHz mono. */
  readonly pcm: Int16Array;
}

const DISCORD_RATE = 48_000;
/** What Discord's own detection lets through around a word. */
const MARGIN_MS = 40;

/** @param own the 48 kHz mono of a recording that `--say` names, or null */
export async function prepareScript(
  speech: SpeechThread,
  conversation: readonly ScriptedTurn[],
  own: { file: string; pcm: Int16Array } | null,
): Promise<PreparedTurn[]> {
  const scripted = await Promise.all(
    conversation.map(async (turn) => {
      if (turn.utterance === null) throw new Error(`${turn.label} has nothing to say`);
      return { turn, pcm: spokenPart(await speech.load(turn.utterance, DISCORD_RATE)) };
    }),
  );
  return own === null ? scripted : [...scripted, { turn: ownRecording(own.file), pcm: own.pcm }];
}

/** @throws RecordingError in words for whoever chose the file */
export async function prepareOwn(file: string | null): Promise<{ file: string; pcm: Int16Array } | null> {
  return file === null ? null : { file, pcm: await loadRecording(file) };
}

/** A microphone with voice detection sends nothing before the first word and nothing after the last. */
function spokenPart(pcm: Int16Array): Int16Array {
  const { span } = measure(pcm, DISCORD_RATE);
  if (span === null) return pcm;
  const samples = (ms: number): number => Math.round((ms * DISCORD_RATE) / 1_000);
  return pcm.subarray(Math.max(0, samples(span.startMs - MARGIN_MS)), samples(span.endMs + MARGIN_MS));
}
