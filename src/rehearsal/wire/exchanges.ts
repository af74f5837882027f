/**
 * Puts what passed on the Live wire together to exchanges: a window of activity, and what was answered to it. Pure.
 */
import type { LiveWireEvent } from './live-wire-event.ts';

export interface WireAnswer {
  readonly firstChunkAt: number | null;
  readonly lastChunkAt: number | null;
  readonly audioMs: number;
  readonly words: string;
  readonly interrupted: boolean;
  /** `turnComplete` has come. */
  readonly complete: boolean;
}

export interface Exchange {
  readonly startedAt: number;
  /** Null while the window is open. */
  readonly endedAt: number | null;
  /** What was sent, as it came: 16-bit mono. */
  readonly chunks: readonly Int16Array[];
  readonly rate: number;
  readonly input: string;
  readonly answer: WireAnswer;
}

const NO_ANSWER: WireAnswer = {
  firstChunkAt: null,
  lastChunkAt: null,
  audioMs: 0,
  words: '',
  interrupted: false,
  complete: false,
};

/** What is known so far: every exchange, oldest first, and which one the service is answering. */
export interface Exchanges {
  readonly all: readonly Exchange[];
  readonly answering: number | null;
}

export const NO_EXCHANGES: Exchanges = { all: [], answering: null };

export function stepExchanges(state: Exchanges, event: LiveWireEvent): Exchanges {
  switch (event.type) {
    case 'activityStart':
      return { ...state, all: [...state.all, fresh(event.at)] };
    case 'audioIn':
      return change(state, state.all.length - 1, (it) => ({
        ...it,
        rate: event.rate,
        chunks: [...it.chunks, event.pcm],
      }));
    case 'activityEnd':
      return change(state, state.all.length - 1, (it) => ({ ...it, endedAt: event.at }));
    case 'audioOut':
    case 'outputTranscription':
    case 'interrupted':
    case 'turnComplete':
    case 'inputTranscription':
      return answered(state, event);
    default:
      return state;
  }
}

function fresh(startedAt: number): Exchange {
  return { startedAt, endedAt: null, chunks: [], rate: 0, input: '', answer: NO_ANSWER };
}

function change(state: Exchanges, index: number, next: (exchange: Exchange) => Exchange): Exchanges {
  return { ...state, all: state.all.map((exchange, at) => (at === index ? next(exchange) : exchange)) };
}

/** The service answers windows in their order, each from its first word to its `turnComplete`. */
function answered(state: Exchanges, event: LiveWireEvent): Exchanges {
  const next = state.all.findIndex(({ endedAt, answer }) => endedAt !== null && !answer.complete);
  const index = state.answering ?? (next < 0 ? null : next);
  // Said of nothing that is known: an `interrupted` with nothing running, a greeting.
  if (index === null) return state;
  const told = change({ ...state, answering: index }, index, (exchange) => tell(exchange, event));
  return event.type === 'turnComplete' ? { ...told, answering: null } : told;
}

function tell(exchange: Exchange, event: LiveWireEvent): Exchange {
  const { answer } = exchange;
  const withAnswer = (change: Partial<WireAnswer>): Exchange => ({ ...exchange, answer: { ...answer, ...change } });
  switch (event.type) {
    case 'inputTranscription':
      return { ...exchange, input: exchange.input + event.text };
    case 'outputTranscription':
      return withAnswer({ words: answer.words + event.text });
    case 'audioOut':
      return withAnswer({
        firstChunkAt: answer.firstChunkAt ?? event.at,
        lastChunkAt: event.at,
        audioMs: answer.audioMs + event.ms,
      });
    case 'interrupted':
      return withAnswer({ interrupted: true });
    case 'turnComplete':
      return withAnswer({ complete: true });
    default:
      return exchange;
  }
}

/** The audio of a window, or of several that follow each other, in one piece. */
export function inOnePiece(chunks: readonly Int16Array[]): Int16Array {
  const pcm = new Int16Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    pcm.set(chunk, at);
    at += chunk.length;
  }
  return pcm;
}
