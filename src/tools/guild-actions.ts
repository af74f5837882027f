/**
 * What a tool can find out and do in the server it was called in, and nothing else: plain functions and plain data, bound to one
 * server and one room. Everything is looked up when it is asked for.
 *
 * Every function throws a `ToolFailure` in words for the model when the server cannot be reached.
 */

/** Who is in the room's voice channel. Who opted out is in no conversation, and so in none of the lists. */
export interface Presence {
  readonly channel: string;
  readonly people: readonly string[];
  readonly bots: readonly string[];
  /** How many more there are, who opted out of being heard. */
  readonly notHeard: number;
}

export interface MemberFacts {
  readonly id: string;
  /** As this server calls them. */
  readonly name: string;
  readonly username: string;
  readonly bot: boolean;
  readonly owner: boolean;
  /** ms since 1970; null when Discord does not say. */
  readonly joinedAt: number | null;
  /** The highest first, without the one that everybody has. */
  readonly roles: readonly string[];
  /** The voice channel they are in, if everybody may know of it; null outside of such channels. */
  readonly voiceChannel: string | null;
}

export interface ServerFacts {
  readonly name: string;
  readonly description: string | null;
  readonly members: number;
  /** ms since 1970 */
  readonly createdAt: number;
  readonly textChannels: number;
  readonly voiceChannels: number;
  readonly roles: number;
  readonly boosts: number;
  readonly boostLevel: number;
}

export interface NewPoll {
  readonly question: string;
  readonly answers: readonly string[];
  readonly hours: number;
  readonly severalAnswers: boolean;
}

/** What came of a post; what is missing is named as Discord's settings name it. */
export type Posting =
  | { readonly posted: true; readonly channel: string }
  | { readonly posted: false; readonly channel: string; readonly missing: readonly string[] };

export interface NewReminder {
  /** Who is to be reminded; null when it cannot be told who asked. */
  readonly ownerId: string | null;
  readonly what: string;
  /** ms since 1970 */
  readonly dueAt: number;
}

export interface Reminder extends NewReminder {
  readonly id: number;
}

/** `full`: the member, or the server, has as many as it may, which is `limit`. */
export type ReminderSaved =
  | { readonly saved: true; readonly id: number }
  | { readonly saved: false; readonly full: 'member' | 'server'; readonly limit: number };

export interface GuildActions {
  /** Null in a conversation without a voice channel. */
  presence(): Presence | null;
  /** Members known by now, whose name, username or mention it is; those whose name only contains it when there are none. */
  findMembers(name: string): readonly MemberFacts[];
  server(): ServerFacts;
  /** Whether a member may manage the server. */
  mayManage(memberId: string): Promise<boolean>;
  /** Writes in the room's channel, pinging nobody. */
  post(text: string): Promise<Posting>;
  postPoll(poll: NewPoll): Promise<Posting>;
  /** Kept over restarts. @throws ToolFailure also when it could not be saved */
  addReminder(reminder: NewReminder): Promise<ReminderSaved>;
  /** All of the server's, the next first. */
  reminders(): Promise<readonly Reminder[]>;
  /** False when there is none of that id in this server any more. @throws ToolFailure also when it could not be saved */
  removeReminder(id: number): Promise<boolean>;
}
