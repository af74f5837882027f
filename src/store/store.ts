/**
 * What Parley keeps over restarts. One interface, so that another database is another file; no audio, ever.
 */
import type { Modality, ResumptionHandle } from '../types/live.ts';
import type { RoomSettings } from '../types/settings.ts';
import type { ChatStore } from './chat.ts';
import type { ReminderStore } from './reminders.ts';

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
  /**
   * Counts how often this guild set something, also to what it was before: whoever sets something can wait until this revision
   * is in force. 0 while nothing was ever set.
   */
  readonly revision: number;
}

export interface SettingsSaved {
  readonly before: StoredSettings;
  readonly after: StoredSettings;
}

/** Only what is to change. Tools are changed one by one: those that are not named stay as they are. */
export type SettingsChange = Partial<RoomSettings>;

/** The message with a room's controls, so that it can be switched off also after a kill. */
export interface StoredPanel {
  readonly guildId: string;
  readonly channelId: string;
  readonly messageId: string;
  /** BCP-47 code or `auto`: what it is written in. */
  readonly language: string;
}

/** A voice room that is open, or was when the process was killed. Times in ms since 1970. */
export interface StoredRoom {
  readonly roomId: string;
  readonly guildId: string;
  readonly channelId: string;
  /** Where `/join` was run, the second choice for notices. */
  readonly originId: string | null;
  /** Continues the conversation, together with its model. */
  readonly handle: ResumptionHandle | null;
  readonly openedAt: number;
  /** Since when the model remembers what was said; null before the first connection. */
  readonly conversationSince: number | null;
  /** When the process was last known to be alive with it. */
  readonly aliveAt: number;
}

export type TokenKind = 'prompt' | 'response' | 'thoughts';

/** Tokens of one kind. `modality` is `TEXT` for thoughts and for what the service did not break down. */
export interface TokenCount {
  readonly model: string;
  readonly kind: TokenKind;
  readonly modality: Modality;
  readonly tokens: number;
}

export interface TokenEntry extends TokenCount {
  readonly guildId: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly roomId: string;
}

export interface UsageQuery {
  /** The first day of the report, `YYYY-MM-DD`, UTC; today is the last. */
  readonly fromDay: string;
  /** Of one room only. */
  readonly roomId?: string;
}

export interface UsageReport {
  /** Of all rooms of those days; a report of one room has 0, its time is the room's to tell. */
  readonly voiceMs: number;
  /** One entry a model, kind and modality. */
  readonly tokens: readonly TokenCount[];
}

/** Where what is said on a server is written down. */
export interface TranscriptTarget {
  /** Where it was switched on. */
  readonly channelId: string;
  /** The member's id. */
  readonly switchedOnBy: string;
  /** The thread, or the channel itself, that was written in last; null before the first. `name` says which conversations. */
  readonly place: { readonly id: string; readonly name: string } | null;
}

/** A turn that was said and heard while the transcript was switched on. */
export interface StoredTurn {
  readonly guildId: string;
  readonly roomId: string;
  /** The voice channel it was said in. */
  readonly channelId: string;
  /** When it began, ms since 1970. */
  readonly at: number;
  readonly role: 'user' | 'model';
  /** Who spoke, as they were called then; of a turn of the model: the bot. */
  readonly speakers: readonly { readonly id: string; readonly name: string }[];
  readonly text: string;
  /** The model's turn was cut off; `text` is what was heard of it. */
  readonly interrupted: boolean;
}

/** What is stored of one room while it was in one channel. */
export interface StoredConversation {
  readonly roomId: string;
  readonly channelId: string;
  readonly firstAt: number;
  readonly lastAt: number;
}

export interface Store extends ReminderStore, ChatStore {
  /** Nothing can be saved: every write is refused with `STORE_WRITE_FAILED`. */
  readonly readOnly: boolean;
  usage(guildId: string, day: string): Promise<Usage>;
  /** All of it or nothing. @throws ParleyError `STORE_WRITE_FAILED` */
  addUsage(entries: readonly UsageEntry[], tokens?: readonly TokenEntry[]): Promise<void>;
  usageReport(guildId: string, query: UsageQuery): Promise<UsageReport>;
  settings(guildId: string): Promise<StoredSettings>;
  /**
   * Changes only what `change` names, so that two members who set different things at once both get their way.
   * @throws ParleyError `STORE_WRITE_FAILED`: nothing has changed
   */
  saveSettings(guildId: string, change: SettingsChange): Promise<SettingsSaved>;
  /** Ids of everybody who does not want to be heard. */
  optedOut(): Promise<readonly string[]>;
  /** @throws ParleyError `STORE_WRITE_FAILED`: nothing has changed */
  setOptedOut(userId: string, optedOut: boolean): Promise<void>;
  /** Panels of rooms that are open, or were when the process was killed. */
  panels(): Promise<readonly StoredPanel[]>;
  savePanel(panel: StoredPanel): Promise<void>;
  removePanel(messageId: string): Promise<void>;
  /** Voice rooms that are open, or were when the process was killed; the oldest first. */
  openRooms(): Promise<readonly StoredRoom[]>;
  /** @throws ParleyError `STORE_WRITE_FAILED`: nothing has changed */
  saveOpenRoom(room: StoredRoom): Promise<void>;
  /** @throws ParleyError `STORE_WRITE_FAILED`: nothing has changed */
  removeOpenRoom(roomId: string): Promise<void>;
  /** Null while the guild's transcript is off. */
  transcriptTarget(guildId: string): Promise<TranscriptTarget | null>;
  /** @throws ParleyError `STORE_WRITE_FAILED`: nothing has changed */
  saveTranscriptTarget(guildId: string, target: TranscriptTarget | null): Promise<void>;
  /** Of a guild only the newest turns are kept. @throws ParleyError `STORE_WRITE_FAILED` */
  addTranscriptTurns(turns: readonly StoredTurn[]): Promise<void>;
  /** The latest first. */
  conversations(guildId: string): Promise<readonly StoredConversation[]>;
  /** All that is stored of a room, in the order in which it was said. */
  transcript(guildId: string, roomId: string): Promise<readonly StoredTurn[]>;
  /** Returns how many turns were deleted. @throws ParleyError `STORE_WRITE_FAILED` */
  deleteTranscriptsBefore(at: number): Promise<number>;
  /** Guilds that anything is stored of. */
  guilds(): Promise<readonly string[]>;
  /** The bot was removed from the guild at `at` (ms since 1970); again, the first time counts. */
  guildGone(guildId: string, at: number): Promise<void>;
  guildBack(guildId: string): Promise<void>;
  /** Deletes all that is stored of guilds that the bot was removed from before `at`. Returns their ids. */
  forgetGuildsGoneBefore(at: number): Promise<readonly string[]>;
  close(): void;
}
