/**
 * What commands, buttons and forms work with.
 */
import type { AttachmentBuilder } from 'discord.js';
import type { Locale } from '../i18n/locales.ts';
import type { Translate } from '../i18n/translate.ts';
import type { Rooms } from '../room/rooms.ts';
import type { Limits } from '../store/limits.ts';
import type { Store } from '../store/store.ts';
import type { UsageLedger } from '../store/usage-ledger.ts';
import type { ToolRegistry } from '../tools/tool-registry.ts';
import type { Clock } from '../types/clock.ts';
import type { Log } from '../types/log.ts';
import type { ChatAccess } from './chat/chat.ts';
import type { GuildSettings } from './guild-settings.ts';
import type { KeyedQueue } from './keyed-queue.ts';
import type { OptOuts } from './opt-outs.ts';
import type { RoomKeeper } from './room-keeper.ts';
import type { Summaries } from './transcript/summary.ts';
import type { Transcripts } from './transcript/transcripts.ts';

export interface CommandServices {
  readonly rooms: Rooms;
  readonly keeper: RoomKeeper;
  readonly settings: GuildSettings;
  readonly optOuts: OptOuts;
  readonly store: Store;
  readonly ledger: UsageLedger;
  readonly limits: Limits;
  readonly transcripts: Transcripts;
  readonly summaries: Summaries;
  readonly chat: ChatAccess;
  /** Everything that the model may call, and that `/tools` switches beside the tools of the service. */
  readonly functions: Pick<ToolRegistry, 'all'>;
  /** Orders what members of one guild ask of its room at the same time; the key is the guild's id. */
  readonly perGuild: KeyedQueue;
  /** Id of the Live model that rooms talk with. */
  readonly model: string;
  readonly clock: Clock;
  /** The calendar, ms since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

/** Whoever is to be answered. */
export interface Asker {
  /** The member's own language. */
  readonly locale: Locale;
  readonly t: Translate;
}

/** Writes the private answer, or replaces it; with what a message is too short for as files. */
export type Reply = (text: string, files?: readonly AttachmentBuilder[]) => Promise<void>;
