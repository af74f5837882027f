/**
 * A command in the menu of a message: what Discord is told of it, and what it does. It has a name and nothing else to be told.
 */
import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type MessageContextMenuCommandInteraction,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import type { MessageKey } from '../i18n/messages.ts';
import { localizations, translator } from '../i18n/translate.ts';
import type { Asker, CommandServices } from './services.ts';

export interface MessageCommandContext extends CommandServices, Asker {
  readonly interaction: MessageContextMenuCommandInteraction<'cached'>;
}

export interface MessageCommandSpec {
  /** What it is called, in the tables. */
  readonly nameKey: Extract<MessageKey, `menu.${string}`>;
  /**
   * Why it is not done, in the member's words; null: it is done. Asked before the answer is announced to everybody, since what was
   * announced so cannot become private.
   */
  refusal(context: MessageCommandContext): string | null;
  /** Runs after a public answer was deferred. What it throws becomes that answer. */
  run(context: MessageCommandContext): Promise<void>;
}

export interface MessageCommand extends MessageCommandSpec {
  readonly body: RESTPostAPIContextMenuApplicationCommandsJSONBody;
}

export function defineMessageCommand(spec: MessageCommandSpec): MessageCommand {
  const body: RESTPostAPIContextMenuApplicationCommandsJSONBody = {
    type: ApplicationCommandType.Message,
    name: translator('en')(spec.nameKey),
    name_localizations: localizations(spec.nameKey),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    default_member_permissions: null,
  };
  return { ...spec, body };
}
