/**
 * What a guild can set and a room obeys. Crosses into the room as one whole snapshot with a revision.
 */
import type { LiveTuning, TurnDetection } from './live-tuning.ts';

/** Whether speech during the bot's answer stops it: never, when it is surely speech, or at its very onset. */
export type InterruptMode = 'off' | 'careful' | 'quick';

export interface RoomSettings {
  /** A Live voice by name, e.g. `Kore`. */
  readonly voice: string;
  /** A BCP-47 code, or `auto`: the model chooses. */
  readonly language: string;
  /** What the guild wrote about who the bot is; empty for Parley's own. */
  readonly persona: string;
  /** How long everybody is quiet before the bot takes its turn, ms, 300 to 2000. */
  readonly pauseMs: number;
  readonly interrupt: InterruptMode;
  /** What members switched on or off, by a tool's name; one that is not there is as it is by default. */
  readonly tools: Readonly<Record<string, boolean>>;
}

export const DEFAULT_SETTINGS = {
  voice: 'Kore',
  language: 'auto',
  persona: '',
  pauseMs: 600,
  interrupt: 'careful',
  tools: {},
} as const satisfies RoomSettings;

/** A member of the room's channel, as the room needs to know them. */
export interface RosterEntry {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  /** Never subscribed to, never decoded. */
  readonly optedOut: boolean;
  readonly locale: string | null;
}

/** Where the Live service is and how to get in; chosen once at start-up. */
export interface LiveEndpoint {
  readonly apiKey: string;
  /** http(s) base of the service; null for Google's. */
  readonly baseUrl: string | null;
  /** Model id without `models/`. */
  readonly model: string;
}

/** Choices about the audio plane that come from the environment (DESIGN.md §4). */
export interface RoomTuning {
  readonly voiceActivity: 'neural' | 'energy';
  readonly turnDetection: TurnDetection;
  readonly live: LiveTuning;
}
