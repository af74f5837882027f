/**
 * A slash command: what Discord is told of it, and what it does. All its words come from the message tables, so that no locale
 * can be forgotten: `command.NAME.description`, `command.NAME.OPTION.name` and so on.
 */
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  InteractionContextType,
  type ModalBuilder,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { MessageKey } from '../i18n/messages.ts';
import { localizations, translator } from '../i18n/translate.ts';
import type { Asker, CommandServices, Reply } from './services.ts';

export interface CommandContext extends CommandServices, Asker {
  readonly interaction: ChatInputCommandInteraction<'cached'>;
  /** Writes the answer, or replaces it. */
  readonly reply: Reply;
}

type Localized = 'description' | 'name_localizations' | 'description_localizations' | 'choices';
type OptionSpec = APIApplicationCommandBasicOption extends infer Option
  ? Option extends APIApplicationCommandBasicOption
    ? Omit<Option, Localized> & {
        /** A closed list of values; what each is called is `command.NAME.OPTION.VALUE` in the tables. */
        readonly choices?: readonly string[];
      }
    : never
  : never;

interface SubcommandSpec {
  readonly name: string;
  readonly options?: readonly OptionSpec[];
}

/** The names of commands that have words in the tables. */
type CommandName = MessageKey extends infer Key
  ? Key extends `command.${infer Name}.description`
    ? TopLevel<Name>
    : never
  : never;
type TopLevel<Name extends string> = Name extends `${string}.${string}` ? never : Name;

export interface CommandSpec {
  readonly name: CommandName;
  readonly options?: readonly OptionSpec[];
  /** In place of options; words are `command.NAME.SUBCOMMAND.…`. */
  readonly subcommands?: readonly SubcommandSpec[];
  /** Everybody sees the answer. */
  readonly public?: {
    /**
     * Why it is not done, in the member's words; null: it is done. Asked before the answer is announced to everybody, since what was
     * announced so cannot become private.
     */
    refusal(context: Omit<CommandContext, 'reply'>): string | null;
  };
  /** Permission bits that a member needs by default; server admins may override it. Only without a subcommand that reads. */
  readonly memberPermissions?: bigint;
  /**
   * A form to open instead of an answer; null to `run`. Asked before anything is answered, since Discord takes a form as the first
   * answer only, and within 3 s. What it throws becomes the private answer.
   */
  form?(context: Omit<CommandContext, 'reply'>): Promise<ModalBuilder | null>;
  /** Runs after the answer was deferred. What it throws becomes that answer. */
  run(context: CommandContext): Promise<void>;
  /** Suggestions for the option being typed, at most 25. What it throws becomes no suggestions. */
  suggest?(context: SuggestContext): Promise<readonly Suggestion[]>;
}

export interface SuggestContext extends CommandServices, Asker {
  readonly interaction: AutocompleteInteraction<'cached'>;
}

/** Name and value at most 100 characters each. */
export interface Suggestion {
  readonly name: string;
  readonly value: string;
}

export interface Command extends CommandSpec {
  readonly body: RESTPostAPIChatInputApplicationCommandsJSONBody;
}

/** @throws Error when a name or a description is missing from the message tables */
export function defineCommand(spec: CommandSpec): Command {
  const { name, options = [], subcommands = [], memberPermissions } = spec;
  const body: RESTPostAPIChatInputApplicationCommandsJSONBody = {
    type: ApplicationCommandType.ChatInput,
    name,
    name_localizations: localizations(`command.${name}.name`),
    ...described(`command.${name}.description`),
    options: [...subcommands.map((sub) => subcommandBody(name, sub)), ...options.map((it) => optionBody(name, it))],
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    default_member_permissions: memberPermissions?.toString() ?? null,
  };
  return { ...spec, body };
}

function subcommandBody(command: string, { name, options = [] }: SubcommandSpec): APIApplicationCommandOption {
  const path = `${command}.${name}`;
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name,
    ...words(path),
    options: options.map((option) => optionBody(path, option)),
  };
}

function optionBody(path: string, option: OptionSpec): APIApplicationCommandBasicOption {
  const key = `${path}.${option.name}`;
  const { choices, ...rest } = option;
  const named = choices?.map((value) => {
    const choice = known(`command.${key}.${value}`);
    return { name: english(choice), name_localizations: localizations(choice), value };
  });
  return { ...rest, ...words(key), ...(named && { choices: named }) } as APIApplicationCommandBasicOption;
}

function words(path: string) {
  return {
    name_localizations: localizations(known(`command.${path}.name`)),
    ...described(known(`command.${path}.description`)),
  };
}

function described(key: MessageKey) {
  return { description: english(key), description_localizations: localizations(key) };
}

const englishTable = translator('en');

function english(key: MessageKey): string {
  return (englishTable as (key: MessageKey) => string)(key);
}

function known(key: string): MessageKey {
  const message = key as MessageKey;
  if (english(message) === undefined) throw new Error(`the message tables lack ${key}`);
  return message;
}
