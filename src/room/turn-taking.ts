/**
 * Turn-taking as a conversation needs it, whoever decides when a turn begins and ends: our own rules (`own-turns.ts`), or the Live
 * service (`service-turns.ts`).
 */
import type { LiveSession } from '../live/session.ts';
import type { Mixdown } from '../turn/mixdown.ts';
import type { TurnOptions } from '../turn/turn.ts';
import type { VoiceWindow } from '../types/audio-units.ts';
import type { Clock } from '../types/clock.ts';
import type { LiveTuning } from '../types/live-tuning.ts';

/** Where speech never stops an answer at the service, it does not do so here either: the rest of it would be said after all. */
export function turnOptionsOf(settings: TurnOptions, { activityHandling }: LiveTuning): TurnOptions {
  return activityHandling === 'none' ? { ...settings, interrupt: 'off' } : settings;
}

export interface TurnTaking {
  packet(speakerId: string, arrivedAt: number, silence: boolean): void;
  voice(window: VoiceWindow): void;
  tick(now: number): void;
  speakerLeft(speakerId: string): void;
  /** The bot is heard; `at` ms on the clock. */
  playoutStarted(at: number): void;
  playoutEnded(): void;
  /** From now on nobody is heard. */
  release(): void;
  /** People have the floor. */
  readonly peopleSpeak: boolean;
  /** What arrives of an answer is not heard now. */
  readonly botMustWait: boolean;
  /** Nobody has the floor. */
  readonly free: boolean;
}

export interface TurnTakingOptions {
  readonly clock: Clock;
  readonly mixdown: Mixdown;
  readonly live: () => LiveSession;
  /** The settings in force. */
  turnOptions(): TurnOptions;
  nameOf(speakerId: string): string;
  readonly on: TurnTakingEvents;
}

export interface TurnTakingEvents {
  duck(): void;
  unduck(): void;
  /** Whatever the bot is about to say is not said: people have the floor. */
  silence(): void;
  /** Speech silences the bot, at once. */
  bargeIn(): void;
  /** People begin to speak, at `at` ms on the clock. Returns what the model should know before it listens. */
  began(speakerIds: readonly string[], at: number): readonly string[];
  joined(speakerId: string): void;
  /** They have finished. */
  finished(lastSpeechAt: number): void;
}
