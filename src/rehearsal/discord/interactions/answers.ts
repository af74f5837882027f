/**
 * What the answers to an interaction make of it and of its messages: the first one, changes of it, and what follows.
 */
import { type MessageBody, MessageFlag, type Messages } from '../messages.ts';
import type { UploadedFile } from '../rest/request.ts';
import type { MessageState } from '../world/guild-state.ts';
import type { World } from '../world/world.ts';
import type { CallbackBody } from './callback-body.ts';
import { type Interaction, interactionTypes } from './interaction.ts';

type Uploads = readonly UploadedFile[];

export interface Answers {
  /** Returns the message that it made or changed. */
  first(interaction: Interaction, body: CallbackBody, files: Uploads): MessageState | null;
  edit(interaction: Interaction, message: MessageState, body: MessageBody, files: Uploads): void;
  remove(interaction: Interaction, message: MessageState): void;
  followUp(interaction: Interaction, body: MessageBody, files: Uploads): MessageState;
}

const isPrivate = (body: { readonly flags?: number | null } | undefined): boolean =>
  ((body?.flags ?? 0) & MessageFlag.ephemeral) !== 0;

const isLoading = ({ flags }: MessageState): boolean => (flags & MessageFlag.loading) !== 0;

export function createAnswers({ world, messages }: { readonly world: World; readonly messages: Messages }): Answers {
  /** Everything of an answer's message but its words. */
  const frame = ({ guild, channel, user, id, kind, name }: Interaction, hidden: boolean) => ({
    guild,
    channel,
    author: world.bot,
    interaction: { id, type: interactionTypes[kind], name: kind === 'command' ? name : null, user },
    privateTo: hidden ? user.id : null,
    viaWebhook: world.applicationId,
  });
  const post = (interaction: Interaction, body: MessageBody, files: Uploads, hidden: boolean): MessageState => {
    const message = messages.post({ ...frame(interaction, hidden), body, files });
    interaction.messages.push(message);
    return message;
  };
  const fill = (interaction: Interaction, message: MessageState, body: MessageBody, files: Uploads): MessageState => {
    interaction.messages.push(message);
    return messages.fill(message, body, files);
  };
  const settled = (interaction: Interaction): void => {
    if (interaction.state.status === 'deferred') interaction.state = { status: 'answered' };
  };

  return {
    first(interaction, body, files) {
      const { source } = interaction;
      switch (body.type) {
        case 4:
          interaction.state = { status: 'answered' };
          interaction.original = post(interaction, body.data ?? {}, files, isPrivate(body.data));
          return interaction.original;
        case 5:
          interaction.state = { status: 'deferred', private: isPrivate(body.data), update: false };
          interaction.original = messages.announce(frame(interaction, isPrivate(body.data)));
          return interaction.original;
        case 6:
          interaction.state = { status: 'deferred', private: false, update: true };
          interaction.original = source;
          return source;
        case 7:
          interaction.state = { status: 'answered' };
          interaction.original = source;
          return source && messages.edit(source, body.data ?? {}, files);
        case 8:
          interaction.state = { status: 'choices', choices: body.data.choices };
          return null;
        case 9:
          interaction.state = { status: 'modal', modal: body.data };
          return null;
      }
    },
    edit(interaction, message, body, files) {
      settled(interaction);
      if (isLoading(message)) fill(interaction, message, body, files);
      else messages.edit(message, body, files);
    },
    remove(interaction, message) {
      settled(interaction);
      messages.remove(message);
    },
    followUp(interaction, body, files) {
      const { original } = interaction;
      settled(interaction);
      // What follows a deferred answer first is that answer, and as private as it was announced.
      if (original && isLoading(original)) return fill(interaction, original, body, files);
      return post(interaction, body, files, isPrivate(body));
    },
  };
}
