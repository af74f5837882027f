/**
 * Which guilds anything is stored of, and since when the bot has been gone from them.
 */
import type { DatabaseSync } from 'node:sqlite';

/** Every table with rows of guilds: with them all that is known of a guild goes. */
const TABLES = [
  'guild_settings',
  'usage',
  'token_usage',
  'panels',
  'open_rooms',
  'transcript_targets',
  'transcript_turns',
  'reminders',
  'chat_settings',
  'text_rooms',
  'departed_guilds',
] as const;

export interface GuildTables {
  ids(): readonly string[];
  gone(guildId: string, at: number): void;
  back(guildId: string): void;
  goneBefore(at: number): readonly string[];
  forget(guildId: string): void;
}

export function createGuildTables(database: DatabaseSync): GuildTables {
  const ids = database.prepare(TABLES.map((table) => `SELECT guild_id FROM ${table}`).join(' UNION '));
  const gone = database.prepare('INSERT INTO departed_guilds (guild_id, gone_at) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const back = database.prepare('DELETE FROM departed_guilds WHERE guild_id = ?');
  const goneBefore = database.prepare('SELECT guild_id FROM departed_guilds WHERE gone_at < ?');
  const deletions = TABLES.map((table) => database.prepare(`DELETE FROM ${table} WHERE guild_id = ?`));
  const idOf = (row: Readonly<Record<string, unknown>>): string => String(row['guild_id']);

  return {
    ids: () => ids.all().map(idOf),
    gone: (guildId, at) => void gone.run(guildId, Math.round(at)),
    back: (guildId) => void back.run(guildId),
    goneBefore: (at) => goneBefore.all(Math.round(at)).map(idOf),
    forget(guildId) {
      for (const deletion of deletions) deletion.run(guildId);
    },
  };
}
