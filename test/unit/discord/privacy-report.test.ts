import { describe, expect, test } from 'vitest';
import { type PrivacyFacts, privacyReport } from '../../../src/discord/privacy-report.ts';
import { type Locale, TABLES } from '../../../src/i18n/locales.ts';
import { MESSAGE_LENGTH, translator } from '../../../src/i18n/translate.ts';

const LOCALES = Object.keys(TABLES) as Locale[];
const HERE = { channelId: '18446744073709551615', status: 'ready', muted: false } as const;
const CASES: readonly (readonly [string, PrivacyFacts, string])[] = [
  [
    'whoever is in the channel is heard',
    { optedOut: false, transcriptId: null, room: HERE },
    '**You are heard just now**',
  ],
  [
    'muted, they are not',
    { optedOut: false, transcriptId: null, room: { ...HERE, muted: true } },
    'because you are muted',
  ],
  [
    'a room on its way does not hear yet',
    { optedOut: false, transcriptId: null, room: { ...HERE, status: 'joining' } },
    'I am on my way',
  ],
  [
    'while a connection is being got back nobody is told that they are not heard',
    { optedOut: false, transcriptId: null, room: { ...HERE, status: 'recovering' } },
    '**You are heard just now**',
  ],
  ['elsewhere, they are not', { optedOut: false, transcriptId: null, room: null }, 'in no voice channel with you'],
  ['opted out, they never are', { optedOut: true, transcriptId: null, room: HERE }, 'you have opted out'],
];

describe.each(CASES)('%s', (_, facts, words) => {
  test('it says so first, and then what is heard, sent, stored, for how long, and the way out', () => {
    const [own, , ...rest] = privacyReport(translator('en'), facts).split('\n');
    expect(own).toContain(words);
    expect(rest.map((line) => line.match(/^\*\*(.+?):\*\*/)?.[1])).toEqual([
      'Heard',
      'Sent',
      'Stored',
      'Transcript',
      'How long',
      'Not to be heard',
    ]);
    expect(rest.join('\n')).toContain('for 400 days');
    expect(rest.join('\n')).toContain('until 30 days after I was removed');
  });

  test.each(LOCALES)('in %s it fits into one message', (locale) => {
    expect(privacyReport(translator(locale), { ...facts, transcriptId: HERE.channelId }).length).toBeLessThanOrEqual(
      MESSAGE_LENGTH,
    );
  });
});

test('whether what is said is written down too, and where', () => {
  const facts = { optedOut: false, room: null, transcriptId: null };
  expect(privacyReport(translator('en'), facts)).toContain('**Transcript:** off.');
  expect(privacyReport(translator('en'), { ...facts, transcriptId: '7' })).toContain('written down in <#7>');
});
