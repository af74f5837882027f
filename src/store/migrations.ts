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
    database.exec('ROLLBACK');
    throw error;
  }
}
