/**
 * A slash command: what Discord is told of it, and what it does. All its words come from the message tables, so that no locale
 * can be forgotten: `command.NAME.description`, `command.NAME.OPTION.name` and so on.
 */
import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandType,
  ApplicationIntegrationType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { Locale } from '../i18n/locales.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { localizations, type Translate, translator } from '../i18n/translate.ts';
import type { Rooms } from '../room/rooms.ts';
import type { Clock } from '../types/clock.ts';
import type { Log } from '../types/log.ts';
import type { KeyedQueue } from './keyed-queue.ts';
import type { RoomKeeper } from './room-keeper.ts';

/** What commands work with. */
export interface CommandServices {
  readonly rooms: Rooms;
  readonly keeper: RoomKeeper;
  /** Orders what members of one guild ask of its room at the same time; the key is the guild's id. */
  readonly perGuild: KeyedQueue;
  readonly clock: Clock;
  readonly log: Log;
}

export interface CommandContext extends CommandServices {
  readonly interaction: ChatInputCommandInteraction<'cached'>;
  /** The member's own language. */
  readonly locale: Locale;
  readonly t: Translate;
  /** Writes the private answer, or replaces it. */
  reply(text: string): Promise<void>;
}

type Localized = 'description' | 'name_localizations' | 'description_localizations';
type OptionSpec = APIApplicationCommandBasicOption extends infer Option
  ? Option extends APIApplicationCommandBasicOption
    ? Omit<Option, Localized>
    : never
  : never;

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
  /** Permission bits that a member needs by default; server admins may override it. */
  readonly memberPermissions?: bigint;
  /** Runs after a private answer was deferred. What it throws becomes that answer. */
  run(context: CommandContext): Promise<void>;
  /** Suggestions for the option being typed, at most 25. What it throws becomes no suggestions. */
  suggest?(interaction: AutocompleteInteraction<'cached'>): Promise<readonly { name: string; value: string }[]>;
}

export interface Command extends CommandSpec {
  readonly body: RESTPostAPIChatInputApplicationCommandsJSONBody;
}

export function defineCommand(spec: CommandSpec): Command {
  const { name, options = [], memberPermissions } = spec;
  const body: RESTPostAPIChatInputApplicationCommandsJSONBody = {
    type: ApplicationCommandType.ChatInput,
    name,
    name_localizations: localizations(`command.${name}.name`),
    ...described(`command.${name}.description`),
    options: options.map((option) => ({ ...option, ...optionWords(name, option.name) })),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    default_member_permissions: memberPermissions?.toString() ?? null,
  };
  return { ...spec, body };
}

function optionWords(command: string, option: string) {
  const key = `command.${command}.${option}`;
  return { name_localizations: localizations(known(`${key}.name`)), ...described(known(`${key}.description`)) };
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
