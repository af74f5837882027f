/**
 * Posts a voice message: nothing but one recording, with its length and how it is drawn (Discord, "Voice Messages"). Past discord.js, which
 * guesses what a file is by its first bytes and takes an Ogg file for something else than sound; Discord refuses it then.
 */
import { type GuildTextBasedChannel, MessageFlags, Routes } from 'discord.js';
import type { SpokenAnswer } from '../../chat/answer-place.ts';

/** What Discord's own client calls one. */
const NAME = 'voice-message.ogg';

/** @param replyTo a message of that channel; null for none. @throws what REST throws */
export async function postVoiceMessage(
  { id, client }: GuildTextBasedChannel,
  { file, durationSecs, waveform }: SpokenAnswer,
  replyTo: string | null,
): Promise<void> {
  const reference = replyTo === null ? {} : { message_reference: { message_id: replyTo, fail_if_not_exists: false } };
  await client.rest.post(Routes.channelMessages(id), {
    body: {
      flags: MessageFlags.IsVoiceMessage,
      attachments: [{ id: '0', filename: NAME, duration_secs: durationSecs, waveform }],
      allowed_mentions: { parse: [], replied_user: false },
      ...reference,
    },
    files: [{ name: NAME, data: file, contentType: 'audio/ogg' }],
  });
}
