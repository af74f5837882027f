/**
 * The life of one turn of the model: thinking, speaking faster than real time, then waiting until playback would be over, or
 * being stopped late (live-api.md §3.3, §8.1 rule 6). Pure: time comes in with the events, effects go out as values.
 */

/** Audio that exists so far, in samples at 24 kHz; `ended` when no more will come. */
interface Supply {
  readonly available: number;
  readonly ended: boolean;
}

interface Sending {
  readonly supply: Supply;
  readonly sent: number;
  /** When the first chunk was sent; null before. */
  readonly startedAt: number | null;
}

export type TurnState =
  /** Nothing is sent before `speakAt`. */
  | (Sending & { readonly status: 'thinking'; readonly speakAt: number })
  /** A blocking call has no response. */
  | (Sending & { readonly status: 'calling' })
  | (Sending & { readonly status: 'speaking'; readonly startedAt: number })
  /** Everything is sent; the client is assumed to play until `overAt`. */
  | (Sending & { readonly status: 'playing'; readonly overAt: number })
  /** The client interrupted. What was being sent goes on being sent until `interruptedAt`. */
  | (Sending & { readonly status: 'stopping'; readonly interruptedAt: number })
  | (Sending & { readonly status: 'over'; readonly interrupted: boolean });

export type TurnEvent =
  | { readonly type: 'supply'; readonly supply: Supply }
  | { readonly type: 'called' }
  /** The calls are answered; what follows is said from `speakAt`. */
  | { readonly type: 'answered'; readonly speakAt: number }
  | { readonly type: 'stop'; readonly interruptedAt: number }
  /** Ends without a word. */
  | { readonly type: 'abandon' }
  /** Time has passed. */
  | { readonly type: 'tick' };

export type TurnEffect =
  /** Samples `from` to `to` of the answer go out now. */
  | { readonly type: 'audio'; readonly from: number; readonly to: number }
  | { readonly type: 'generationComplete' | 'interrupted' | 'turnComplete' };

export interface Pace {
  readonly samplesPerMs: number;
  /** Samples that are sent at once. */
  readonly chunk: number;
  /** Times real time. */
  readonly speed: number;
}

export interface TurnStep {
  readonly state: TurnState;
  readonly effects: readonly TurnEffect[];
}

export function startTurn(speakAt: number): TurnState {
  return { status: 'thinking', speakAt, supply: { available: 0, ended: false }, sent: 0, startedAt: null };
}

/** The only transition function. An event that means nothing in a state leaves it as it is. */
export function stepTurn(state: TurnState, event: TurnEvent, now: number, pace: Pace): TurnStep {
  switch (event.type) {
    case 'supply':
      return state.status === 'over' ? stay(state) : tick({ ...state, supply: event.supply }, now, pace);
    case 'called':
      return state.status === 'thinking' ? stay({ ...sending(state), status: 'calling' }) : stay(state);
    case 'answered':
      if (state.status !== 'calling') return stay(state);
      return stay({ ...sending(state), status: 'thinking', speakAt: event.speakAt });
    case 'stop':
      return stop(state, event.interruptedAt, now, pace);
    case 'abandon':
      return stay({ ...sending(state), status: 'over', interrupted: false });
    case 'tick':
      return tick(state, now, pace);
  }
}

/** When the turn next has something to do by itself; null when it waits for an event. */
export function wakeAt(state: TurnState, pace: Pace): number | null {
  switch (state.status) {
    case 'thinking':
      return hasMore(state, pace) || state.supply.ended ? state.speakAt : null;
    case 'speaking':
      return hasMore(state, pace) || state.supply.ended ? chunkDueAt(state, state.startedAt, pace) : null;
    case 'playing':
      return state.overAt;
    case 'stopping': {
      if (state.startedAt === null || !hasMore(state, pace)) return state.interruptedAt;
      return Math.min(state.interruptedAt, chunkDueAt(state, state.startedAt, pace));
    }
    case 'calling':
    case 'over':
      return null;
  }
}

function stay(state: TurnState): TurnStep {
  return { state, effects: [] };
}

function sending({ supply, sent, startedAt }: TurnState): Sending {
  return { supply, sent, startedAt };
}

function stop(state: TurnState, interruptedAt: number, now: number, pace: Pace): TurnStep {
  if (state.status === 'stopping' || state.status === 'over') return stay(state);
  return tick({ ...sending(state), status: 'stopping', interruptedAt }, now, pace);
}

function tick(state: TurnState, now: number, pace: Pace): TurnStep {
  switch (state.status) {
    case 'thinking':
      if (now < state.speakAt || !(hasMore(state, pace) || state.supply.ended)) return stay(state);
      return speak({ ...sending(state), status: 'speaking', startedAt: state.startedAt ?? now }, now, pace);
    case 'speaking':
      return speak(state, now, pace);
    case 'playing':
      if (now < state.overAt) return stay(state);
      return { state: { ...sending(state), status: 'over', interrupted: false }, effects: [{ type: 'turnComplete' }] };
    case 'stopping':
      return wind(state, now, pace);
    case 'calling':
    case 'over':
      return stay(state);
  }
}

function speak(state: Extract<TurnState, { status: 'speaking' }>, now: number, pace: Pace): TurnStep {
  const to = dueSamples(state, state.startedAt, now, pace);
  const audio: TurnEffect[] = to > state.sent ? [{ type: 'audio', from: state.sent, to }] : [];
  const sent = Math.max(to, state.sent);
  if (!state.supply.ended || sent < state.supply.available) return { state: { ...state, sent }, effects: audio };
  const overAt = sent === 0 ? now : state.startedAt + sent / pace.samplesPerMs;
  const rest = tick({ ...sending(state), sent, status: 'playing', overAt }, now, pace);
  return { state: rest.state, effects: [...audio, { type: 'generationComplete' }, ...rest.effects] };
}

function wind(state: Extract<TurnState, { status: 'stopping' }>, now: number, pace: Pace): TurnStep {
  if (now >= state.interruptedAt) {
    const effects: TurnEffect[] = [{ type: 'interrupted' }, { type: 'turnComplete' }];
    return { state: { ...sending(state), status: 'over', interrupted: true }, effects };
  }
  if (state.startedAt === null) return stay(state);
  const to = dueSamples(state, state.startedAt, now, pace);
  if (to <= state.sent) return stay(state);
  return { state: { ...state, sent: to }, effects: [{ type: 'audio', from: state.sent, to }] };
}

/** Whether a whole chunk, or the shorter last one, is there to be sent. */
function hasMore({ supply, sent }: Sending, { chunk }: Pace): boolean {
  return supply.available - sent >= chunk || (supply.ended && supply.available > sent);
}

/** Of a chunk: milliseconds since 1970 have no more digits than that left. */
const ROUNDING = 1e-3;

/** How far the answer may be sent by now: the first chunk at once, then `speed` times real time. */
function dueSamples({ supply }: Sending, startedAt: number, now: number, pace: Pace): number {
  const chunks = Math.floor(((now - startedAt) * pace.speed * pace.samplesPerMs) / pace.chunk + ROUNDING) + 1;
  const due = chunks * pace.chunk;
  if (due >= supply.available && supply.ended) return supply.available;
  return Math.min(due, Math.floor(supply.available / pace.chunk) * pace.chunk);
}

function chunkDueAt({ sent }: Sending, startedAt: number, { chunk, speed, samplesPerMs }: Pace): number {
  return startedAt + (Math.ceil(sent / chunk) * chunk) / (speed * samplesPerMs);
}
