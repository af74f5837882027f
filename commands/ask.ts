import { ApplicationCommandOptionType } from 'discord.js';
import { askByCommand, notNow } from '../src/discord/chat/ask-command.ts';
import { postedFile } from '../src/discord/chat/readable-message.ts';
import { defineCommand } from '../src/discord/define-command.ts';

/** Long questions are for messages; the answer has room for 2,000. */
const MOST_CHARACTERS = 4_000;

/** `/ask text: [image:]`: a question in writing. For anybody, in any channel; everybody can read the answer. */
export const ask = defineCommand({
  name: 'ask',
  options: [
    { type: ApplicationCommandOptionType.String, name: 'text', required: true, max_length: MOST_CHARACTERS },
    { type: ApplicationCommandOptionType.Attachment, name: 'image' },
  ],
  public: {
    refusal: (context) => notNow(context, context.interaction),
  },
  run: async (context) => {
    const { options } = context.interaction;
    const image = options.getAttachment('image');
    const asked = { text: options.getString('text', true), image: image === null ? null : postedFile(image) };
    askByCommand(context, context.interaction, asked);
  },
});
