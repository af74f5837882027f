/**
 * Tells Discord which commands there are: asks what it has, and writes the whole list once, only when something differs.
 */
import { type APIApplicationCommand, type REST, Routes } from 'discord.js';

export type SyncResult = 'unchanged' | 'updated';

/**
 * Whether this process is the one that tells Discord. Where several share a bot, each runs shards of its own, and exactly one of
 * them runs shard 0, which every bot has: no agreement between them is needed, and a new list is written once, not once a process.
 *
 * @param shards of this process, by their number
 */
export function registersCommands(shards: Pick<ReadonlyMap<number, unknown>, 'has'>): boolean {
  return shards.has(0);
}

/**
 * @param guildId registers there only, at once; null registers everywhere
 * @throws DiscordAPIError what Discord objects to; 50001 for a guild that the bot is not in
 */
export async function syncCommands(
  rest: REST,
  applicationId: string,
  guildId: string | null,
  commands: readonly { readonly body: object }[],
): Promise<SyncResult> {
  const route =
    guildId === null
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, guildId);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const remote = (await rest.get(route, { query })) as readonly APIApplicationCommand[];
  const local = commands.map(({ body }) => body);
  if (sameCommands(local, remote)) return 'unchanged';
  await rest.put(route, { body: local });
  return 'updated';
}

/** What of a command is ours to say; ids, versions and the like are Discord's. */
const COMMAND_FIELDS = [
  'type',
  'name',
  'name_localizations',
  'description',
  'description_localizations',
  'options',
  'default_member_permissions',
  'contexts',
  'integration_types',
  'nsfw',
];

/** Whether the two lists say the same, in whatever order and with whatever defaults spelt out. */
export function sameCommands(local: readonly object[], remote: readonly object[]): boolean {
  const normal = (list: readonly object[]) =>
    list.map((command) => JSON.stringify(pruned(pick(command, COMMAND_FIELDS)))).sort();
  return JSON.stringify(normal(local)) === JSON.stringify(normal(remote));
}

function pick(object: object, fields: readonly string[]): object {
  return Object.fromEntries(Object.entries(object).filter(([name]) => fields.includes(name)));
}

/** Sorted keys, and without what means the same as absence: Discord fills in nulls, falses and empty lists. */
function pruned(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => pruned(item));
    // The order of options and choices is what members see; that of contexts means nothing.
    return key === 'contexts' || key === 'integration_types' || key === 'channel_types' ? items.sort() : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .map(([name, item]) => [name, pruned(item, name)] as const)
    .filter(([, item]) => !meansNothing(item))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries);
}

function meansNothing(value: unknown): boolean {
  // The description of a command in a menu is always empty.
  if (value === null || value === undefined || value === false || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
