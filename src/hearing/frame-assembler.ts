/**
 * Makes frames of 20 ms at 16 kHz out of packets of any length. Discord's clients send one frame a packet; others need not.
 */
import { createFramer } from '../audio/pcm.ts';
import { FRAME_MS, LIVE_INPUT_FRAME_SAMPLES } from '../audio/rates.ts';
import type { SpeakerFrame } from '../types/audio-units.ts';

export type Frame = Omit<SpeakerFrame, 'speakerId'>;

export interface FrameAssembler {
  /** Samples that begin at `startsAt`, ms on the room's clock, and follow those before unless `flush` came between. */
  push(pcm: Int16Array, startsAt: number, origin: Frame['origin']): void;
  /** Completes a frame in the making with silence: what comes next does not follow. */
  flush(): void;
}

export function createFrameAssembler(onFrame: (frame: Frame) => void): FrameAssembler {
  const framer = createFramer(LIVE_INPUT_FRAME_SAMPLES);
  /** Of the frame in the making. */
  let made: Omit<Frame, 'pcm'> | null = null;

  return {
    push(pcm, startsAt, origin) {
      let next = made ?? { startsAt, origin };
      // A frame of which any part was heard counts as heard.
      if (origin === 'heard') next = { ...next, origin };
      for (const frame of framer.push(pcm)) {
        onFrame({ ...next, pcm: frame });
        next = { startsAt: next.startsAt + FRAME_MS, origin };
      }
      made = framer.waiting > 0 ? next : null;
    },
    flush() {
      const pcm = framer.flush();
      if (pcm !== null && made !== null) onFrame({ ...made, pcm });
      made = null;
    },
  };
}
