/**
 * What servers have set for the chat, and how conversations of channels go on.
 */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { type ChatSettings, type StoredTextRoom, TEXT_ROOM_KEPT_MS } from './chat.ts';

const SettingsRow = z.object({
  guild_id: z.string(),
  channel_id: z.string().nullable(),
  images: z.enum(['low', 'medium', 'high']).catch('medium'),
});

const RoomRow = z.object({
  channel_id: z.string(),
  guild_id: z.string(),
  handle: z.string(),
  handle_model: z.string(),
  handle_issued_at: z.number(),
  used_at: z.number(),
});

export interface ChatTables {
  settings(): readonly (ChatSettings & { readonly guildId: string })[];
  saveSettings(guildId: string, settings: ChatSettings): void;
  room(channelId: string): StoredTextRoom | null;
  saveRoom(room: StoredTextRoom): void;
  removeRoom(channelId: string): void;
}

export function createChatTables(database: DatabaseSync): ChatTables {
  const settings = database.prepare('SELECT guild_id, channel_id, images FROM chat_settings');
  const saveSettings = database.prepare(
    'INSERT OR REPLACE INTO chat_settings (guild_id, channel_id, images) VALUES (?, ?, ?)',
  );
  const room = database.prepare('SELECT * FROM text_rooms WHERE channel_id = ?');
  const saveRoom = database.prepare(
    `INSERT OR REPLACE INTO text_rooms (channel_id, guild_id, handle, handle_model, handle_issued_at, used_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const removeRoom = database.prepare('DELETE FROM text_rooms WHERE channel_id = ?');
  const removeOld = database.prepare('DELETE FROM text_rooms WHERE used_at < ?');

  return {
    settings: () =>
      settings.all().map((row) => {
        const { guild_id, channel_id, images } = SettingsRow.parse(row);
        return { guildId: guild_id, channelId: channel_id, images };
      }),
    saveSettings: (guildId, { channelId, images }) => void saveSettings.run(guildId, channelId, images),
    room: (channelId) => {
      const row = room.get(channelId);
      return row === undefined ? null : storedRoom(row);
    },
    saveRoom({ channelId, guildId, handle: { value, model, issuedAt }, usedAt }) {
      removeOld.run(Math.round(usedAt - TEXT_ROOM_KEPT_MS));
      saveRoom.run(channelId, guildId, value, model, Math.round(issuedAt), Math.round(usedAt));
    },
    removeRoom: (channelId) => void removeRoom.run(channelId),
  };
}

function storedRoom(row: unknown): StoredTextRoom {
  const room = RoomRow.parse(row);
  return {
    guildId: room.guild_id,
    channelId: room.channel_id,
    handle: { value: room.handle, model: room.handle_model, issuedAt: room.handle_issued_at },
    usedAt: room.used_at,
  };
}
