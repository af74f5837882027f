/**
 * A simulated member of a server: joins, moves and leaves voice channels, speaks, runs commands, clicks and writes, as a person in
 * front of Discord's own client can, and no further.
 */
import type { Choice, Interaction, InteractionWatch } from '../interactions/interaction.ts';
import type { UploadedFile } from '../rest/request.ts';
import type { VoiceMember } from '../voice/member.ts';
import type { ChannelState, MessageState, VoiceStateRecord } from '../world/guild-state.ts';

export type OptionValue = string | number | boolean;

export interface CommandCall {
  readonly subcommand?: string;
  /** By option name; a channel, member or attachment option takes its id. */
  readonly options?: Readonly<Record<string, OptionValue>>;
  /** Where it is typed; the first text channel that the member sees unless told. */
  readonly channel?: ChannelState;
  /** The member's own language, a Discord locale. */
  readonly locale?: string;
}

export interface WriteOptions {
  readonly replyTo?: MessageState;
  /** A reply that does not ping. */
  readonly withoutPing?: boolean;
  readonly files?: readonly Pick<UploadedFile, 'name' | 'contentType' | 'bytes'>[];
}

export interface Person {
  readonly id: string;
  readonly name: string;
  /** Where it is connected; null outside of voice channels. */
  readonly voice: VoiceMember | null;
  joinVoice(channel: ChannelState): VoiceMember;
  leaveVoice(): void;
  /** Mutes or deafens itself. */
  setVoice(change: Pick<Partial<VoiceStateRecord>, 'selfMute' | 'selfDeaf'>): void;
  /**
   * Runs a slash command.
   *
   * @throws Error when Discord's client would not let the member: no such command, a wrong or missing option, no permission.
   */
  command(name: string, call?: CommandCall): InteractionWatch;
  /** What the member is offered while typing an option. */
  suggestions(name: string, option: string, typed: string, call?: CommandCall): Promise<readonly Choice[]>;
  /** Presses a button. @throws Error when the message has no such button, or it is disabled */
  click(message: MessageState, customId: string): InteractionWatch;
  select(message: MessageState, customId: string, values: readonly string[]): InteractionWatch;
  /** Fills in the modal that an interaction was answered with. */
  submit(modal: Interaction, values: Readonly<Record<string, string>>): InteractionWatch;
  /** Chooses a message command from a message's menu. */
  messageCommand(name: string, message: MessageState): InteractionWatch;
  write(channel: ChannelState, content: string, options?: WriteOptions): MessageState;
  deleteMessage(message: MessageState): void;
}
