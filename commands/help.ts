import { type Command, defineCommand } from '../src/discord/define-command.ts';
import { type CommandLists, helpText } from '../src/discord/help-text.ts';

/**
 * `/help`: what Parley does and how to talk with it. For anybody, privately.
 *
 * @param lists all commands, which this one is among
 */
export function helpFor(lists: () => CommandLists): Command {
  return defineCommand({
    name: 'help',
    run: async ({ interaction, reply, t }) => reply(helpText(lists(), interaction.locale, t)),
  });
}
