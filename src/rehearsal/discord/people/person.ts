/**
 * A simulated member of a server: joins, moves and leaves voice channels, speaks, runs commands, clicks and writes, as a person in
 * front of Discord's own client can, and no further: what that client does not let a member do throws an Error in words.
 */
import type { Choice, Interaction, InteractionWatch } from '../interactions/interaction.ts';
import type { UploadedFile } from '../rest/request.ts';
import type { VoiceMember } from '../voice/member.ts';
import type { VoiceChange } from '../voice-states.ts';
import type { ChannelState, MessageState } from '../world/guild-state.ts';

/** A file on the member's own machine. */
export type OptionFile = Pick<UploadedFile, 'name' | 'contentType' | 'bytes'>;

/** A channel, role or member option takes its id, an attachment option a file. */
export type OptionValue = string | number | boolean | OptionFile;

export interface CommandCall {
  readonly subcommand?: string;
  /** By option name. */
  readonly options?: Readonly<Record<string, OptionValue>>;
  /** Where it is typed; the first text channel that the member sees unless told. */
  readonly channel?: ChannelState;
  /** Another language of the client for this once, a Discord locale. */
  readonly locale?: string;
}

export interface WriteOptions {
  readonly replyTo?: MessageState;
  /** A reply that does not ping. */
  readonly withoutPing?: boolean;
  readonly files?: readonly OptionFile[];
}

/** An Ogg Opus file as the client records it. */
export interface VoiceRecording {
  readonly bytes: Uint8Array;
  readonly durationSecs: number;
  /** Loudness over time, base64. */
  readonly waveform: string;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  /** Where it is connected; null outside of voice channels. */
  readonly voice: VoiceMember | null;
  joinVoice(channel: ChannelState): VoiceMember;
  leaveVoice(): void;
  /** Mutes or deafens itself. */
  setVoice(change: Pick<VoiceChange, 'selfMute' | 'selfDeaf'>): void;
  /** Runs a slash command. */
  command(name: string, call?: CommandCall): InteractionWatch;
  /** What the member is offered while typing an option. */
  suggestions(name: string, option: string, typed: string, call?: CommandCall): Promise<readonly Choice[]>;
  /** Chooses a message command from a message's menu. */
  messageCommand(name: string, message: MessageState): InteractionWatch;
  /** Presses a button. */
  click(message: MessageState, customId: string): InteractionWatch;
  /** Chooses from a select menu: the values of its options, or ids where Discord fills the menu. */
  select(message: MessageState, customId: string, values: readonly string[]): InteractionWatch;
  /** Fills in the modal that an interaction was answered with; fields that are not named stay as they are. */
  submit(modal: Interaction, values: Readonly<Record<string, string>>): InteractionWatch;
  write(channel: ChannelState, content: string, options?: WriteOptions): MessageState;
  /** Records a voice message; the client says how long it is and draws it. */
  sendVoice(channel: ChannelState, recording: VoiceRecording, options?: Omit<WriteOptions, 'files'>): MessageState;
  /** Changes the text of a message of its own. */
  editMessage(message: MessageState, content: string): MessageState;
  /** Its own, or another's if it may. */
  deleteMessage(message: MessageState): void;
  /** Opens a public thread in a text channel, under a message if one is named. */
  openThread(channel: ChannelState, name: string, message?: MessageState): ChannelState;
  /** The newest message in a channel that is as wanted, as soon as there is one; private ones are in `InteractionWatch`. */
  reads(channel: ChannelState, wanted: (message: MessageState) => boolean, timeoutMs?: number): Promise<MessageState>;
}
