/**
 * What every part of a Live session shares: what was agreed in setup, what is remembered, and the ways out.
 */
import type { SpeechThread } from '../speech/speech-thread.ts';
import type { Conversation } from './conversation.ts';
import type { LiveClock } from './live-clock.ts';
import type { LiveHappening, ViolationRule } from './live-event.ts';
import type { LiveOptions } from './live-options.ts';
import type { LiveScript } from './live-script.ts';
import type { Rejection } from './rejection.ts';
import type { ServerMessage } from './server-message.ts';
import type { AcceptedSetup } from './setup-check.ts';

export type Speech = Pick<SpeechThread, 'speak' | 'recognise'>;

export interface SessionContext {
  readonly accepted: AcceptedSetup;
  readonly conversation: Conversation;
  /** Its timers end with the connection. */
  readonly clock: LiveClock;
  readonly options: LiveOptions;
  readonly script: LiveScript;
  readonly speech: Speech;
  /** False once the connection is over: what is found out later changes nothing any more. */
  isOpen(): boolean;
  send(message: ServerMessage): void;
  /** Closes the socket; nothing more is sent or taken. */
  reject(rejection: Rejection): void;
  tell(happening: LiveHappening): void;
  violation(rule: ViolationRule, detail: string): void;
  fault(error: unknown): void;
}
