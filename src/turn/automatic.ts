/**
 * Turn-taking where the Live service decides when a turn begins and ends (`TURN_DETECTION=automatic`). What is left to decide here:
 * when sound is streamed, and when speech lowers or stops the bot.
 *
 * The stream opens with the first packet of anybody and goes on, with silence in the gaps, until a second after the last: a service that
 * is sent nothing more would wait for the end of the turn for ever (reference/live-api.md §8.1 rule 14). Our own detector keeps what
 * it has to be quick for: the bot is lowered and silenced before the service has noticed anything.
 *
 * Pure: events with their times go in, the next state and what the shell must do come out. See ARCHITECTURE.md, "Turn".
 */
import { MIX_LAG_MS } from './mixdown.ts';
import { BARGE_IN_MS, type SpeakerStart, type TurnEvent, type TurnOptions } from './turn.ts';
import { onPacket, onQuiet, onVoice, quietSince, SILENT, toQuiet, type Utterance } from './utterance.ts';

/** Silence that is streamed after the last packet: longer than what ends a turn at the service by default (0.8 s). */
export const STREAM_TAIL_MS = 1_000;

export type Stream =
  | { readonly status: 'closed' }
  | { readonly status: 'open'; readonly speakerIds: readonly string[]; readonly lastPacketAt: number };

/** Whether the bot is heard; `contested`: lowered, because somebody may be interrupting. */
export type BotFloor = 'silent' | 'heard' | 'contested';

/** People who are believed to be speaking, as one turn; the service may see it otherwise. */
export interface Talk {
  readonly speakerIds: readonly string[];
  readonly lastSpeechAt: number;
}

export interface AutomaticState {
  readonly stream: Stream;
  readonly bot: BotFloor;
  readonly talk: Talk | null;
  /**
   * When an answer was last begun to be heard. Speech of before was what it answers, as the service sees it: it contests nothing and
   * opens no new turn.
   */
  readonly answeredAt: number;
  readonly utterances: ReadonlyMap<string, Utterance>;
}

export type AutomaticEffect =
  | { readonly type: 'duck' }
  | { readonly type: 'unduck' }
  /** Silence the bot at once. */
  | { readonly type: 'bargeIn' }
  | { readonly type: 'openStream'; readonly speaker: SpeakerStart }
  | { readonly type: 'joinStream'; readonly speaker: SpeakerStart }
  | { readonly type: 'closeStream'; readonly at: number }
  /** An utterance is believed; the first of a turn, or another in it. */
  | { readonly type: 'speech'; readonly speakerId: string; readonly at: number; readonly first: boolean }
  /** Everybody has been quiet for the pause, or the bot has begun to answer. */
  | { readonly type: 'quiet'; readonly at: number; readonly lastSpeechAt: number };

export type AutomaticEvent = TurnEvent;

export interface AutomaticStep {
  readonly state: AutomaticState;
  readonly effects: readonly AutomaticEffect[];
}

export const INITIAL_AUTOMATIC: AutomaticState = {
  stream: { status: 'closed' },
  bot: 'silent',
  talk: null,
  answeredAt: Number.NEGATIVE_INFINITY,
  utterances: new Map(),
};

/** The only transition. Performs nothing itself. */
export function stepAutomatic(before: AutomaticState, event: AutomaticEvent, options: TurnOptions): AutomaticStep {
  switch (event.type) {
    case 'packet':
      return event.silence ? { state: before, effects: [] } : streamed(heard(before, event), event.speakerId, event.at);
    case 'voice': {
      const { window, now } = event;
      const utterance = onVoice(before.utterances.get(window.speakerId) ?? SILENT, window);
      return settle(withUtterance(before, window.speakerId, utterance), now, options);
    }
    case 'tick':
      return settle(before, event.now, options);
    case 'playoutStarted':
      return before.bot === 'silent' ? answered(before, event.now) : { state: before, effects: [] };
    case 'playoutEnded':
      return ended(before, event.now, options);
    case 'speakerLeft':
      return settle(without(before, event.speakerId), event.now, options);
  }
}

/** Ends the stream and every utterance: the room is closing, or may not listen any more. */
export function releaseStream(state: AutomaticState, now: number): AutomaticStep {
  const over = quiet(state, now);
  const utterances = new Map([...state.utterances].map(([id, utterance]) => [id, toQuiet(utterance)] as const));
  const ends: readonly AutomaticEffect[] = state.stream.status === 'open' ? [{ type: 'closeStream', at: now }] : [];
  return { state: { ...over.state, utterances, stream: { status: 'closed' } }, effects: [...over.effects, ...ends] };
}

function withUtterance(state: AutomaticState, speakerId: string, utterance: Utterance): AutomaticState {
  return { ...state, utterances: new Map(state.utterances).set(speakerId, utterance) };
}

function without(state: AutomaticState, speakerId: string): AutomaticState {
  const utterances = new Map(state.utterances);
  utterances.delete(speakerId);
  return { ...state, utterances };
}

function heard(state: AutomaticState, { speakerId, at }: Extract<TurnEvent, { type: 'packet' }>): AutomaticState {
  return withUtterance(state, speakerId, onPacket(state.utterances.get(speakerId) ?? SILENT, at, false));
}

function streamed(state: AutomaticState, speakerId: string, at: number): AutomaticStep {
  const { stream } = state;
  // What is in a packet may have been spoken as much before it came as the mix trails the clock.
  const speaker = { speakerId, from: at - MIX_LAG_MS };
  if (stream.status === 'closed') {
    const open: Stream = { status: 'open', speakerIds: [speakerId], lastPacketAt: at };
    return { state: { ...state, stream: open }, effects: [{ type: 'openStream', speaker }] };
  }
  const joins = !stream.speakerIds.includes(speakerId);
  const speakerIds = joins ? [...stream.speakerIds, speakerId] : stream.speakerIds;
  const lastPacketAt = Math.max(stream.lastPacketAt, at);
  return {
    state: { ...state, stream: { ...stream, speakerIds, lastPacketAt } },
    effects: joins ? [{ type: 'joinStream', speaker }] : [],
  };
}

function answered(state: AutomaticState, now: number): AutomaticStep {
  const { state: next, effects } = quiet(state, now);
  return { state: { ...next, bot: 'heard', answeredAt: now }, effects };
}

/** An answer that ends while it is lowered must not leave the next one lowered. */
function ended(before: AutomaticState, now: number, options: TurnOptions): AutomaticStep {
  const { state, effects } = settle({ ...before, bot: 'silent' }, now, options);
  return { state, effects: before.bot === 'contested' ? [{ type: 'unduck' }, ...effects] : effects };
}

function quiet(state: AutomaticState, at: number): AutomaticStep {
  if (state.talk === null) return { state, effects: [] };
  const { lastSpeechAt } = state.talk;
  return { state: { ...state, talk: null }, effects: [{ type: 'quiet', at, lastSpeechAt }] };
}

/** What follows from the packets and utterances as they stand now. */
function settle(before: AutomaticState, now: number, options: TurnOptions): AutomaticStep {
  const acts = [endQuiet, endStream, contest, talk];
  return acts.reduce<AutomaticStep>(
    ({ state, effects }, act) => {
      const next = act(state, now, options);
      return { state: next.state, effects: [...effects, ...next.effects] };
    },
    { state: before, effects: [] },
  );
}

function endQuiet(before: AutomaticState, now: number, { pauseMs }: TurnOptions): AutomaticStep {
  let { utterances } = before;
  for (const [speakerId, utterance] of before.utterances) {
    const next = onQuiet(utterance, now, pauseMs);
    if (next !== utterance) utterances = new Map(utterances).set(speakerId, next);
  }
  const state = { ...before, utterances, talk: remembered(before) };
  const goesOn = state.talk?.speakerIds.some((id) => utterances.get(id)?.status === 'speaking');
  return goesOn ? { state, effects: [] } : quiet(state, now);
}

/** Keeps the end of the last speech: by the time it is quiet the utterances have forgotten it. */
function remembered({ talk: it, utterances }: AutomaticState): Talk | null {
  if (it === null) return null;
  const ends = it.speakerIds.map((id) => quietSince(utterances.get(id) ?? SILENT));
  return { ...it, lastSpeechAt: Math.max(it.lastSpeechAt, ...ends) };
}

function endStream(state: AutomaticState, now: number): AutomaticStep {
  const { stream } = state;
  if (stream.status === 'closed' || now - stream.lastPacketAt < STREAM_TAIL_MS) return { state, effects: [] };
  return { state: { ...state, stream: { status: 'closed' } }, effects: [{ type: 'closeStream', at: now }] };
}

function contest(state: AutomaticState, now: number, { interrupt }: TurnOptions): AutomaticStep {
  if (state.bot === 'silent' || interrupt === 'off') return { state, effects: [] };
  const challengers = [...state.utterances.values()].filter((it) => isNew(it, state));
  if (challengers.length === 0) {
    return { state: { ...state, bot: 'heard' }, effects: state.bot === 'contested' ? [{ type: 'unduck' }] : [] };
  }
  const lasting = (it: Utterance): boolean =>
    it.status === 'speaking' && (interrupt === 'quick' || now - Math.max(it.from, state.answeredAt) >= BARGE_IN_MS);
  if (challengers.some(lasting)) return { state: { ...state, bot: 'silent' }, effects: [{ type: 'bargeIn' }] };
  return { state: { ...state, bot: 'contested' }, effects: state.bot === 'heard' ? [{ type: 'duck' }] : [] };
}

/** While the bot is heard it takes an interruption to open a turn: what did not become one was a cough. */
function talk(before: AutomaticState, now: number, { interrupt }: TurnOptions): AutomaticStep {
  if (before.bot !== 'silent' && interrupt !== 'off') return { state: before, effects: [] };
  let { talk: it } = before;
  const effects: AutomaticEffect[] = [];
  for (const [speakerId, utterance] of before.utterances) {
    if (utterance.status !== 'speaking' || !isNew(utterance, before) || it?.speakerIds.includes(speakerId)) continue;
    effects.push({ type: 'speech', speakerId, at: now, first: it === null });
    it = { speakerIds: [...(it?.speakerIds ?? []), speakerId], lastSpeechAt: it?.lastSpeechAt ?? utterance.from };
  }
  return { state: { ...before, talk: it }, effects };
}

function isNew(utterance: Utterance, { answeredAt }: AutomaticState): boolean {
  return utterance.status !== 'quiet' && utterance.lastSpeechFrom >= answeredAt;
}
