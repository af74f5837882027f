/**
 * What was said in rooms whose server has the transcript switched on, and where it is written down.
 */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { StoredConversation, StoredTurn, TranscriptTarget } from './store.ts';

/**
 * Turns kept of one server, the newest. A lively hour has some 300, so that a week of two hours a day fits; with 200 characters
 * each they take about 1.5 MB.
 */
export const TURNS_A_GUILD = 5_000;

/** A row is what some version of this program wrote: names that cannot be read are none. */
const Speakers = z.array(z.object({ id: z.string(), name: z.string() })).catch([]);

export interface TranscriptsTables {
  target(guildId: string): TranscriptTarget | null;
  saveTarget(guildId: string, target: TranscriptTarget | null): void;
  /** The oldest of a guild that has too many go. */
  add(turns: readonly StoredTurn[]): void;
  conversations(guildId: string): readonly StoredConversation[];
  turns(guildId: string, roomId: string): readonly StoredTurn[];
  /** Returns how many went. */
  deleteBefore(at: number): number;
}

export function createTranscriptsTables(database: DatabaseSync): TranscriptsTables {
  const turns = turnStatements(database);
  return {
    ...targetTable(database),
    add(added) {
      for (const turn of added) turns.insert(turn);
      for (const guildId of new Set(added.map((turn) => turn.guildId))) turns.cut(guildId);
    },
    conversations: turns.conversations,
    turns: turns.of,
    deleteBefore: turns.deleteBefore,
  };
}

function targetTable(database: DatabaseSync): Pick<TranscriptsTables, 'target' | 'saveTarget'> {
  const select = database.prepare(
    'SELECT channel_id, switched_on_by, place_id, place_name FROM transcript_targets WHERE guild_id = ?',
  );
  const upsert = database.prepare(
    `INSERT INTO transcript_targets (guild_id, channel_id, switched_on_by, place_id, place_name) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET channel_id = excluded.channel_id, switched_on_by = excluded.switched_on_by,
       place_id = excluded.place_id, place_name = excluded.place_name`,
  );
  const remove = database.prepare('DELETE FROM transcript_targets WHERE guild_id = ?');

  return {
    target(guildId) {
      const row = select.get(guildId);
      if (row === undefined) return null;
      const { place_id: id, place_name: name } = row;
      return {
        channelId: String(row['channel_id']),
        switchedOnBy: String(row['switched_on_by']),
        place: typeof id === 'string' && typeof name === 'string' ? { id, name } : null,
      };
    },
    saveTarget(guildId, target) {
      if (target === null) return void remove.run(guildId);
      const { channelId, switchedOnBy, place } = target;
      upsert.run(guildId, channelId, switchedOnBy, place?.id ?? null, place?.name ?? null);
    },
  };
}

function turnStatements(database: DatabaseSync) {
  const insert = database.prepare(
    `INSERT INTO transcript_turns (guild_id, room_id, channel_id, at, role, speakers, text, interrupted)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const cut = database.prepare(
    `DELETE FROM transcript_turns WHERE guild_id = ?1 AND id <=
       (SELECT id FROM transcript_turns WHERE guild_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET ${TURNS_A_GUILD})`,
  );
  const conversations = database.prepare(
    `SELECT room_id, channel_id, MIN(at) AS first_at, MAX(at) AS last_at FROM transcript_turns
     WHERE guild_id = ? GROUP BY room_id, channel_id ORDER BY MAX(id) DESC`,
  );
  const of = database.prepare('SELECT * FROM transcript_turns WHERE guild_id = ? AND room_id = ? ORDER BY id');
  const deleteBefore = database.prepare('DELETE FROM transcript_turns WHERE at < ?');

  return {
    insert: (it: StoredTurn) =>
      void insert.run(
        ...[it.guildId, it.roomId, it.channelId, Math.round(it.at), it.role],
        ...[JSON.stringify(it.speakers), it.text, it.interrupted ? 1 : 0],
      ),
    cut: (guildId: string) => void cut.run(guildId),
    conversations: (guildId: string) =>
      conversations.all(guildId).map(
        (row): StoredConversation => ({
          roomId: String(row['room_id']),
          channelId: String(row['channel_id']),
          firstAt: Number(row['first_at']),
          lastAt: Number(row['last_at']),
        }),
      ),
    of: (guildId: string, roomId: string) => of.all(guildId, roomId).map(toTurn),
    deleteBefore: (at: number) => Number(deleteBefore.run(Math.round(at)).changes),
  };
}

function toTurn(row: Readonly<Record<string, unknown>>): StoredTurn {
  return {
    guildId: String(row['guild_id']),
    roomId: String(row['room_id']),
    channelId: String(row['channel_id']),
    at: Number(row['at']),
    role: row['role'] === 'model' ? 'model' : 'user',
    speakers: Speakers.parse(parsed(String(row['speakers']))),
    text: String(row['text']),
    interrupted: row['interrupted'] === 1,
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
