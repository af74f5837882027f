/**
 * What the speech thread does for the main thread, as plain data both ways.
 */
import { createRecogniser, type Recogniser, type Recognition } from './recogniser.ts';
import { resample } from './resample.ts';
import { type KnownUtterance, utterancePcm } from './utterances.ts';
import { speak, VOICE_RATE } from './voices.ts';

export type SpeechTask =
  | { readonly kind: 'speak'; readonly text: string; readonly voice: string; readonly rate: number }
  | { readonly kind: 'load'; readonly utterance: KnownUtterance; readonly rate: number }
  | { readonly kind: 'recognise'; readonly pcm: Int16Array };

export type SpeechResult = Int16Array | Recognition;

export interface SpeechRequest {
  readonly id: number;
  readonly task: SpeechTask;
}

export type SpeechReply =
  | { readonly id: number; readonly ok: true; readonly result: SpeechResult }
  | { readonly id: number; readonly ok: false; readonly error: { readonly name: string; readonly message: string } };

/** Does tasks one after another; the recogniser is prepared when the first window is to be recognised. */
export function createSpeechWorker(known: readonly KnownUtterance[]): (request: SpeechRequest) => SpeechReply {
  let recogniser: Recogniser | null = null;

  function run(task: SpeechTask): SpeechResult {
    if (task.kind === 'speak') return resample(speak(task.text, task.voice), VOICE_RATE, task.rate);
    if (task.kind === 'load') return utterancePcm(task.utterance, task.rate);
    recogniser ??= createRecogniser(known);
    return recogniser.recognise(task.pcm);
  }

  return ({ id, task }) => {
    try {
      return { id, ok: true, result: run(task) };
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      return { id, ok: false, error: { name, message } };
    }
  };
}
