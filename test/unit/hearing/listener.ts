/**
 * Hearing on a clock that stands still, fed packets as they arrive, with all that it tells kept.
 */
import { loadLibopus } from 'libopus-wasm';
import { type CodecPool, createCodecPool } from '../../../src/audio/codec-pool.ts';
import { createOpus } from '../../../src/audio/opus-codec.ts';
import { createEnergyDetector } from '../../../src/hearing/energy-detector.ts';
import { createHearing, type Hearing } from '../../../src/hearing/hearing.ts';
import type { SpeechDetector } from '../../../src/hearing/speech-detector.ts';
import type { SpeakerFrame, SpeakerPacket, VoiceWindow } from '../../../src/types/audio-units.ts';
import { createFakeClock, type FakeClock } from '../../kit/fake-clock.ts';
import { createRecordingLog, type RecordingLog } from '../../kit/recording-log.ts';

export interface Listener {
  readonly hearing: Hearing;
  readonly clock: FakeClock;
  readonly log: RecordingLog;
  readonly counts: ReadonlyMap<string, number>;
  readonly frames: readonly SpeakerFrame[];
  readonly windows: readonly VoiceWindow[];
  /** `arrivedAt`, and whether it was a silence frame. */
  readonly packets: readonly { readonly arrivedAt: number; readonly silence: boolean }[];
  /** Lets the packets arrive at their times, with a tick every 20 ms between them, and half a second of ticks after the last. */
  hear(packets: readonly SpeakerPacket[], speakerId?: string): Promise<void>;
  /** Ticks every 20 ms for a while. */
  wait(ms: number): Promise<void>;
  close(): void;
}

export interface ListenerOptions {
  readonly detector?: SpeechDetector;
  /** In place of a pool of its own. */
  readonly decoders?: CodecPool;
  readonly onFrame?: (frame: SpeakerFrame) => void;
}

export function createListener({
  detector = createEnergyDetector(),
  decoders,
  onFrame,
}: ListenerOptions = {}): Listener {
  const clock = createFakeClock();
  const log = createRecordingLog();
  const counts = new Map<string, number>();
  const count = (name: string, by = 1): void => void counts.set(name, (counts.get(name) ?? 0) + by);
  const opus = createOpus();
  const pool = decoders ?? createCodecPool({ opus, limit: 8, count });
  const frames: SpeakerFrame[] = [];
  const windows: VoiceWindow[] = [];
  const packets: { arrivedAt: number; silence: boolean }[] = [];
  const hearing = createHearing({
    decoders: pool,
    detector,
    clock,
    count,
    log,
    on: {
      packet: (_, arrivedAt, silence) => void packets.push({ arrivedAt, silence }),
      frame(frame) {
        frames.push(frame);
        onFrame?.(frame);
      },
      voice: (window) => void windows.push(window),
    },
  });
  let nextTick = clock.now() + 20;

  const waitUntil = async (at: number): Promise<void> => {
    for (; nextTick <= at; nextTick += 20) {
      clock.advance(nextTick - clock.now());
      hearing.tick(clock.now());
      await detector.run();
    }
    clock.advance(Math.max(0, at - clock.now()));
  };

  return {
    hearing,
    clock,
    log,
    counts,
    frames,
    windows,
    packets,
    async hear(arriving, speakerId = 'ada') {
      for (const packet of arriving) {
        await waitUntil(packet.arrivedAt);
        hearing.packet(speakerId, packet);
      }
      await waitUntil(clock.now() + 500);
    },
    wait: (ms) => waitUntil(clock.now() + ms),
    close() {
      hearing.close();
      if (decoders === undefined) pool.close();
      opus.close();
    },
  };
}

/** The decoder for long packets is made in the background, in a few turns of the event loop once libopus is loaded. */
export async function longDecoderReady(): Promise<void> {
  await loadLibopus();
  await new Promise((resolve) => setImmediate(resolve));
}

/** The frames as one stretch of sound, each where its time says, silence between. */
export function timelineOf(frames: readonly SpeakerFrame[]): Int16Array {
  const start = frames[0]?.startsAt ?? 0;
  const end = Math.max(...frames.map((frame) => frame.startsAt + 20));
  const pcm = new Int16Array(Math.round((end - start) * 16));
  for (const frame of frames) pcm.set(frame.pcm, Math.round((frame.startsAt - start) * 16));
  return pcm;
}
