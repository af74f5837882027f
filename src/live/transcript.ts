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
  /** A handle was issued: a session that continues from it knows everything that is over by now. */
  handleIssued(): void;
  /** What to tell a session that continues from the last handle, in plain words; null when it knows everything. */
  missed(): string | null;
  /** The last turns, oldest first, for a session that knows nothing. */
  tail(): readonly TranscriptTurn[];
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
  let open: Exchange = { user: '', model: '' };

  const turnsOf = ({ user, model }: Exchange): TranscriptTurn[] => [
    ...(user.trim() === '' ? [] : [{ role: 'user' as const, text: user.trim().slice(-MOST_CHARS) }]),
    ...(model.trim() === '' ? [] : [{ role: 'model' as const, text: model.trim().slice(-MOST_CHARS) }]),
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
      const over = turnsOf(open);
      if (over.length === 0) return;
      turns = [...turns, ...over].slice(-TAIL_TURNS);
      missed = [...missed, open].slice(-MOST_MISSED);
      open = { user: '', model: '' };
    },
    unanswered() {
      open = { user: '', model: '' };
    },
    handleIssued() {
      missed = [];
    },
    missed() {
      if (missed.length === 0) return null;
      const lines = missed
        .flatMap(turnsOf)
        .map(({ role, text }) => `${role === 'user' ? 'they said' : 'you answered'}: "${text}"`);
      return `The connection broke off. Just before, ${lines.join('; ')}. That is done: do not answer it again.`;
    },
    tail: () => turns,
  };
}
