import { createPlayback, type Playback, type PlaybackOptions } from '../../../src/playback/playback.ts';
import { createFakeClock, type FakeClock } from '../../kit/fake-clock.ts';

export type Sent =
  | { readonly kind: 'voice'; readonly at: number; readonly pcm: Int16Array }
  | { readonly kind: 'silence'; readonly at: number }
  | { readonly kind: 'speaking'; readonly at: number; readonly on: boolean };

export interface Bench {
  readonly playback: Playback;
  readonly clock: FakeClock;
  /** Everything that left, in order. A voiced packet carries the very PCM that was encoded. */
  readonly sent: Sent[];
  readonly told: string[];
  readonly counts: Map<string, number>;
  open: boolean;
  encoderClosed: number;
  /** One tick every 20 ms. */
  ticks(count: number): void;
  /** The PCM of all voiced packets, joined. */
  heard(): Int16Array;
  silences(): number;
}

const SILENCE = [0xf8, 0xff, 0xfe];

/** Playback on a fake clock, with an encoder whose packets are the PCM itself, so that every sample can be followed. */
export function createBench(
  options: Partial<Pick<PlaybackOptions, 'prebufferMs' | 'maxQueuedMs' | 'encoder'>> = {},
): Bench {
  const clock = createFakeClock();
  const sent: Sent[] = [];
  const told: string[] = [];
  const counts = new Map<string, number>();
  const bench: Omit<Bench, 'playback'> = {
    clock,
    sent,
    told,
    counts,
    open: true,
    encoderClosed: 0,
    ticks(count) {
      for (let i = 0; i < count; i++) {
        clock.advance(20);
        full.playback.tick(clock.now());
      }
    },
    heard() {
      const frames = sent.filter((it) => it.kind === 'voice').map((it) => it.pcm);
      return Int16Array.from(frames.flatMap((frame) => [...frame]));
    },
    silences: () => sent.filter((it) => it.kind === 'silence').length,
  };
  const full: Bench = Object.assign(bench, {
    playback: createPlayback({
      encoder: {
        encode: (pcm) => new Uint8Array(pcm.slice().buffer),
        close: () => void full.encoderClosed++,
      },
      sink: {
        canSend: () => full.open,
        sendPacket(opus) {
          if (!full.open) throw new Error('a packet left while the link was closed');
          const isSilence = opus.length === 3 && SILENCE.every((byte, i) => opus[i] === byte);
          if (isSilence) sent.push({ kind: 'silence', at: clock.now() });
          else sent.push({ kind: 'voice', at: clock.now(), pcm: new Int16Array(opus.slice().buffer) });
        },
        setSpeaking: (on) => void sent.push({ kind: 'speaking', at: clock.now(), on }),
      },
      clock,
      on: {
        started: (generation, at) => void told.push(`started ${generation} ${at - 1_000_000}`),
        finished: (generation, heardMs) => void told.push(`finished ${generation} ${heardMs}`),
        overflow: (generation, droppedMs) => void told.push(`overflow ${generation} ${droppedMs}`),
      },
      count: (name, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by),
      log: { debug() {}, info() {}, warn() {}, error() {} },
      ...options,
    }),
  });
  return full;
}

/** PCM in which every sample is different from its neighbours and none is 0, `ms` long at 24 kHz. */
export function ramp(ms: number, from = 1): Int16Array {
  return Int16Array.from({ length: ms * 24 }, (_, i) => ((i + from) % 30_000) + 1);
}

/** `S` speaking on, `s` off, `v` voice, `.` silence: a run at a glance. */
export function picture(sent: readonly Sent[]): string {
  return sent.map((it) => (it.kind === 'voice' ? 'v' : it.kind === 'silence' ? '.' : it.on ? 'S' : 's')).join('');
}
