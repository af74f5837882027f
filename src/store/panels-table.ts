/**
 * Messages with controls that have not been switched off.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { StoredPanel } from './store.ts';

export interface PanelsTable {
  all(): readonly StoredPanel[];
  save(panel: StoredPanel): void;
  remove(messageId: string): void;
}

export function createPanelsTable(database: DatabaseSync): PanelsTable {
  const all = database.prepare('SELECT guild_id, channel_id, message_id, language FROM panels ORDER BY message_id');
  const save = database.prepare(
    `INSERT INTO panels (message_id, guild_id, channel_id, language) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET guild_id = excluded.guild_id, channel_id = excluded.channel_id, language = excluded.language`,
  );
  const remove = database.prepare('DELETE FROM panels WHERE message_id = ?');

  return {
    all: () =>
      all.all().map((row) => ({
        guildId: String(row['guild_id']),
        channelId: String(row['channel_id']),
        messageId: String(row['message_id']),
        language: String(row['language']),
      })),
    save: ({ messageId, guildId, channelId, language }) => void save.run(messageId, guildId, channelId, language),
    remove: (messageId) => void remove.run(messageId),
  };
}
