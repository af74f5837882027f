/**
 * What Discord's client makes of a typed command: the options checked against the definition, ids resolved
 * (Discord, "Receiving and Responding to Interactions", Application Command Data Structure).
 */
import type { CommandOption, RegisteredCommand } from '../commands.ts';
import { optionType } from '../rest/validation/option-types.ts';
import type { AttachmentState, GuildState, MemberState } from '../world/guild-state.ts';
import { channelOf, memberOf } from '../world/guild-state.ts';
import { CHANNEL_TYPES } from '../world/serialise.ts';
import type { CommandCall, OptionFile, OptionValue } from './person.ts';
import { createResolved, type Resolved } from './resolved.ts';

/** The option that is being typed, for autocomplete. */
export interface Focus {
  readonly option: string;
  readonly typed: string;
}

export interface CommandData {
  readonly data: object;
  /** The type of the option being typed; 0 without one. */
  readonly focusedType: number;
}

/** Who types the command, where, and what becomes of a file that is dropped on it. */
export interface CommandPlace {
  readonly guild: GuildState;
  readonly member: MemberState;
  readonly bot: MemberState | undefined;
  readonly upload: (file: OptionFile) => AttachmentState;
}

/** @throws Error in the words of Discord's client */
export function commandData(
  command: RegisteredCommand,
  call: CommandCall,
  place: CommandPlace,
  focus: Focus | null = null,
): CommandData {
  const subcommand = call.subcommand === undefined ? null : subcommandOf(command, call.subcommand);
  const definitions = (subcommand ?? command).options ?? [];
  if (definitions.some(({ type }) => type === optionType.subcommand)) {
    throw new Error(`/${command.name} needs a subcommand`);
  }
  const given = call.options ?? {};
  for (const name of [...Object.keys(given), ...(focus ? [focus.option] : [])]) {
    if (!definitions.some((one) => one.name === name)) throw new Error(`/${command.name} has no option "${name}"`);
  }
  const resolved = createResolved(place.guild, place.member, place.bot);
  const options = definitions.flatMap((definition) => {
    const { type, name } = definition;
    if (focus?.option === name) return [focused(command.name, definition, focus.typed)];
    const value = given[name];
    if (value !== undefined) return [{ type, name, value: checked(command.name, definition, value, place, resolved) }];
    if (definition.required && focus === null) throw new Error(`/${command.name}: the option "${name}" is required`);
    return [];
  });
  const inner = subcommand === null ? options : [{ type: optionType.subcommand, name: subcommand.name, options }];
  const { id, name } = command;
  const data = { id, name, type: 1, guild_id: place.guild.id, options: inner, resolved: resolved.json() };
  return { data, focusedType: definitions.find((one) => one.name === focus?.option)?.type ?? 0 };
}

function focused(command: string, { type, name, autocomplete }: CommandOption, typed: string): object {
  if (!autocomplete) throw new Error(`/${command}: nothing is suggested for "${name}"`);
  return { type, name, value: typed, focused: true };
}

function subcommandOf(command: RegisteredCommand, name: string): CommandOption {
  const found = command.options?.find((one) => one.type === optionType.subcommand && one.name === name);
  if (!found) throw new Error(`/${command.name} has no subcommand "${name}"`);
  return found;
}

/** The value as it is sent, with what its id stands for. */
function checked(
  command: string,
  definition: CommandOption,
  value: OptionValue,
  { guild, upload }: CommandPlace,
  resolved: Resolved,
): string | number | boolean {
  const problem = problemWith(definition, value, guild);
  if (problem !== null) throw new Error(`/${command}: ${definition.name} ${problem}`);
  if (typeof value === 'object') return resolved.attachment(upload(value));
  const { type } = definition;
  if (type === optionType.channel) resolved.channel(String(value));
  if (type === optionType.user || type === optionType.mentionable) resolved.user(String(value));
  if (type === optionType.role || type === optionType.mentionable) resolved.role(String(value));
  return value;
}

function problemWith(definition: CommandOption, value: OptionValue, guild: GuildState): string | null {
  const { type, choices, min_value, max_value, min_length, max_length } = definition;
  if ((type === optionType.attachment) !== (typeof value === 'object')) return 'takes something else';
  if (choices?.length && !choices.some((choice) => choice.value === value)) return 'is none of the choices';
  switch (type) {
    case optionType.string:
      if (typeof value !== 'string') return 'takes text';
      return value.length < (min_length ?? 0) || value.length > (max_length ?? 6_000)
        ? 'is too short or too long'
        : null;
    case optionType.boolean:
      return typeof value === 'boolean' ? null : 'takes true or false';
    case optionType.integer:
    case optionType.number:
      if (typeof value !== 'number' || (type === optionType.integer && !Number.isInteger(value)))
        return 'takes a number';
      return value < (min_value ?? -Infinity) || value > (max_value ?? Infinity) ? 'is out of range' : null;
    case optionType.channel:
      return channelProblem(definition, String(value), guild);
    case optionType.user:
      return memberOf(guild, String(value)) ? null : 'names no member';
    case optionType.role:
      return guild.roles.some(({ id }) => id === value) ? null : 'names no role';
    case optionType.mentionable:
      return memberOf(guild, String(value)) || guild.roles.some(({ id }) => id === value) ? null : 'names nobody';
    default:
      return null;
  }
}

function channelProblem({ channel_types }: CommandOption, id: string, guild: GuildState): string | null {
  const channel = channelOf(guild, id);
  if (!channel) return 'names no channel';
  return channel_types && !channel_types.includes(CHANNEL_TYPES[channel.kind])
    ? 'names a channel of another kind'
    : null;
}
