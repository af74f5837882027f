/**
 * The reminders of all guilds.
 */
import type { DatabaseSync } from 'node:sqlite';
import {
  REMINDERS_A_GUILD,
  REMINDERS_A_MEMBER,
  type ReminderOutlook,
  type RemindersFull,
  type StoredReminder,
} from './reminders.ts';

export interface RemindersTable {
  add(reminder: Omit<StoredReminder, 'id'>): number | RemindersFull;
  ofGuild(guildId: string): readonly StoredReminder[];
  outlook(at: number): ReminderOutlook;
  remove(guildId: string, id: number): boolean;
}

export function createRemindersTable(database: DatabaseSync): RemindersTable {
  const insert = database.prepare(
    'INSERT INTO reminders (guild_id, channel_id, owner_id, what, set_at, due_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const counts = database.prepare(
    'SELECT COUNT(*) AS all_of_guild, SUM(owner_id IS ?2) AS of_owner FROM reminders WHERE guild_id = ?1',
  );
  const ofGuild = database.prepare('SELECT * FROM reminders WHERE guild_id = ? ORDER BY due_at, id');
  const due = database.prepare('SELECT * FROM reminders WHERE due_at <= ? ORDER BY due_at, id');
  const next = database.prepare('SELECT MIN(due_at) AS due_at FROM reminders WHERE due_at > ?');
  const remove = database.prepare('DELETE FROM reminders WHERE guild_id = ? AND id = ?');

  return {
    add({ guildId, channelId, ownerId, what, setAt, dueAt }) {
      const there = counts.get(guildId, ownerId);
      if (Number(there?.['all_of_guild'] ?? 0) >= REMINDERS_A_GUILD) return 'guild';
      if (Number(there?.['of_owner'] ?? 0) >= REMINDERS_A_MEMBER) return 'member';
      const added = insert.run(guildId, channelId, ownerId, what, Math.round(setAt), Math.round(dueAt));
      return Number(added.lastInsertRowid);
    },
    ofGuild: (guildId) => ofGuild.all(guildId).map(toReminder),
    outlook(at) {
      const nextAt = next.get(Math.round(at))?.['due_at'];
      return { due: due.all(Math.round(at)).map(toReminder), nextAt: typeof nextAt === 'number' ? nextAt : null };
    },
    remove: (guildId, id) => Number(remove.run(guildId, id).changes) > 0,
  };
}

function toReminder(row: Readonly<Record<string, unknown>>): StoredReminder {
  const { owner_id: ownerId } = row;
  return {
    id: Number(row['id']),
    guildId: String(row['guild_id']),
    channelId: String(row['channel_id']),
    ownerId: typeof ownerId === 'string' ? ownerId : null,
    what: String(row['what']),
    setAt: Number(row['set_at']),
    dueAt: Number(row['due_at']),
  };
}
