/**
 * The store in a SQLite file, through `node:sqlite`: reads and writes are synchronous and take microseconds; what can take
 * longer, a lock of another process, is waited for off the event loop.
 */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { ParleyError } from '../errors.ts';
import type { Clock } from '../types/clock.ts';
import { DEFAULT_SETTINGS, type RoomSettings } from '../types/settings.ts';
import { openDatabase } from './open-database.ts';
import { sqliteFault } from './sqlite-error.ts';
import type { Store, StoredSettings, Usage } from './store.ts';

/**
 * Waits between attempts to write while somebody else holds the lock, ms. With SQLite's own 50 ms a try: about two seconds in
 * all, longer than a backup or a person with `sqlite3` usually takes, and short enough for a command's answer.
 */
const RETRY_DELAYS_MS = [50, 150, 400, 1000];

/** A row is what some version of this program wrote: anything in it that does not fit is the default again. */
const SettingsRow = z
  .object({
    voice: z.string().catch(DEFAULT_SETTINGS.voice),
    language: z.string().catch(DEFAULT_SETTINGS.language),
    persona: z.string().catch(DEFAULT_SETTINGS.persona),
    pauseMs: z.number().min(300).max(2000).catch(DEFAULT_SETTINGS.pauseMs),
    interrupt: z.enum(['off', 'careful', 'quick']).catch(DEFAULT_SETTINGS.interrupt),
  })
  .catch(DEFAULT_SETTINGS);

/**
 * @param path of the file, or `:memory:`
 * @throws ParleyError `STORE_UNUSABLE`
 */
export function openSqliteStore(path: string, clock: Clock): Store {
  const { database, readOnly } = openDatabase(path);
  const statements = prepare(database);

  const readSettings = (guildId: string): StoredSettings => {
    const row = statements.settings.get(guildId);
    if (row === undefined) return { settings: DEFAULT_SETTINGS, revision: 0 };
    return { settings: parseSettings(String(row['settings'])), revision: Number(row['revision']) };
  };

  const write = async <T>(change: () => T): Promise<T> => {
    if (readOnly) throw new ParleyError('STORE_WRITE_FAILED');
    for (const delayMs of [...RETRY_DELAYS_MS, null]) {
      try {
        return transaction(database, change);
      } catch (error) {
        if (delayMs === null || sqliteFault(error) !== 'locked')
          throw new ParleyError('STORE_WRITE_FAILED', { cause: error });
        await new Promise<void>((resolve) => clock.after(delayMs, resolve));
      }
    }
    throw new ParleyError('STORE_WRITE_FAILED');
  };

  return {
    readOnly,
    async usage(guildId, day): Promise<Usage> {
      const row = statements.usage.get(guildId, day);
      return { voiceMs: Number(row?.['voice_ms'] ?? 0), tokens: Number(row?.['tokens'] ?? 0) };
    },
    addUsage: (entries) =>
      write(() => {
        for (const { guildId, day, voiceMs, tokens } of entries) {
          statements.addUsage.run(guildId, day, Math.round(voiceMs), Math.round(tokens));
        }
      }),
    settings: async (guildId) => readSettings(guildId),
    saveSettings: (guildId, change) =>
      write(() => {
        const before = readSettings(guildId);
        const after = { settings: { ...before.settings, ...change }, revision: before.revision + 1 };
        statements.saveSettings.run(guildId, JSON.stringify(after.settings), after.revision);
        return after;
      }),
    close() {
      if (database.isOpen) database.close();
    },
  };
}

function prepare(database: DatabaseSync) {
  return {
    usage: database.prepare('SELECT voice_ms, tokens FROM usage WHERE guild_id = ? AND day = ?'),
    addUsage: database.prepare(
      `INSERT INTO usage (guild_id, day, voice_ms, tokens) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET voice_ms = voice_ms + excluded.voice_ms, tokens = tokens + excluded.tokens`,
    ),
    settings: database.prepare('SELECT settings, revision FROM guild_settings WHERE guild_id = ?'),
    saveSettings: database.prepare(
      `INSERT INTO guild_settings (guild_id, settings, revision) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET settings = excluded.settings, revision = excluded.revision`,
    ),
  };
}

function transaction<T>(database: DatabaseSync, change: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = change();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function parseSettings(text: string): RoomSettings {
  try {
    return SettingsRow.parse(JSON.parse(text));
  } catch {
    return DEFAULT_SETTINGS;
  }
}
