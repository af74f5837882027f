/**
 * Every window of activity that was heard, with its audio as long as there is room for it.
 */
import type { Recognition } from '../speech/recogniser.ts';
import type { SeenImage } from './image-check.ts';
import type { LiveWindow, WindowAnswer } from './live-event.ts';

/** 16 kHz. */
const SAMPLES_PER_MS = 16;

/** A window while the session still writes to it; `view` is what others see. */
export interface WindowRecord {
  readonly view: LiveWindow;
  append(pcm: Int16Array): void;
  note(text: string): void;
  saw(image: SeenImage): void;
  end(at: number): void;
  recognised(recognition: Recognition): void;
  answered(answer: WindowAnswer): void;
  forgetAudio(): void;
}

export interface WindowLog {
  readonly windows: readonly LiveWindow[];
  open(session: string, at: number): WindowRecord;
}

/** @param keptAudioMs audio kept over all windows; the oldest windows lose theirs first. */
export function createWindowLog(keptAudioMs: number): WindowLog {
  const windows: LiveWindow[] = [];
  const withAudio: WindowRecord[] = [];

  function makeRoom(): void {
    let kept = withAudio.reduce((sum, { view }) => sum + view.audioMs, 0);
    while (kept > keptAudioMs && withAudio.length > 1) {
      const oldest = withAudio.shift();
      oldest?.forgetAudio();
      kept -= oldest?.view.audioMs ?? 0;
    }
  }

  return {
    windows,
    open(session, at) {
      makeRoom();
      const record = createWindow(session, windows.length, at);
      windows.push(record.view);
      withAudio.push(record);
      return record;
    },
  };
}

function createWindow(session: string, index: number, startedAt: number): WindowRecord {
  let chunks: Int16Array[] = [];
  let samples = 0;
  let endedAt: number | null = null;
  let recognition: Recognition | null = null;
  let answer: WindowAnswer | null = null;
  const texts: string[] = [];
  const images: SeenImage[] = [];
  const view: LiveWindow = {
    session,
    index,
    startedAt,
    texts,
    images,
    get endedAt() {
      return endedAt;
    },
    get pcm() {
      // Joined once and kept joined: the audio is asked for more often than it grows.
      if (chunks.length > 1) chunks = [joined(chunks)];
      return chunks[0]?.slice() ?? new Int16Array();
    },
    get audioMs() {
      return samples / SAMPLES_PER_MS;
    },
    get recognition() {
      return recognition;
    },
    get answer() {
      return answer;
    },
  };
  return {
    view,
    append(pcm) {
      chunks.push(pcm);
      samples += pcm.length;
    },
    note: (text) => void texts.push(text),
    saw: (image) => void images.push(image),
    end: (at) => {
      endedAt = at;
    },
    recognised: (found) => {
      recognition = found;
    },
    answered: (given) => {
      answer = given;
    },
    forgetAudio: () => {
      chunks = [];
    },
  };
}

function joined(chunks: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
