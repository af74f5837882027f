/**
 * What is kept of the conversations in writing: what a server has set, and how each channel's goes on.
 */
import type { ResumptionHandle } from '../types/live.ts';

export type ImageResolution = 'low' | 'medium' | 'high';

/** What a server has set for its chat. */
export interface ChatSettings {
  /** Where everything that is written is for the bot; null: nowhere. */
  readonly channelId: string | null;
  /** How closely images are looked at. */
  readonly images: ImageResolution;
}

/** How a channel's conversation goes on while no room is open for it. Of what was said nothing is in here. */
export interface StoredTextRoom {
  readonly guildId: string;
  readonly channelId: string;
  readonly handle: ResumptionHandle;
  /** ms since 1970. */
  readonly usedAt: number;
}

export interface ChatStore {
  /** Of every server that has set something. */
  chatSettings(): Promise<readonly (ChatSettings & { readonly guildId: string })[]>;
  /** @throws ParleyError `STORE_WRITE_FAILED`: nothing has changed */
  saveChatSettings(guildId: string, settings: ChatSettings): Promise<void>;
  textRoom(channelId: string): Promise<StoredTextRoom | null>;
  /** Those that cannot be gone on with any more are forgotten with it. @throws ParleyError `STORE_WRITE_FAILED` */
  saveTextRoom(room: StoredTextRoom): Promise<void>;
  /** @throws ParleyError `STORE_WRITE_FAILED`: nothing has changed */
  removeTextRoom(channelId: string): Promise<void>;
}

/** The service forgets a conversation two hours after its last connection ended (reference/live-api.md §7). */
export const TEXT_ROOM_KEPT_MS = 2 * 60 * 60_000;
