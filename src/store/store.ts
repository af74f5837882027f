/**
 * What Parley keeps over restarts. One interface, so that another database is another file; no audio, ever.
 */
import type { RoomSettings } from '../types/settings.ts';

/** What a guild used on one UTC day. */
export interface Usage {
  /** Milliseconds of open voice rooms. */
  readonly voiceMs: number;
  /** Tokens of the Live service, as it counts them. */
  readonly tokens: number;
}

/** Use that comes on top of what is stored. `day` is `YYYY-MM-DD`, UTC. */
export interface UsageEntry extends Usage {
  readonly guildId: string;
  readonly day: string;
}

export interface StoredSettings {
  readonly settings: RoomSettings;
  /** Counts every change of this guild's settings; 0 while nothing was ever set. */
  readonly revision: number;
}

export interface Store {
  /** Nothing can be saved: every write is refused with `STORE_WRITE_FAILED`. */
  readonly readOnly: boolean;
  usage(guildId: string, day: string): Promise<Usage>;
  /** All of it or nothing. @throws ParleyError `STORE_WRITE_FAILED` */
  addUsage(entries: readonly UsageEntry[]): Promise<void>;
  settings(guildId: string): Promise<StoredSettings>;
  /**
   * Changes only what `change` names, so that two members who set different things at once both get their way.
   * @throws ParleyError `STORE_WRITE_FAILED`: nothing has changed
   */
  saveSettings(guildId: string, change: Partial<RoomSettings>): Promise<StoredSettings>;
  close(): void;
}
