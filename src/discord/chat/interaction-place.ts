/**
 * A command's own answer, which everybody sees, as the place of an answer. It can be written for 15 minutes; then the channel has to do.
 */
import { type ChatInputCommandInteraction, type MessageContextMenuCommandInteraction, MessageFlags } from 'discord.js';
import type { AnswerMessage, AnswerPlace, PostedAnswer } from '../../chat/answer-place.ts';
import type { Log } from '../../types/log.ts';
import { answerBody } from './answer-body.ts';
import { changeIn, createChannelPlace, postIn } from './channel-place.ts';

export type PublicInteraction = ChatInputCommandInteraction<'cached'> | MessageContextMenuCommandInteraction<'cached'>;

/** @param interaction deferred publicly */
export function createInteractionPlace(interaction: PublicInteraction, log: Log): AnswerPlace {
  const { channelId, channel } = interaction;
  const after = channel === null ? null : createChannelPlace(channel, null, { refuse: () => undefined, log });
  let posted = false;

  const written = (id: string): PostedAnswer => ({
    edit: (message) => changeIn(channelId, log, () => interaction.editReply({ ...answerBody(message), message: id })),
    async remove() {
      await changeIn(channelId, log, () => interaction.deleteReply(id));
    },
  });

  const post = async (message: AnswerMessage): Promise<PostedAnswer> => {
    const body = { ...answerBody(message), flags: MessageFlags.SuppressEmbeds } as const;
    const { id } = posted ? await interaction.followUp(body) : await interaction.editReply(body);
    return written(id);
  };

  return {
    channelId,
    async post(message) {
      const done = await postIn(channelId, log, () => post(message));
      posted = true;
      return done ?? after?.post(message) ?? null;
    },
    async refuse(text) {
      await interaction.editReply(answerBody({ content: text, stop: null }));
    },
    lacksToSpeak: () => null,
    speak: async () => undefined,
    typing: null,
  };
}
