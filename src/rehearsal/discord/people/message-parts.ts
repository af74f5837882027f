/**
 * The parts of messages and modals that a person can press, choose from and fill in.
 */
import type { GuildState } from '../world/guild-state.ts';
import { channelOf, memberOf } from '../world/guild-state.ts';
import { CHANNEL_TYPES } from '../world/serialise.ts';

export interface Part {
  readonly type?: number;
  readonly id?: number;
  readonly custom_id?: string;
  readonly disabled?: boolean;
  readonly required?: boolean;
  readonly components?: readonly Part[];
  readonly component?: Part;
  readonly accessory?: Part;
  readonly options?: readonly { readonly value: string }[];
  /** Of a text input: what it is filled with beforehand. */
  readonly value?: string;
  readonly channel_types?: readonly number[];
  readonly min_values?: number;
  readonly max_values?: number;
  readonly min_length?: number;
  readonly max_length?: number;
}

export const PartType = {
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  textDisplay: 10,
  label: 18,
} as const;

export const SELECTS: readonly number[] = [
  PartType.stringSelect,
  PartType.userSelect,
  PartType.roleSelect,
  PartType.mentionableSelect,
  PartType.channelSelect,
];

/** Every part, nested ones too. */
export function partsOf(components: readonly unknown[]): Part[] {
  return (components as readonly Part[]).flatMap((part) => [
    part,
    ...partsOf([
      ...(part.components ?? []),
      ...(part.component ? [part.component] : []),
      ...(part.accessory ? [part.accessory] : []),
    ]),
  ]);
}

/** A part that can be used now. @throws Error in words when it is not there or disabled */
export function usablePart(components: readonly unknown[], customId: string, types: readonly number[]): Part {
  const part = partsOf(components).find((one) => one.custom_id === customId && types.includes(one.type ?? 0));
  if (!part) throw new Error(`there is nothing of that kind with the custom id "${customId}"`);
  if (part.disabled) throw new Error(`"${customId}" is disabled`);
  return part;
}

/** Why a choice cannot be made, or null. */
export function selectionProblem(part: Part, values: readonly string[], guild: GuildState): string | null {
  if (values.some((value) => !offers(part, value, guild))) return 'a value that is not offered';
  if (new Set(values).size < values.length) return 'a value twice';
  if (values.length < (part.min_values ?? 1) || values.length > (part.max_values ?? 1))
    return 'too few or too many values';
  return null;
}

/** Whether a menu has the value: one of its own options, or an id of the kind that Discord fills it with. */
function offers({ type, options, channel_types }: Part, value: string, guild: GuildState): boolean {
  const channel = channelOf(guild, value);
  const [isMember, isRole] = [memberOf(guild, value) !== undefined, guild.roles.some(({ id }) => id === value)];
  switch (type) {
    case PartType.userSelect:
      return isMember;
    case PartType.roleSelect:
      return isRole;
    case PartType.mentionableSelect:
      return isMember || isRole;
    case PartType.channelSelect:
      return channel !== undefined && (channel_types?.includes(CHANNEL_TYPES[channel.kind]) ?? true);
    default:
      return options?.some((option) => option.value === value) === true;
  }
}

/**
 * A modal as Discord submits it: every field with what was typed into it, or with what it was filled with beforehand.
 *
 * @throws Error in words when a field is not there, empty though required, too short or too long
 */
export function filledIn(components: readonly unknown[], values: Readonly<Record<string, string>>): object[] {
  const parts = components as readonly Part[];
  const fields = parts.map(({ component, components: inner }) => component ?? inner?.[0]);
  const unknown = Object.keys(values).find((name) => !fields.some((field) => field?.custom_id === name));
  if (unknown !== undefined) throw new Error(`there is no field "${unknown}"`);
  return parts.flatMap((part, index): object[] => {
    const field = fields[index];
    if (field === undefined) return part.type === PartType.textDisplay ? [{ type: part.type, id: index + 1 }] : [];
    const filled = { type: field.type, custom_id: field.custom_id, ...filling(field, values) };
    return [part.type === PartType.label ? { type: part.type, component: filled } : { type: 1, components: [filled] }];
  });
}

const MOST_CHARACTERS = 4_000;

function filling(field: Part, values: Readonly<Record<string, string>>): { value: string } {
  const { type, custom_id: name = '', required = true, min_length = 0, max_length = MOST_CHARACTERS } = field;
  if (type !== PartType.textInput) throw new Error(`nothing can be typed into "${name}"`);
  const value = values[name] ?? field.value ?? '';
  if (value === '' && required) throw new Error(`"${name}" is required`);
  if (value.length > max_length) throw new Error(`"${name}" is too long`);
  if (value !== '' && value.length < min_length) throw new Error(`"${name}" is too short`);
  return { value };
}
