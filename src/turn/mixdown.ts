/**
 * Mixdown: the one stream of audio that a window of activity sends, made of the frames of all who speak in it.
 *
 * Frames are put into slots of 20 ms on the room's clock and leave a little later, mixed. A slot in which nobody has a frame
 * is silence, so the stream keeps real time although Discord sends nothing in pauses. Being late costs nothing: the answer
 * starts at `activityEnd`, and by then the rest has long been sent.
 *
 * Pure: time comes in as an argument.
 */
import { createMixer } from '../audio/mixer.ts';
import { FRAME_MS, LIVE_INPUT_FRAME_SAMPLES } from '../audio/rates.ts';
import type { SpeakerFrame } from '../types/audio-units.ts';
import type { SpeakerStart } from './turn.ts';

/** What is kept before an utterance was noticed: a soft first phoneme fits in (DESIGN.md §6, Hearing). */
export const PRE_ROLL_MS = 300;
/**
 * How far the mix trails the clock. Longer than the jitter of a bad network and the wait for a lost packet (some 140 ms), and
 * than a second speaker's onset takes to be believed, so that their first phoneme still gets in; shorter than the shortest pause.
 */
export const MIX_LAG_MS = 200;
/**
 * Slots that one call gives out: the one that fell due, and one more to catch up with. A thread that stood still wakes with its
 * timers, and only then reads the packets that came meanwhile: whoever gave out everything that is due would send silence in
 * their place and drop them as late.
 */
const MOST_SLOTS_A_CALL = 2;
/** Calls that follow each other closer than this are one burst of late ticks, between which no packet is read. */
const BURST_MS = FRAME_MS / 2;
/** Frames a speaker may have waiting: pre-roll, lag, and room for a burst after a stall. Bounds memory, not behaviour. */
const MAX_FRAMES_A_SPEAKER = 100;

export interface Mixdown {
  /** Takes a frame of a speaker, in a window or not: it may turn out to be pre-roll. Returns false for one that came too late. */
  add(frame: SpeakerFrame): boolean;
  /** Starts a stream with these speakers, from 300 ms before the earliest began. */
  open(speakers: readonly SpeakerStart[]): void;
  join(speaker: SpeakerStart): void;
  /** Frames whose time has come, a few at a time: 320 samples at 16 kHz each. To be called every 20 ms. */
  due(now: number): Int16Array[];
  /** The rest up to `now`; the stream is over. */
  close(now: number): Int16Array[];
  forget(speakerId: string): void;
}

interface Lane {
  readonly frames: Map<number, Int16Array>;
  lastSlot: number;
  lastStartsAt: number;
}

type Stream =
  | { readonly status: 'closed' }
  | { readonly status: 'open'; readonly fromSlot: Map<string, number>; next: number };

export function createMixdown(): Mixdown {
  const lanes = new Map<string, Lane>();
  const mixer = createMixer();
  /** Slots before this one have been sent in some window: none is ever sent twice. */
  let sentBefore = Number.NEGATIVE_INFINITY;
  let stream: Stream = { status: 'closed' };
  let calledAt = Number.NEGATIVE_INFINITY;

  const firstSlot = ({ speakerId, from }: SpeakerStart): number => {
    const wanted = Math.max(Math.floor((from - PRE_ROLL_MS) / FRAME_MS), sentBefore);
    const held = [...(lanes.get(speakerId)?.frames.keys() ?? [])].filter((slot) => slot >= wanted);
    return held.length > 0 ? Math.min(...held) : Math.max(wanted, Math.floor(from / FRAME_MS));
  };

  const mixUntil = (open: Extract<Stream, { status: 'open' }>, end: number): Int16Array[] => {
    const mixed: Int16Array[] = [];
    for (; open.next < end; open.next++) {
      mixed.push(mixer.mix(framesAt(lanes, open, open.next), LIVE_INPUT_FRAME_SAMPLES));
      for (const lane of lanes.values()) lane.frames.delete(open.next);
    }
    sentBefore = Math.max(sentBefore, open.next);
    return mixed;
  };

  return {
    add(frame) {
      const lane = lanes.get(frame.speakerId) ?? {
        frames: new Map(),
        lastSlot: 0,
        lastStartsAt: Number.NEGATIVE_INFINITY,
      };
      lanes.set(frame.speakerId, lane);
      const slot = slotOf(lane, frame.startsAt);
      if (stream.status === 'open' && slot < stream.next) return false;
      lane.frames.set(slot, frame.pcm);
      trim(lane);
      return true;
    },
    open(speakers) {
      mixer.reset();
      const fromSlot = new Map(speakers.map((speaker) => [speaker.speakerId, firstSlot(speaker)]));
      stream = { status: 'open', fromSlot, next: Math.min(...fromSlot.values()) };
    },
    join(speaker) {
      if (stream.status === 'open') stream.fromSlot.set(speaker.speakerId, Math.max(firstSlot(speaker), stream.next));
    },
    due(now) {
      const most = now - calledAt < BURST_MS ? 1 : MOST_SLOTS_A_CALL;
      calledAt = now;
      if (stream.status === 'closed') return [];
      const end = Math.floor((now - MIX_LAG_MS) / FRAME_MS);
      return mixUntil(stream, Math.min(end, stream.next + most));
    },
    close(now) {
      const rest = stream.status === 'open' ? mixUntil(stream, Math.floor(now / FRAME_MS)) : [];
      stream = { status: 'closed' };
      return rest;
    },
    forget(speakerId) {
      lanes.delete(speakerId);
    },
  };
}

/**
 * The slot of a frame. A frame that follows its predecessor by exactly one frame takes the next slot: rounding each time on its
 * own could put two into one slot when the utterance began near a slot's edge.
 */
function slotOf(lane: Lane, startsAt: number): number {
  const follows = Math.abs(startsAt - lane.lastStartsAt - FRAME_MS) < 1;
  const slot = follows ? lane.lastSlot + 1 : Math.floor(startsAt / FRAME_MS);
  lane.lastSlot = slot;
  lane.lastStartsAt = startsAt;
  return slot;
}

function framesAt(lanes: Map<string, Lane>, open: Extract<Stream, { status: 'open' }>, slot: number): Int16Array[] {
  const frames: Int16Array[] = [];
  for (const [speakerId, from] of open.fromSlot) {
    const frame = slot >= from ? lanes.get(speakerId)?.frames.get(slot) : undefined;
    if (frame !== undefined) frames.push(frame);
  }
  return frames;
}

function trim(lane: Lane): void {
  for (const slot of lane.frames.keys()) {
    if (lane.frames.size <= MAX_FRAMES_A_SPEAKER) return;
    lane.frames.delete(slot);
  }
}
