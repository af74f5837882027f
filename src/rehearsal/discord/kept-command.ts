/**
 * A command as Discord keeps it and gives it back: not as it was written, but with what was left out filled in, and what says nothing
 * left out. A bot that compares its commands with these has to see through that.
 */
import type { CommandBody, CommandOption } from './commands.ts';

/** What is given back with `with_localizations` only; null where there are none. */
const LOCALIZED = ['name', 'description'] as const;

/** @param guildId null for a command of everywhere */
export function keptCommand(body: CommandBody, applicationId: string, guildId: string | null): CommandBody {
  const { options = [], ...rest } = body;
  return {
    ...rest,
    ...withLocalizations(rest, LOCALIZED),
    application_id: applicationId,
    type: body.type ?? 1,
    description: body.description ?? '',
    default_member_permissions: body.default_member_permissions ?? null,
    nsfw: body['nsfw'] ?? false,
    contexts: body.contexts ?? null,
    integration_types: body['integration_types'] ?? [0],
    ...(options.length > 0 ? { options: options.map(keptOption) } : {}),
    ...(guildId === null ? { dm_permission: body.contexts === undefined } : { guild_id: guildId }),
  };
}

function keptOption(option: CommandOption): CommandOption {
  const { options = [], choices = [] } = option;
  return {
    ...(withoutNothings(option) as CommandOption),
    ...withLocalizations(option, LOCALIZED),
    ...(choices.length > 0 ? { choices: choices.map((one) => ({ ...one, ...withLocalizations(one, ['name']) })) } : {}),
    ...(options.length > 0 ? { options: options.map(keptOption) } : {}),
  };
}

/** Without falses, nulls and empty lists. */
function withoutNothings(option: object): object {
  const saysNothing = (value: unknown): boolean =>
    value === false || value == null || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(option).filter(([, value]) => !saysNothing(value)));
}

function withLocalizations(of: object, words: readonly string[]): object {
  const said: Readonly<Record<string, unknown>> = { ...of };
  return Object.fromEntries(words.map((word) => [`${word}_localizations`, said[`${word}_localizations`] ?? null]));
}

/** Whether two lists say the same, in whatever order their commands and fields are. */
export function saysTheSame(one: readonly object[], other: readonly object[]): boolean {
  const written = (list: readonly object[]): string =>
    JSON.stringify(list.map((each) => JSON.stringify(sorted(each))).sort());
  return written(one) === written(other);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
