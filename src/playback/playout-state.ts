/**
 * What leaves in the next 20 ms: the one transition function of playback. Pure.
 *
 * A *run* is an unbroken train of packets, one every 20 ms: voice, silence where the voice is late, and five silence frames
 * at its end. The speaking flag is set for exactly as long as a run lasts.
 */

export type PlayoutState =
  | { readonly status: 'idle' }
  /** Collects enough audio to survive the gap to the next chunk. */
  | { readonly status: 'prebuffering' }
  | { readonly status: 'playing' }
  /** The voice is late in the middle of an answer; silence goes out meanwhile. */
  | { readonly status: 'starved'; readonly silentFrames: number }
  /** The silence frames at the end of a run. */
  | { readonly status: 'closing'; readonly framesLeft: number };

/**
 * What the queue could give right now:
 * `none` nothing queued · `short` less than a frame, more to come · `some` a frame or more, less than the prebuffer ·
 * `ample` at least the prebuffer, or the end is known · `last` the final frame · `spent` ended with nothing left.
 */
export type Supply = 'none' | 'short' | 'some' | 'ample' | 'last' | 'spent';

export type PlayoutEvent =
  /** 20 ms have passed. `open` is false while the link can send nothing. */
  | { readonly type: 'tick'; readonly supply: Supply; readonly open: boolean }
  /** The queue was emptied. */
  | { readonly type: 'flush' };

/** What to do for this step, in the order of the fields. */
export interface PlayoutStep {
  readonly state: PlayoutState;
  readonly speaking: 'on' | 'off' | null;
  readonly send: 'voice' | 'silence' | null;
  /** The head of the queue is done with: tell, and go to the next. */
  readonly finish: boolean;
  /** The voice ran out in mid-answer. */
  readonly underrun: boolean;
}

/**
 * Silence frames at the end of a run, so that the listeners' Opus decoders do not invent a tail of their own
 * (Discord, "Voice Data Interpolation": five frames of silence when there is a break in the sent data).
 */
export const CLOSING_FRAMES = 5;

/**
 * How long an answer may be late before the run is closed, in frames: 1 s.
 *
 * Silence keeps going out until then, one packet every 20 ms: the listeners' decoders do not interpolate, the RTP timestamps
 * keep step with real time (the library advances them by packets), and the speaking ring stays lit in mid-sentence. A network
 * hiccup is over by then; after that the model is thinking or calling a tool, and a lit ring would be a lie.
 */
export const STARVED_FRAMES = 50;

const NOTHING = { speaking: null, send: null, finish: false, underrun: false } as const;

export const IDLE: PlayoutState = { status: 'idle' };

/** The only writer of the state. */
export function stepPlayout(state: PlayoutState, event: PlayoutEvent): PlayoutStep {
  if (event.type === 'flush') return { ...NOTHING, state: afterFlush(state) };
  if (!event.open) return held(state, event.supply);
  switch (state.status) {
    case 'idle':
    case 'prebuffering':
      return waiting(event.supply);
    case 'playing':
      return playing(event.supply);
    case 'starved':
      return starved(state.silentFrames, event.supply);
    case 'closing':
      return closing(state.framesLeft);
  }
}

function afterFlush(state: PlayoutState): PlayoutState {
  switch (state.status) {
    case 'idle':
    case 'prebuffering':
      return IDLE;
    case 'playing':
    case 'starved':
      return { status: 'closing', framesLeft: CLOSING_FRAMES };
    case 'closing':
      return state;
  }
}

/** Nothing may leave, so nothing is taken; only an answer without a sound need not wait for the link. */
function held(state: PlayoutState, supply: Supply): PlayoutStep {
  const silent = (state.status === 'idle' || state.status === 'prebuffering') && supply === 'spent';
  return { ...NOTHING, state, finish: silent };
}

function waiting(supply: Supply): PlayoutStep {
  switch (supply) {
    case 'none':
      return { ...NOTHING, state: IDLE };
    case 'spent':
      return { ...NOTHING, state: IDLE, finish: true };
    case 'short':
    case 'some':
      return { ...NOTHING, state: { status: 'prebuffering' } };
    case 'ample':
    case 'last':
      return { ...playing(supply), speaking: 'on' };
  }
}

function playing(supply: Supply): PlayoutStep {
  switch (supply) {
    case 'some':
    case 'ample':
      return { ...NOTHING, state: { status: 'playing' }, send: 'voice' };
    case 'last':
      return {
        ...NOTHING,
        state: { status: 'closing', framesLeft: CLOSING_FRAMES },
        send: 'voice',
        finish: true,
      };
    case 'short':
      return { ...NOTHING, state: { status: 'starved', silentFrames: 1 }, send: 'silence', underrun: true };
    case 'spent':
    case 'none':
      return { ...closing(CLOSING_FRAMES), finish: supply === 'spent' };
  }
}

function starved(silentFrames: number, supply: Supply): PlayoutStep {
  if (supply === 'short' || supply === 'some') {
    if (silentFrames >= STARVED_FRAMES) return { ...NOTHING, state: { status: 'prebuffering' }, speaking: 'off' };
    return { ...NOTHING, state: { status: 'starved', silentFrames: silentFrames + 1 }, send: 'silence' };
  }
  return playing(supply);
}

/** The speaking flag goes off one tick after the last silence frame, so that it never overtakes it. */
function closing(framesLeft: number): PlayoutStep {
  if (framesLeft === 0) return { ...NOTHING, state: IDLE, speaking: 'off' };
  return { ...NOTHING, state: { status: 'closing', framesLeft: framesLeft - 1 }, send: 'silence' };
}
