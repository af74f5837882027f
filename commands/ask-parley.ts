import { askAbout, cannotAskAbout, notNow } from '../src/discord/chat/ask-command.ts';
import { defineMessageCommand } from '../src/discord/define-message-command.ts';

/** "Ask Parley": that message, and what was written before it as far as Discord lets it be read. For anybody. */
export const askParley = defineMessageCommand({
  nameKey: 'menu.ask',
  refusal: (context) => {
    const { interaction } = context;
    return cannotAskAbout(context, interaction.targetMessage, interaction.user.id) ?? notNow(context, interaction);
  },
  run: async (context) => askAbout(context, context.interaction),
});
