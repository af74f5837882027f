/**
 * What Discord's client makes of a typed command: the options checked against the definition, ids resolved
 * (Discord, "Receiving and Responding to Interactions", Application Command Data Structure).
 */
import type { CommandOption, RegisteredCommand } from '../commands.ts';
import type { GuildState } from '../world/guild-state.ts';
import { channelOf, memberOf } from '../world/guild-state.ts';
import { permissionsIn } from '../world/permissions.ts';
import { channelJson, memberJson, userJson } from '../world/serialise.ts';
import type { CommandCall, OptionValue } from './person.ts';

export const OptionType = {
  subcommand: 1,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  number: 10,
} as const;

const CHANNEL_TYPES = { text: 0, voice: 2, stage: 13 } as const;

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

/** @throws Error in the words of Discord's client */
export function commandData(
  command: RegisteredCommand,
  call: CommandCall,
  guild: GuildState,
  focus: Focus | null = null,
): CommandData {
  const subcommand = call.subcommand === undefined ? null : subcommandOf(command, call.subcommand);
  const definitions = (subcommand ?? command).options ?? [];
  if (definitions.some(({ type }) => type === OptionType.subcommand)) {
    throw new Error(`/${command.name} needs a subcommand`);
  }
  const given = call.options ?? {};
  for (const name of Object.keys(given)) {
    if (!definitions.some((one) => one.name === name)) throw new Error(`/${command.name} has no option "${name}"`);
  }
  const resolved: Resolved = { channels: {}, users: {}, members: {} };
  const options = definitions.flatMap((definition) =>
    optionData(command.name, definition, given, focus, guild, resolved),
  );
  const inner = subcommand === null ? options : [{ type: OptionType.subcommand, name: subcommand.name, options }];
  const data = { id: command.id, name: command.name, type: 1, guild_id: guild.id, options: inner, resolved };
  return { data, focusedType: definitions.find(({ name }) => name === focus?.option)?.type ?? 0 };
}

interface Resolved {
  readonly channels: Record<string, object>;
  readonly users: Record<string, object>;
  readonly members: Record<string, object>;
}

function subcommandOf(command: RegisteredCommand, name: string): CommandOption {
  const found = command.options?.find((one) => one.type === OptionType.subcommand && one.name === name);
  if (!found) throw new Error(`/${command.name} has no subcommand "${name}"`);
  return found;
}

function optionData(
  command: string,
  definition: CommandOption,
  given: Readonly<Record<string, OptionValue>>,
  focus: Focus | null,
  guild: GuildState,
  resolved: Resolved,
): object[] {
  const { name, type, required } = definition;
  if (focus?.option === name) return [{ type, name, value: focus.typed, focused: true }];
  const value = given[name];
  if (value === undefined) {
    if (required && focus === null) throw new Error(`/${command}: the option "${name}" is required`);
    return [];
  }
  const problem = problemWith(definition, value, guild);
  if (problem !== null) throw new Error(`/${command}: ${name} ${problem}`);
  resolve(type, String(value), guild, resolved);
  return [{ type, name, value }];
}

function problemWith(definition: CommandOption, value: OptionValue, guild: GuildState): string | null {
  const { type, choices, min_value, max_value, min_length, max_length } = definition;
  if (choices?.length && !choices.some((choice) => choice.value === value)) return 'is none of the choices';
  switch (type) {
    case OptionType.string:
      if (typeof value !== 'string') return 'takes text';
      return value.length < (min_length ?? 0) || value.length > (max_length ?? 6_000)
        ? 'is too short or too long'
        : null;
    case OptionType.boolean:
      return typeof value === 'boolean' ? null : 'takes true or false';
    case OptionType.integer:
    case OptionType.number:
      if (typeof value !== 'number' || (type === OptionType.integer && !Number.isInteger(value)))
        return 'takes a number';
      return value < (min_value ?? -Infinity) || value > (max_value ?? Infinity) ? 'is out of range' : null;
    case OptionType.channel:
      return channelProblem(definition, String(value), guild);
    case OptionType.user:
      return memberOf(guild, String(value)) ? null : 'names no member';
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

function resolve(type: number, id: string, guild: GuildState, resolved: Resolved): void {
  const channel = type === OptionType.channel ? channelOf(guild, id) : undefined;
  const bot = guild.members.find(({ user }) => user.bot);
  if (channel) {
    const permissions = bot ? permissionsIn(guild, channel, bot) : 0n;
    const { id: _id, type: kind, name } = channelJson(channel);
    resolved.channels[id] = { id, type: kind, name, permissions: permissions.toString(), parent_id: null };
  }
  const member = type === OptionType.user ? memberOf(guild, id) : undefined;
  if (!member) return;
  const { user: _user, ...partial } = memberJson(member);
  resolved.users[id] = userJson(member.user);
  resolved.members[id] = { ...partial, permissions: '0' };
}
