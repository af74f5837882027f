/**
 * The service's own detection of activity, by level: enough for a client that leaves detection to it. Counts in audio, not in
 * time: as on the service, a stream that stops without `audioStreamEnd` leaves its turn open (live-api.md §8.1 rule 14).
 */

/** 20 ms at 16 kHz. */
const FRAME = 320;
const FRAME_MS = 20;
/** Speech is over -45 dBFS in the recordings, room noise under it. */
const SPEECH_LEVEL = 32_768 * 10 ** (-45 / 20);
/** Loud frames in a row that begin an activity. */
const ONSET_FRAMES = 3;
/** Audio before the onset that belongs to the activity. */
const PRE_ROLL_FRAMES = 15;

export interface AutomaticActivity {
  hear(pcm: Int16Array): void;
  /** `audioStreamEnd`, or the end of the connection. */
  streamEnded(): void;
}

export interface ActivityListener {
  started(): void;
  audio(pcm: Int16Array): void;
  ended(): void;
}

export function createAutomaticActivity(silenceMs: number, listener: ActivityListener): AutomaticActivity {
  let rest = new Int16Array();
  let recent: Int16Array[] = [];
  let active = false;
  /** Loud frames in a row while idle, quiet ones while active. */
  let run = 0;

  function begin(): void {
    active = true;
    run = 0;
    listener.started();
    for (const frame of recent) listener.audio(frame);
    recent = [];
  }

  function end(): void {
    active = false;
    run = 0;
    listener.ended();
  }

  function hearFrame(frame: Int16Array): void {
    const loud = levelOf(frame) > SPEECH_LEVEL;
    if (active) {
      listener.audio(frame);
      run = loud ? 0 : run + 1;
      if (!loud && run * FRAME_MS >= silenceMs) end();
      return;
    }
    recent = [...recent, frame].slice(-PRE_ROLL_FRAMES);
    run = loud ? run + 1 : 0;
    if (run >= ONSET_FRAMES) begin();
  }

  return {
    hear(pcm) {
      const audio = new Int16Array(rest.length + pcm.length);
      audio.set(rest);
      audio.set(pcm, rest.length);
      const whole = Math.floor(audio.length / FRAME) * FRAME;
      for (let at = 0; at < whole; at += FRAME) hearFrame(audio.slice(at, at + FRAME));
      rest = audio.slice(whole);
    },
    streamEnded() {
      rest = new Int16Array();
      recent = [];
      if (active) end();
    },
  };
}

function levelOf(frame: Int16Array): number {
  return Math.sqrt(frame.reduce((sum, sample) => sum + sample ** 2, 0) / frame.length);
}
