/**
 * The shape of the database, as numbered steps. A step that was released is never changed: another is added.
 * `PRAGMA user_version` is the number of steps a file has seen.
 */
import type { DatabaseSync } from 'node:sqlite';

/** `Prly` in `PRAGMA application_id`: a database of somebody else is not written to. */
export const APPLICATION_ID = 0x50726c79;

const STEPS: readonly string[] = [
  `CREATE TABLE usage (
     guild_id TEXT NOT NULL,
     day TEXT NOT NULL,
     voice_ms INTEGER NOT NULL DEFAULT 0,
     tokens INTEGER NOT NULL DEFAULT 0,
     PRIMARY KEY (guild_id, day)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE guild_settings (
     guild_id TEXT PRIMARY KEY,
     settings TEXT NOT NULL,
     revision INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE token_usage (
     guild_id TEXT NOT NULL,
     day TEXT NOT NULL,
     room_id TEXT NOT NULL,
     model TEXT NOT NULL,
     kind TEXT NOT NULL,
     modality TEXT NOT NULL,
     tokens INTEGER NOT NULL,
     PRIMARY KEY (guild_id, day, room_id, model, kind, modality)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE opt_outs (
     user_id TEXT PRIMARY KEY
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE panels (
     message_id TEXT PRIMARY KEY,
     guild_id TEXT NOT NULL,
     channel_id TEXT NOT NULL,
     language TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE departed_guilds (
     guild_id TEXT PRIMARY KEY,
     gone_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE open_rooms (
     room_id TEXT PRIMARY KEY,
     guild_id TEXT NOT NULL,
     channel_id TEXT NOT NULL,
     origin_id TEXT,
     handle TEXT,
     handle_model TEXT,
     handle_issued_at INTEGER,
     opened_at INTEGER NOT NULL,
     conversation_since INTEGER,
     alive_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE transcript_targets (
     guild_id TEXT PRIMARY KEY,
     channel_id TEXT NOT NULL,
     switched_on_by TEXT NOT NULL,
     place_id TEXT,
     place_name TEXT
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE transcript_turns (
     id INTEGER PRIMARY KEY,
     guild_id TEXT NOT NULL,
     room_id TEXT NOT NULL,
     channel_id TEXT NOT NULL,
     at INTEGER NOT NULL,
     role TEXT NOT NULL,
     speakers TEXT NOT NULL,
     text TEXT NOT NULL,
     interrupted INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX transcript_turns_of_guild ON transcript_turns (guild_id, id);
   CREATE INDEX transcript_turns_by_age ON transcript_turns (at);`,
  `CREATE TABLE reminders (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     guild_id TEXT NOT NULL,
     channel_id TEXT NOT NULL,
     owner_id TEXT,
     what TEXT NOT NULL,
     set_at INTEGER NOT NULL,
     due_at INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX reminders_of_guild ON reminders (guild_id, due_at);
   CREATE INDEX reminders_by_due ON reminders (due_at);`,
  `CREATE TABLE chat_settings (
     guild_id TEXT PRIMARY KEY,
     channel_id TEXT,
     images TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE text_rooms (
     channel_id TEXT PRIMARY KEY,
     guild_id TEXT NOT NULL,
     handle TEXT NOT NULL,
     handle_model TEXT NOT NULL,
     handle_issued_at INTEGER NOT NULL,
     used_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;`,
];

export const SCHEMA_VERSION = STEPS.length;

/** Brings a database of `version` to the present one, whole or not at all. */
export function migrate(database: DatabaseSync, version: number): void {
  // IMMEDIATE also where there is no step to take: it is how a lock of another process shows at start-up.
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const step of STEPS.slice(version)) database.exec(step);
    if (version < SCHEMA_VERSION) {
      database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}`);
    }
    database.exec('COMMIT');
  } catch (error) {
    // SQLite ends the transaction itself after some errors, such as a full disk.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
