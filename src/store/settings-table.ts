/**
 * What guilds have set, one row each.
 */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { DEFAULT_SETTINGS, type RoomSettings } from '../types/settings.ts';
import type { SettingsChange, SettingsSaved, StoredSettings } from './store.ts';

/** A row is what some version of this program wrote: anything in it that does not fit is the default again. */
const SettingsRow = z
  .object({
    voice: z.string().catch(DEFAULT_SETTINGS.voice),
    language: z.string().catch(DEFAULT_SETTINGS.language),
    persona: z.string().catch(DEFAULT_SETTINGS.persona),
    pauseMs: z.number().min(300).max(2000).catch(DEFAULT_SETTINGS.pauseMs),
    interrupt: z.enum(['off', 'careful', 'quick']).catch(DEFAULT_SETTINGS.interrupt),
    tools: z.record(z.string(), z.unknown()).catch({}).transform(onlySwitches),
  })
  .catch(DEFAULT_SETTINGS);

export interface SettingsTable {
  read(guildId: string): StoredSettings;
  save(guildId: string, change: SettingsChange): SettingsSaved;
}

export function createSettingsTable(database: DatabaseSync): SettingsTable {
  const select = database.prepare('SELECT settings, revision FROM guild_settings WHERE guild_id = ?');
  const upsert = database.prepare(
    `INSERT INTO guild_settings (guild_id, settings, revision) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET settings = excluded.settings, revision = excluded.revision`,
  );

  const read = (guildId: string): StoredSettings => {
    const row = select.get(guildId);
    if (row === undefined) return { settings: DEFAULT_SETTINGS, revision: 0 };
    return { settings: parseSettings(String(row['settings'])), revision: Number(row['revision']) };
  };

  return {
    read,
    save(guildId, change) {
      const before = read(guildId);
      const tools = { ...before.settings.tools, ...change.tools };
      const after = { settings: { ...before.settings, ...change, tools }, revision: before.revision + 1 };
      upsert.run(guildId, JSON.stringify(after.settings), after.revision);
      return { before, after };
    },
  };
}

function parseSettings(text: string): RoomSettings {
  try {
    return SettingsRow.parse(JSON.parse(text));
  } catch {
    return DEFAULT_SETTINGS;
  }
}

function onlySwitches(tools: Readonly<Record<string, unknown>>): Readonly<Record<string, boolean>> {
  return Object.fromEntries(
    Object.entries(tools).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'),
  );
}
