/**
 * The private answer to an interaction: one message that only its member sees, written or replaced.
 */
import { type AttachmentBuilder, MessageFlags, type RepliableInteraction } from 'discord.js';
import { MESSAGE_LENGTH } from '../i18n/translate.ts';

/** Discord cuts nothing: a message that is too long is refused, so it is cut here. Pings nobody. */
export async function answerPrivately(
  interaction: RepliableInteraction,
  text: string,
  files: readonly AttachmentBuilder[] = [],
): Promise<void> {
  const content = text.length > MESSAGE_LENGTH ? `${text.slice(0, MESSAGE_LENGTH - 1)}…` : text;
  const message = { content, files: [...files], allowedMentions: { parse: [] } };
  if (interaction.deferred || interaction.replied) await interaction.editReply(message);
  else await interaction.reply({ ...message, flags: MessageFlags.Ephemeral });
}
