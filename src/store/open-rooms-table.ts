/**
 * Voice rooms that are open, or were when the process was killed: what it takes to come back into the channel and the
 * conversation. Of what was said nothing is in here: a handle is of use at the Live service alone.
 */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { StoredRoom } from './store.ts';

const HandleRow = z.object({ handle: z.string(), handle_model: z.string(), handle_issued_at: z.number() });

const RoomRow = z.object({
  room_id: z.string(),
  guild_id: z.string(),
  channel_id: z.string(),
  origin_id: z.string().nullable(),
  opened_at: z.number(),
  conversation_since: z.number().nullable(),
  alive_at: z.number(),
});

const COLUMNS =
  'room_id, guild_id, channel_id, origin_id, handle, handle_model, handle_issued_at, opened_at, conversation_since, alive_at';

export interface OpenRoomsTable {
  all(): readonly StoredRoom[];
  save(room: StoredRoom): void;
  remove(roomId: string): void;
}

export function createOpenRoomsTable(database: DatabaseSync): OpenRoomsTable {
  const all = database.prepare(`SELECT ${COLUMNS} FROM open_rooms ORDER BY opened_at, room_id`);
  const save = database.prepare(`INSERT OR REPLACE INTO open_rooms (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const remove = database.prepare('DELETE FROM open_rooms WHERE room_id = ?');

  return {
    all: () => all.all().map(storedRoom),
    save({ roomId, guildId, channelId, originId, handle, openedAt, conversationSince, aliveAt }) {
      const { value = null, model = null, issuedAt = null } = handle ?? {};
      const times = [issuedAt, openedAt, conversationSince, aliveAt].map((at) => (at === null ? null : Math.round(at)));
      save.run(roomId, guildId, channelId, originId, value, model, ...times);
    },
    remove: (roomId) => void remove.run(roomId),
  };
}

function storedRoom(row: unknown): StoredRoom {
  const room = RoomRow.parse(row);
  // All three or none of them: `handle` is null where there is none.
  const { success, data } = HandleRow.safeParse(row);
  return {
    roomId: room.room_id,
    guildId: room.guild_id,
    channelId: room.channel_id,
    originId: room.origin_id,
    handle: success ? { value: data.handle, model: data.handle_model, issuedAt: data.handle_issued_at } : null,
    openedAt: room.opened_at,
    conversationSince: room.conversation_since,
    aliveAt: room.alive_at,
  };
}
