/**
 * Use that adds up in memory: by guild and day, tokens also by room, model, kind and modality.
 */
import type { TokenCount, TokenEntry, Usage, UsageEntry, UsageQuery, UsageReport } from './store.ts';

export interface UsageTally {
  readonly isEmpty: boolean;
  readonly usage: readonly UsageEntry[];
  readonly tokens: readonly TokenEntry[];
  add(usage: readonly UsageEntry[], tokens: readonly TokenEntry[]): void;
  ofDay(guildId: string, day: string): Usage;
  report(guildId: string, query: UsageQuery): UsageReport;
  forgetOtherDays(day: string): void;
}

const NOTHING: Usage = { voiceMs: 0, tokens: 0 };

export function createUsageTally(): UsageTally {
  const usage = new Map<string, UsageEntry>();
  const tokens = new Map<string, TokenEntry>();

  return {
    get isEmpty() {
      return usage.size === 0 && tokens.size === 0;
    },
    get usage() {
      return [...usage.values()];
    },
    get tokens() {
      return [...tokens.values()];
    },
    add(uses, counts) {
      for (const it of uses) {
        const key = `${it.guildId} ${it.day}`;
        usage.set(key, { ...it, ...addUsages(usage.get(key) ?? NOTHING, it) });
      }
      for (const it of counts) {
        const key = `${it.guildId} ${it.day} ${it.roomId} ${countKey(it)}`;
        tokens.set(key, { ...it, tokens: (tokens.get(key)?.tokens ?? 0) + it.tokens });
      }
    },
    ofDay: (guildId, day) => usage.get(`${guildId} ${day}`) ?? NOTHING,
    report(guildId, { fromDay, roomId }) {
      const fits = (it: UsageEntry | TokenEntry): boolean => it.guildId === guildId && it.day >= fromDay;
      const uses = roomId === undefined ? [...usage.values()].filter(fits) : [];
      const counts = [...tokens.values()].filter((it) => fits(it) && (roomId === undefined || it.roomId === roomId));
      return addReports(
        { voiceMs: uses.reduce((sum, { voiceMs }) => sum + voiceMs, 0), tokens: [] },
        { voiceMs: 0, tokens: counts },
      );
    },
    forgetOtherDays(day) {
      for (const entries of [usage, tokens]) {
        for (const [key, entry] of entries) if (entry.day !== day) entries.delete(key);
      }
    },
  };
}

export function addUsages(one: Usage, other: Usage): Usage {
  return { voiceMs: one.voiceMs + other.voiceMs, tokens: one.tokens + other.tokens };
}

/** One entry a model, kind and modality, of both. */
export function addReports(one: UsageReport, other: UsageReport): UsageReport {
  const counts = new Map<string, TokenCount>();
  for (const { model, kind, modality, tokens } of [...one.tokens, ...other.tokens]) {
    const key = countKey({ model, kind, modality });
    counts.set(key, { model, kind, modality, tokens: (counts.get(key)?.tokens ?? 0) + tokens });
  }
  return { voiceMs: one.voiceMs + other.voiceMs, tokens: [...counts.values()] };
}

function countKey({ model, kind, modality }: Omit<TokenCount, 'tokens'>): string {
  return `${model} ${kind} ${modality}`;
}
