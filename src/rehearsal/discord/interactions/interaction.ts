/**
 * One interaction of a member with the bot, from the click to the last word of the answer
 * (Discord, "Receiving and Responding to Interactions").
 */
import type { ChannelState, GuildState, MessageState, UserState } from '../world/guild-state.ts';

export type InteractionKind = 'command' | 'component' | 'autocomplete' | 'modal';

/** Discord's numbers for the kinds. */
export const interactionTypes: Readonly<Record<InteractionKind, number>> = {
  command: 2,
  component: 3,
  autocomplete: 4,
  modal: 5,
};

/** What an autocomplete was answered with. */
export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

export type InteractionState =
  /** The member sees nothing yet. */
  | { readonly status: 'pending' }
  /** "Thinking…", or nothing at all for a click on a message. */
  | { readonly status: 'deferred'; readonly private: boolean; readonly update: boolean }
  | { readonly status: 'answered' }
  | { readonly status: 'modal'; readonly modal: unknown }
  | { readonly status: 'choices'; readonly choices: readonly Choice[] }
  /** "The application did not respond". */
  | { readonly status: 'failed' };

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly kind: InteractionKind;
  /** The command's name, or the custom id. */
  readonly name: string;
  readonly user: UserState;
  readonly guild: GuildState;
  readonly channel: ChannelState;
  readonly createdAt: number;
  /** The message that was clicked on. */
  readonly source: MessageState | null;
  state: InteractionState;
  /** What `@original` names: the first answer, or the message that was clicked on when that is what changes. */
  original: MessageState | null;
  /** The answer and what followed it, oldest first. Private ones too: this is what the member sees. */
  readonly messages: MessageState[];
  /** For autocomplete: the type of the option being typed. */
  readonly focusedType: number;
}

/** An interaction as the member watches it. Waiting ends with an error when the bot did not respond, or after `timeoutMs`. */
export interface InteractionWatch {
  readonly interaction: Interaction;
  /** Looks at once, and at every change. */
  until(check: (interaction: Interaction) => boolean, timeoutMs?: number): Promise<Interaction>;
  /** The first message that is there to be read: the answer, or the message that the click has changed. */
  answer(timeoutMs?: number): Promise<MessageState>;
  /** Resolves when a modal is shown; `Person.submit` takes it. */
  modal(timeoutMs?: number): Promise<Interaction>;
}
