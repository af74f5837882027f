/**
 * What guilds used, by UTC day; tokens also by room, model, kind and modality.
 */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { TokenCount, TokenEntry, Usage, UsageEntry, UsageQuery, UsageReport } from './store.ts';

/**
 * How many days of use are kept: a month can be compared with the same month a year ago, and no more is of use to anybody.
 * A guild with ten rooms a day fills some 12 kB a day, so that even then it stays at 5 MB.
 */
export const USAGE_DAYS = 400;

const DAY_MS = 86_400_000;

const CountRow = z.object({
  model: z.string(),
  kind: z.enum(['prompt', 'response', 'thoughts']),
  modality: z.enum(['TEXT', 'IMAGE', 'VIDEO', 'AUDIO', 'DOCUMENT']),
  tokens: z.number(),
});

export interface UsageTables {
  ofDay(guildId: string, day: string): Usage;
  add(usage: readonly UsageEntry[], tokens: readonly TokenEntry[]): void;
  /** Deletes what is older than `USAGE_DAYS` on `day` (`YYYY-MM-DD`). Goes through all rows: 0.1 s for a million of them. */
  prune(day: string): void;
  report(guildId: string, query: UsageQuery): UsageReport;
}

export function createUsageTables(database: DatabaseSync): UsageTables {
  const ofDay = database.prepare('SELECT voice_ms, tokens FROM usage WHERE guild_id = ? AND day = ?');
  const since = database.prepare('SELECT SUM(voice_ms) AS voice_ms FROM usage WHERE guild_id = ? AND day >= ?');
  const addUse = database.prepare(
    `INSERT INTO usage (guild_id, day, voice_ms, tokens) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET voice_ms = voice_ms + excluded.voice_ms, tokens = tokens + excluded.tokens`,
  );
  const addTokens = database.prepare(
    `INSERT INTO token_usage (guild_id, day, room_id, model, kind, modality, tokens) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET tokens = tokens + excluded.tokens`,
  );
  const counts = database.prepare(
    `SELECT model, kind, modality, SUM(tokens) AS tokens FROM token_usage
     WHERE guild_id = ?1 AND day >= ?2 AND (?3 IS NULL OR room_id = ?3) GROUP BY model, kind, modality`,
  );
  const prunings = ['usage', 'token_usage'].map((table) => database.prepare(`DELETE FROM ${table} WHERE day < ?`));

  return {
    ofDay(guildId, day) {
      const row = ofDay.get(guildId, day);
      return { voiceMs: Number(row?.['voice_ms'] ?? 0), tokens: Number(row?.['tokens'] ?? 0) };
    },
    add(usage, tokens) {
      for (const it of usage) addUse.run(it.guildId, it.day, Math.round(it.voiceMs), Math.round(it.tokens));
      for (const it of tokens) {
        addTokens.run(it.guildId, it.day, it.roomId, it.model, it.kind, it.modality, Math.round(it.tokens));
      }
    },
    prune(day) {
      const first = new Date(Date.parse(day) - USAGE_DAYS * DAY_MS).toISOString().slice(0, 10);
      for (const pruning of prunings) pruning.run(first);
    },
    report(guildId, { fromDay, roomId = null }) {
      const voiceMs = roomId === null ? Number(since.get(guildId, fromDay)?.['voice_ms'] ?? 0) : 0;
      const rows = counts.all(guildId, fromDay, roomId);
      return { voiceMs, tokens: rows.map((row): TokenCount => CountRow.parse(row)) };
    },
  };
}
