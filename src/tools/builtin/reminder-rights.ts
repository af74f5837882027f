/**
 * Whose a reminder is, and who may see it and take it back.
 *
 * It belongs to the one who asked for it. When several people spoke at once, or it is not known who did, it cannot be told whose it
 * is: then it is nobody's, nobody is pinged, and anybody may take it back. Nobody gets at another's by speaking over them: all who
 * spoke must be allowed to.
 */
import type { ToolContext } from '../define-tool.ts';
import type { GuildActions, Reminder } from '../guild-actions.ts';

export function ownerOf(actorIds: readonly string[]): string | null {
  const [first, ...others] = actorIds;
  return others.length === 0 ? (first ?? null) : null;
}

/** Those that everybody who spoke may see and take back. */
export async function withinReach(
  reminders: readonly Reminder[],
  { actorIds, guild }: Pick<ToolContext, 'actorIds' | 'guild'>,
): Promise<readonly Reminder[]> {
  const managers = await managersAmong(actorIds, guild);
  return reminders.filter(
    ({ ownerId }) =>
      ownerId === null ||
      (actorIds.length > 0 && actorIds.every((actorId) => actorId === ownerId || managers.has(actorId))),
  );
}

async function managersAmong(ids: readonly string[], guild: GuildActions): Promise<ReadonlySet<string>> {
  const found = await Promise.all(ids.map(async (id) => ((await guild.mayManage(id)) ? [id] : [])));
  return new Set(found.flat());
}
