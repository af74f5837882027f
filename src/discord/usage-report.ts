/**
 * The words of `/usage`: time, tokens by modality, and an estimated price, of this room, of today and of the last 30 days. Pure.
 */
import { estimateUsd, PRICES_DATE } from '../catalogue/prices.ts';
import type { Locale } from '../i18n/locales.ts';
import { relativeTime } from '../i18n/relative-time.ts';
import { type Translate, translator } from '../i18n/translate.ts';
import { type Limits, nextReset } from '../store/limits.ts';
import type { TokenCount, Usage, UsageReport } from '../store/store.ts';
import { type Amounts, createAmounts } from './amounts.ts';

export interface UsageFacts {
  /** The guild's open room once it could talk, or null. `since` is ms since 1970. */
  readonly room: (UsageReport & { readonly channelId: string; readonly since: number }) | null;
  readonly today: UsageReport;
  /** What counts for the limits. */
  readonly counted: Usage;
  readonly month: UsageReport;
  readonly limits: Pick<Limits, 'maxMinutesPerDay' | 'maxTokensPerDay'>;
  /** ms since 1970 */
  readonly now: number;
}

const MINUTE_MS = 60_000;

export function usageReport(locale: Locale, facts: UsageFacts): string {
  const words = { t: translator(locale), amounts: createAmounts(locale) };
  const { t, amounts } = words;
  const { room, today, month } = facts;
  const sections = [
    [t('usage.today'), ...todayLines(words, facts), ...tokenLines(words, today.tokens)],
    [t('usage.month'), timeLine(words, month.voiceMs), ...tokenLines(words, month.tokens)],
  ];
  if (room !== null) {
    const place = { channel: `<#${room.channelId}>`, since: relativeTime(room.since) };
    sections.unshift([t('usage.room', place), timeLine(words, room.voiceMs), ...tokenLines(words, room.tokens)]);
  }
  const footnote = t('usage.footnote', { date: amounts.day(PRICES_DATE) });
  return [...sections.map((lines) => lines.join('\n')), `-# ${footnote}`].join('\n\n');
}

interface Words {
  readonly t: Translate;
  readonly amounts: Amounts;
}

function timeLine({ t, amounts }: Words, voiceMs: number): string {
  return t('usage.time', { time: amounts.minutes(voiceMs) });
}

/** The time of today, and how far away the limits are, where there are any. */
function todayLines(words: Words, { counted, limits, now }: UsageFacts): readonly string[] {
  const { t, amounts } = words;
  const reset = relativeTime(nextReset(now));
  const { maxMinutesPerDay: minutes, maxTokensPerDay: tokens } = limits;
  const lines: string[] = [];
  if (minutes === null) lines.push(timeLine(words, counted.voiceMs));
  else {
    const left = Math.max(0, minutes * MINUTE_MS - counted.voiceMs);
    const [time, limit] = [amounts.minutes(counted.voiceMs), amounts.minutes(minutes * MINUTE_MS)];
    lines.push(t('usage.timeLeft', { time, limit, left: amounts.minutes(left), reset }));
  }
  if (tokens !== null) {
    const left = amounts.count(Math.max(0, tokens - counted.tokens));
    lines.push(
      t('usage.tokensLeft', { used: amounts.count(counted.tokens), limit: amounts.count(tokens), left, reset }),
    );
  }
  return lines;
}

function tokenLines(words: Words, tokens: readonly TokenCount[]): readonly string[] {
  const used = tokens.filter((it) => it.tokens > 0);
  if (used.length === 0) return [words.t('usage.noTokens')];
  const input = byModality(words, used.filter(isInput));
  const output = byModality(
    words,
    used.filter((it) => !isInput(it)),
  );
  return [words.t('usage.tokens', { input, output }), priceLine(words, used)];
}

function isInput({ kind }: TokenCount): boolean {
  return kind === 'prompt';
}

/** `audio 1,234, text 56`, the most first. */
function byModality({ t, amounts }: Words, tokens: readonly TokenCount[]): string {
  const sums = new Map<string, number>();
  for (const { kind, modality, tokens: count } of tokens) {
    const name = t(kind === 'thoughts' ? 'modality.thoughts' : `modality.${modality}`);
    sums.set(name, (sums.get(name) ?? 0) + count);
  }
  const parts = [...sums].toSorted(([, one], [, other]) => other - one);
  return parts.map(([name, count]) => `${name} ${amounts.count(count)}`).join(', ') || '0';
}

function priceLine({ t, amounts }: Words, tokens: readonly TokenCount[]): string {
  const models = [...new Set(tokens.map(({ model }) => model))];
  const prices = models.map((model) => ({ model, usd: estimateUsd(tokens.filter((it) => it.model === model)) }));
  const known = prices.flatMap(({ usd }) => (usd === null ? [] : [usd]));
  const unknown = prices.flatMap(({ model, usd }) => (usd === null ? [`\`${model}\``] : [])).join(', ');
  if (known.length === 0) return t('usage.priceUnknown', { models: unknown });
  const price = amounts.dollars(known.reduce((sum, usd) => sum + usd, 0));
  return unknown === '' ? t('usage.price', { price }) : t('usage.priceInPart', { price, models: unknown });
}
