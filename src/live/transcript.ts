/**
 * The session's own transcript: the tail that a fresh session is seeded with, and what a resumed one has missed.
 *
 * Kept in memory only. Fragments come in no fixed order, the input's even after the answer has begun, so an exchange is put
 * together until its turn is over.
 */
import type { TranscriptTurn } from '../types/live.ts';

export interface Transcript {
  input(fragment: string): void;
  output(fragment: string): void;
  /** A turn that was typed. */
  typed(text: string): void;
  /** The turn is over. */
  turnOver(): void;
  /** The connection is gone with a question unanswered: it will be asked again, and written down then. */
  unanswered(): void;
  /** The connection is gone with results outstanding that the model did not wait for: they will not come any more. */
  callsLost(names: readonly string[]): void;
  /** A handle was issued: a session that continues from it knows everything that is over by now. */
  handleIssued(): void;
  /** Whether a session that continues from the last handle knows everything that is over. */
  readonly inHandle: boolean;
  /** What to tell a session that continues from the last handle, in plain words; null when it knows everything. */
  missed(): string | null;
  /** The last turns, oldest first, for a session that knows nothing. */
  tail(): readonly TranscriptTurn[];
  /** Forgets everything. */
  clear(): void;
}

/** DESIGN.md §6 Live. */
const TAIL_TURNS = 20;
/** A monologue is not worth a context: the end of it is what the talk goes on from. */
const MOST_CHARS = 2_000;
/** Exchanges told to a resumed session; a handle usually comes after every turn. */
const MOST_MISSED = 4;

interface Exchange {
  user: string;
  model: string;
}

export function createTranscript(seed: readonly TranscriptTurn[]): Transcript {
  let turns: readonly TranscriptTurn[] = seed.slice(-TAIL_TURNS);
  let missed: readonly Exchange[] = [];
  let lostCalls: readonly string[] = [];
  let open: Exchange = { user: '', model: '' };
  /** Told of turns without words too: not every short reply is transcribed. */
  let inHandle = true;

  const turnsOf = ({ user, model }: Exchange): TranscriptTurn[] => [
    ...(user.trim() === '' ? [] : [{ role: 'user' as const, text: ending(user) }]),
    ...(model.trim() === '' ? [] : [{ role: 'model' as const, text: ending(model) }]),
  ];

  return {
    input(fragment) {
      open.user += fragment;
    },
    output(fragment) {
      open.model += fragment;
    },
    typed(text) {
      open.user += open.user === '' ? text : ` ${text}`;
    },
    turnOver() {
      inHandle = false;
      const over = turnsOf(open);
      if (over.length === 0) return;
      turns = [...turns, ...over].slice(-TAIL_TURNS);
      missed = [...missed, open].slice(-MOST_MISSED);
      open = { user: '', model: '' };
    },
    unanswered() {
      open = { user: '', model: '' };
    },
    callsLost(names) {
      lostCalls = [...new Set([...lostCalls, ...names])];
    },
    handleIssued() {
      inHandle = true;
      missed = [];
      lostCalls = [];
    },
    get inHandle() {
      return inHandle;
    },
    missed() {
      if (missed.length === 0 && lostCalls.length === 0) return null;
      const lines = missed
        .flatMap(turnsOf)
        .map(({ role, text }) => `${role === 'user' ? 'they said' : 'you answered'}: "${text}"`);
      const said = `Just before, ${lines.join('; ')}. That is done: do not answer it again.`;
      const calls = `What you called will give no result any more: ${lostCalls.join(', ')}.`;
      return [
        'The connection broke off.',
        ...(lines.length > 0 ? [said] : []),
        ...(lostCalls.length > 0 ? [calls] : []),
      ].join(' ');
    },
    tail: () => turns,
    clear() {
      turns = [];
      missed = [];
      lostCalls = [];
      open = { user: '', model: '' };
      inHandle = true;
    },
  };
}

/** Half a character is no JSON that the service would take. */
function ending(text: string): string {
  return text.trim().slice(-MOST_CHARS).toWellFormed();
}
