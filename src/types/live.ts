/**
 * What a Live session tells of itself, in terms that both the room and the control plane understand.
 */

/** Lets a new connection continue an old conversation; worthless two hours after its last connection ended. */
export interface ResumptionHandle {
  readonly value: string;
  readonly model: string;
  /** When it was issued, ms since 1970, comparable after a restart. */
  readonly issuedAt: number;
}

/** One side of one past turn, to seed a fresh session with. */
export interface TranscriptTurn {
  readonly role: 'user' | 'model';
  readonly text: string;
}

export type Modality = 'TEXT' | 'IMAGE' | 'VIDEO' | 'AUDIO' | 'DOCUMENT';

/** Tokens of one turn as the service counts them; a modality that was not reported is absent, not zero. */
export interface TurnUsage {
  readonly promptTokens: number;
  readonly responseTokens: number;
  readonly thoughtsTokens: number;
  readonly totalTokens: number;
  readonly prompt: Readonly<Partial<Record<Modality, number>>>;
  readonly response: Readonly<Partial<Record<Modality, number>>>;
}
