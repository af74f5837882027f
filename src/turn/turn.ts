/**
 * Turn-taking: who has the floor, when a window of activity opens and closes, and when speech stops the bot.
 *
 * One window for everybody: it opens with the first speaker who is believed, others join it, and it closes when all have been
 * quiet for the pause. So there are never two starts, never an end without a start.
 *
 * Pure: events with their times go in, the next state and what the shell must do come out. See ARCHITECTURE.md, "Turn".
 */

import type { VoiceWindow } from '../types/audio-units.ts';
import type { InterruptMode } from '../types/settings.ts';
import { onPacket, onQuiet, onVoice, quietSince, SILENT, toQuiet, type Utterance } from './utterance.ts';

/** A window that never ends (a television, a fan that passes for speech) is closed after this, and the next one opens. */
export const WINDOW_CAP_MS = 60_000;
/**
 * How long an utterance must last before it stops the bot, in `careful` mode. People stop within 200 to 300 ms when they are
 * interrupted; a cough or a "mhm" is mostly shorter (DESIGN.md §5).
 */
export const BARGE_IN_MS = 200;

export interface TurnOptions {
  /** How long everybody is quiet before the window closes, ms. */
  readonly pauseMs: number;
  readonly interrupt: InterruptMode;
}

export type Floor =
  | { readonly status: 'free' }
  /** A window of activity is open. */
  | {
      readonly status: 'people';
      readonly openedAt: number;
      readonly speakerIds: readonly string[];
      readonly lastSpeechAt: number;
    }
  /** The bot is heard. */
  | { readonly status: 'bot' }
  /** The bot is heard, lowered: somebody may be interrupting. */
  | { readonly status: 'contested' };

export interface TurnState {
  readonly floor: Floor;
  readonly utterances: ReadonlyMap<string, Utterance>;
}

export type TurnEvent =
  | { readonly type: 'packet'; readonly speakerId: string; readonly at: number; readonly silence: boolean }
  | { readonly type: 'voice'; readonly window: VoiceWindow; readonly now: number }
  | { readonly type: 'tick'; readonly now: number }
  | { readonly type: 'playoutStarted'; readonly now: number }
  | { readonly type: 'playoutEnded'; readonly now: number }
  | { readonly type: 'speakerLeft'; readonly speakerId: string; readonly now: number };

export type TurnEffect =
  | { readonly type: 'duck' }
  | { readonly type: 'unduck' }
  /** Silence the bot at once; a window opens right after. */
  | { readonly type: 'bargeIn' }
  | { readonly type: 'openWindow'; readonly at: number; readonly speakers: readonly SpeakerStart[] }
  | { readonly type: 'joinWindow'; readonly speaker: SpeakerStart }
  | { readonly type: 'closeWindow'; readonly at: number; readonly lastSpeechAt: number };

/** A speaker and when their utterance began, ms on the room's clock. */
export interface SpeakerStart {
  readonly speakerId: string;
  readonly from: number;
}

export interface TurnStep {
  readonly state: TurnState;
  readonly effects: readonly TurnEffect[];
}

export const INITIAL_TURN: TurnState = { floor: { status: 'free' }, utterances: new Map() };

/** The only transition. Performs nothing itself. */
export function stepTurn(state: TurnState, event: TurnEvent, options: TurnOptions): TurnStep {
  switch (event.type) {
    case 'packet':
      return { state: withUtterance(state, event.speakerId, (u) => onPacket(u, event.at, event.silence)), effects: [] };
    case 'voice':
      return settle(
        withUtterance(state, event.window.speakerId, (u) => onVoice(u, event.window)),
        event.now,
        options,
      );
    case 'tick':
      return settle(state, event.now, options);
    case 'playoutStarted':
      return state.floor.status === 'free'
        ? settle({ ...state, floor: { status: 'bot' } }, event.now, options)
        : unchanged(state);
    case 'playoutEnded':
      return botHasFloor(state.floor) ? ended(state, event.now, options) : unchanged(state);
    case 'speakerLeft':
      return settle(without(state, event.speakerId), event.now, options);
  }
}

/** An answer that ends while it is lowered must not leave the next one lowered. */
function ended(before: TurnState, now: number, options: TurnOptions): TurnStep {
  const { state, effects } = settle({ ...before, floor: { status: 'free' } }, now, options);
  return { state, effects: before.floor.status === 'contested' ? [{ type: 'unduck' }, ...effects] : effects };
}

const unchanged = (state: TurnState): TurnStep => ({ state, effects: [] });
const botHasFloor = (floor: Floor): boolean => floor.status === 'bot' || floor.status === 'contested';

function withUtterance(state: TurnState, speakerId: string, change: (u: Utterance) => Utterance): TurnState {
  const before = state.utterances.get(speakerId) ?? SILENT;
  const after = change(before);
  return after === before ? state : { ...state, utterances: new Map(state.utterances).set(speakerId, after) };
}

/** Somebody who left is quiet from now on; a window they were in closes by the pause of the others, or at once. */
function without(state: TurnState, speakerId: string): TurnState {
  const utterances = new Map(state.utterances);
  utterances.delete(speakerId);
  return { ...state, utterances };
}

/** What follows from the utterances as they stand now. */
function settle(before: TurnState, now: number, options: TurnOptions): TurnStep {
  const state = endQuiet(before, now, options.pauseMs);
  switch (state.floor.status) {
    case 'free':
      return whenFree(state, now);
    case 'people':
      return whenPeople(state, state.floor, now);
    case 'bot':
      return whenBot(state, now, options.interrupt);
    case 'contested':
      return whenContested(state, now, options.interrupt);
  }
}

function endQuiet(state: TurnState, now: number, pauseMs: number): TurnState {
  let utterances: Map<string, Utterance> | null = null;
  for (const [speakerId, utterance] of state.utterances) {
    const next = onQuiet(utterance, now, pauseMs);
    if (next === utterance) continue;
    utterances ??= new Map(state.utterances);
    utterances.set(speakerId, next);
  }
  return { floor: rememberSpeech(state), utterances: utterances ?? state.utterances };
}

/** Keeps the end of the last speech in the floor: by the time the window closes the utterances have forgotten it. */
function rememberSpeech({ floor, utterances }: TurnState): Floor {
  if (floor.status !== 'people') return floor;
  let lastSpeechAt = floor.lastSpeechAt;
  for (const speakerId of floor.speakerIds) {
    lastSpeechAt = Math.max(lastSpeechAt, quietSince(utterances.get(speakerId) ?? SILENT));
  }
  return lastSpeechAt === floor.lastSpeechAt ? floor : { ...floor, lastSpeechAt };
}

function speakersIn(state: TurnState, status: 'speaking' | 'any'): SpeakerStart[] {
  const found: SpeakerStart[] = [];
  for (const [speakerId, utterance] of state.utterances) {
    if (utterance.status === 'quiet' || (status === 'speaking' && utterance.status !== 'speaking')) continue;
    found.push({ speakerId, from: utterance.from });
  }
  return found;
}

function whenFree(state: TurnState, now: number): TurnStep {
  const speakers = speakersIn(state, 'speaking');
  return speakers.length === 0 ? unchanged(state) : openWindow(state, now, speakers, []);
}

function openWindow(
  state: TurnState,
  now: number,
  speakers: readonly SpeakerStart[],
  first: readonly TurnEffect[],
): TurnStep {
  const lastSpeechAt = Math.max(...speakers.map((s) => s.from));
  const floor: Floor = { status: 'people', openedAt: now, speakerIds: speakers.map((s) => s.speakerId), lastSpeechAt };
  return { state: { ...state, floor }, effects: [...first, { type: 'openWindow', at: now, speakers }] };
}

function whenPeople(state: TurnState, floor: Extract<Floor, { status: 'people' }>, now: number): TurnStep {
  const speaking = speakersIn(state, 'speaking');
  if (now - floor.openedAt >= WINDOW_CAP_MS) return closeCapped(state, floor, now);
  if (speaking.length === 0) {
    const close: TurnEffect = { type: 'closeWindow', at: now, lastSpeechAt: floor.lastSpeechAt };
    return { state: { ...state, floor: { status: 'free' } }, effects: [close] };
  }
  const joining = speaking.filter((s) => !floor.speakerIds.includes(s.speakerId));
  if (joining.length === 0) return unchanged(state);
  const speakerIds = [...floor.speakerIds, ...joining.map((s) => s.speakerId)];
  return {
    state: { ...state, floor: { ...floor, speakerIds } },
    effects: joining.map((speaker) => ({ type: 'joinWindow', speaker })),
  };
}

/** Whoever goes on speaking over the cap gets the next window: not a word is lost, and the service sees a window's end. */
function closeCapped(state: TurnState, floor: Extract<Floor, { status: 'people' }>, now: number): TurnStep {
  const close: TurnEffect = { type: 'closeWindow', at: now, lastSpeechAt: floor.lastSpeechAt };
  const speakers = speakersIn(state, 'speaking').map(({ speakerId }) => ({ speakerId, from: now }));
  if (speakers.length === 0) return { state: { ...state, floor: { status: 'free' } }, effects: [close] };
  return openWindow(state, now, speakers, [close]);
}

function whenBot(state: TurnState, now: number, interrupt: InterruptMode): TurnStep {
  if (interrupt === 'off' || speakersIn(state, 'any').length === 0) return unchanged(state);
  const contested = { ...state, floor: { status: 'contested' } } as const;
  const step = whenContested(contested, now, interrupt);
  return step.effects.length > 0 ? step : { state: contested, effects: [{ type: 'duck' }] };
}

function whenContested(state: TurnState, now: number, interrupt: InterruptMode): TurnStep {
  const challengers = speakersIn(state, 'any');
  if (challengers.length === 0) return { state: { ...state, floor: { status: 'bot' } }, effects: [{ type: 'unduck' }] };
  const believed = speakersIn(state, 'speaking');
  const longEnough = believed.some((s) => interrupt === 'quick' || now - s.from >= BARGE_IN_MS);
  return longEnough ? openWindow(state, now, believed, [{ type: 'bargeIn' }]) : unchanged(state);
}

/** Ends every utterance and the window, if one is open: the room is closing, or may not listen any more. */
export function releaseFloor(state: TurnState, now: number): TurnStep {
  const utterances = new Map([...state.utterances].map(([id, utterance]) => [id, toQuiet(utterance)] as const));
  const effects: TurnEffect[] = [];
  if (state.floor.status === 'people') {
    effects.push({ type: 'closeWindow', at: now, lastSpeechAt: state.floor.lastSpeechAt });
  }
  return { state: { floor: { status: 'free' }, utterances }, effects };
}
