import { expect, test } from 'vitest';
import { PRICES_DATE } from '../../../src/catalogue/prices.ts';
import { type UsageFacts, usageReport } from '../../../src/discord/usage-report.ts';
import { type Locale, TABLES } from '../../../src/i18n/locales.ts';
import { MESSAGE_LENGTH } from '../../../src/i18n/translate.ts';
import type { TokenCount } from '../../../src/store/store.ts';

const LOCALES = Object.keys(TABLES) as Locale[];
const MODEL = 'gemini-3.8-live';
const MINUTE_MS = 60_000;

const tokens = (
  kind: TokenCount['kind'],
  modality: TokenCount['modality'],
  count: number,
  model = MODEL,
): TokenCount => ({
  model,
  kind,
  modality,
  tokens: count,
});

const TALK = [
  tokens('prompt', 'TEXT', 1_000),
  tokens('prompt', 'AUDIO', 100_000),
  tokens('response', 'AUDIO', 10_000),
  tokens('thoughts', 'TEXT', 300),
];

const FACTS: UsageFacts = {
  room: null,
  today: { voiceMs: 0, tokens: [] },
  counted: { voiceMs: 0, tokens: 0 },
  month: { voiceMs: 0, tokens: [] },
  limits: { maxMinutesPerDay: null, maxTokensPerDay: null },
  now: Date.UTC(2026, 9, 10, 12),
};

function sections(change: Partial<UsageFacts>, locale: Locale = 'en'): readonly (readonly string[])[] {
  return usageReport(locale, { ...FACTS, ...change })
    .split('\n\n')
    .map((section) => section.split('\n'));
}

test('a server that has used nothing reads so', () => {
  expect(sections({})).toEqual([
    ['**Today** (UTC)', 'Talking time: 0 min', 'No tokens'],
    ['**The last 30 days**', 'Talking time: 0 min', 'No tokens'],
    [expect.stringMatching(/^-# Estimated from Google’s prices of \w+ \d+, \d{4}, /)],
  ]);
});

test('the conversation, today and the month: time, tokens in and out with the most first, and the price', () => {
  const room = { channelId: '10', since: 1_000_000, voiceMs: 5 * MINUTE_MS, tokens: TALK };
  const month = { voiceMs: 600 * MINUTE_MS, tokens: TALK.map((it) => ({ ...it, tokens: it.tokens * 100 })) };
  const [now, today, thirty] = sections({ room, today: { voiceMs: 0, tokens: TALK }, month });
  const each = [
    'Tokens in: audio 100,000, text 1,000 · out: audio 10,000, thoughts 300',
    'Price: about $0.4221 (estimate)',
  ];
  expect(now).toEqual(['**This conversation**, in <#10>, begun <t:1000:R>', 'Talking time: 5 min', ...each]);
  expect(today?.slice(-2)).toEqual(each);
  expect(thirty).toEqual([
    '**The last 30 days**',
    'Talking time: 600 min',
    'Tokens in: audio 10,000,000, text 100,000 · out: audio 1,000,000, thoughts 30,000',
    'Price: about $42.21 (estimate)',
  ]);
});

test('limits: what is left of them, and when the day starts again', () => {
  const reset = `<t:${Date.UTC(2026, 9, 11) / 1000}:R>`;
  const [today] = sections({
    limits: { maxMinutesPerDay: 240, maxTokensPerDay: 1_000_000 },
    counted: { voiceMs: 230.5 * MINUTE_MS, tokens: 1_234_567 },
  });
  expect(today?.slice(1, 3)).toEqual([
    `Talking time: 231 min of 240 min. 9.5 min left; it starts again ${reset}.`,
    `Counted for the limit: 1,234,567 of 1,000,000 tokens. 0 left; it starts again ${reset}.`,
  ]);
});

test('a model without a known price is named instead of guessed at', () => {
  const other = tokens('response', 'AUDIO', 5, 'some-other-live');
  const [none] = sections({ today: { voiceMs: 0, tokens: [other] } });
  expect(none?.at(-1)).toBe('Price: none is known for `some-other-live`');
  const [part] = sections({ today: { voiceMs: 0, tokens: [...TALK, other] } });
  expect(part?.at(-1)).toBe('Price: about $0.4221 (estimate), without `some-other-live`: no price is known for that');
});

test('numbers, prices and dates are written as the member’s language writes them', () => {
  const german = usageReport('de', { ...FACTS, month: { voiceMs: 90_000, tokens: TALK } });
  expect(german).toContain('Ton 100.000');
  expect(german).toMatch(/0,4221\s\$/);
  expect(german).toContain('1,5 Min.');
  expect(german).toContain(new Intl.DateTimeFormat('de', { dateStyle: 'long' }).format(new Date(PRICES_DATE)));
});

test.each(LOCALES)('in %s it fits into one message, also with every kind of token of several models', (locale) => {
  const modalities = ['TEXT', 'IMAGE', 'VIDEO', 'AUDIO', 'DOCUMENT'] as const;
  const many = [MODEL, 'a'.repeat(60), 'b'.repeat(60)].flatMap((model) =>
    (['prompt', 'response', 'thoughts'] as const).flatMap((kind) =>
      modalities.map((modality) => tokens(kind, modality, 987_654_321, model)),
    ),
  );
  const report = { voiceMs: 99_999 * MINUTE_MS, tokens: many };
  const text = usageReport(locale, {
    room: { channelId: '18446744073709551615', since: FACTS.now, ...report },
    today: report,
    counted: { voiceMs: report.voiceMs, tokens: 987_654_321_000 },
    month: report,
    limits: { maxMinutesPerDay: 1_440, maxTokensPerDay: 987_654_321_000 },
    now: FACTS.now,
  });
  expect(text.length).toBeLessThanOrEqual(MESSAGE_LENGTH);
});
