import { DAVE_PROTOCOL_VERSION as SPOKEN } from '@snazzah/davey';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Attendee } from '../../../src/discord/audibility.ts';
import { type RoomFacts, type StatusFacts, statusReport } from '../../../src/discord/status-report.ts';
import { DAVE_PROTOCOL_VERSION, VERSIONS } from '../../../src/discord/versions.ts';
import { type Locale, TABLES } from '../../../src/i18n/locales.ts';
import { MESSAGE_LENGTH } from '../../../src/i18n/translate.ts';
import { NO_VITALS } from '../../../src/room/room-vitals.ts';

const LOCALES = Object.keys(TABLES) as Locale[];

const ROOM: RoomFacts = {
  channelId: '10',
  status: 'ready',
  vitals: {
    readyAt: 1_000_000,
    conversationSince: 1_060_000,
    connectedSince: 1_120_000,
    contextTokens: 12_345,
    voicePingMs: 12.4,
    encrypted: true,
  },
  attendees: [{ id: '1', audibility: 'heard' }],
};

const FACTS: StatusFacts = {
  room: ROOM,
  model: 'gemini-3.8-live',
  settings: { voice: 'Kore', language: 'auto' },
  gatewayPingMs: 42,
  versions: ['Parley 0.1.0', 'DAVE 1'],
};

function report(change: Partial<StatusFacts> = {}, locale: Locale = 'en'): readonly string[] {
  return statusReport(locale, { ...FACTS, ...change }).split('\n');
}

test('a room that talks: where, how long, how safe, who, with what, how well, made of what', () => {
  expect(report()).toEqual([
    '**Room:** in <#10>, joined <t:1000:R>, encrypted end to end',
    '**Heard:** <@1>',
    '**Model:** `gemini-3.8-live` · **Voice:** Kore · Firm · **Language:** Automatic: the language I am spoken to in',
    '**Conversation:** began <t:1060:R> · connected to Gemini <t:1120:R> · context of 12,345 tokens',
    '**Ping:** Discord 42 ms · voice 12 ms',
    '**Versions:** Parley 0.1.0 · DAVE 1',
  ]);
});

test('without a room: said so, and what the next one will be like', () => {
  const lines = report({ room: null, settings: { voice: 'Puck', language: 'de-DE' } });
  expect(lines[0]).toContain('**Room:** none');
  expect(lines[1]).toContain('Puck');
  expect(lines[1]).toContain('German');
  expect(lines.join('\n')).not.toMatch(/Heard|Conversation/);
});

describe('where it is', () => {
  const first = (change: Partial<RoomFacts>) => report({ room: { ...ROOM, ...change } })[0];

  test('a room that is not encrypted says so', () => {
    expect(first({ vitals: { ...ROOM.vitals, encrypted: false } })).toContain('not encrypted end to end');
  });

  test('a room on its way, and one that has lost a connection, claim nothing about encryption, nor that somebody is heard before it is there', () => {
    const joining = report({ room: { ...ROOM, status: 'joining', vitals: NO_VITALS } });
    expect(joining[0]).toBe('**Room:** on my way to <#10> …');
    expect(joining[1]).toContain('**Model:**');
    const recovering = first({ status: 'recovering', vitals: { ...ROOM.vitals, encrypted: null } });
    expect(recovering).toContain('without a connection');
    expect(recovering).not.toContain('encrypted');
  });
});

test('what is not known yet is left out, and an unknown ping is a dash', () => {
  const lines = report({ room: { ...ROOM, vitals: { ...NO_VITALS, readyAt: 0 } }, gatewayPingMs: null });
  expect(lines.join('\n')).not.toContain('Conversation');
  expect(lines).toContain('**Ping:** Discord – · voice –');
});

test('muted people and bots are named as not heard; whoever opted out is counted, not named', () => {
  const attendees: Attendee[] = [
    { id: '1', audibility: 'heard' },
    { id: '2', audibility: 'muted' },
    { id: '3', audibility: 'bot' },
    { id: '4', audibility: 'optedOut' },
    { id: '5', audibility: 'optedOut' },
  ];
  const lines = report({ room: { ...ROOM, attendees } });
  expect(lines[1]).toBe('**Heard:** <@1>');
  expect(lines[2]).toBe('**Not heard:** <@2>, <@3> · 2 by their own choice');
  expect(lines.join('\n')).not.toMatch(/<@[45]>/);
});

test('with nobody to be heard: nobody', () => {
  const lines = report({ room: { ...ROOM, attendees: [{ id: '4', audibility: 'optedOut' }] } });
  expect(lines.slice(1, 3)).toEqual(['**Heard:** nobody', '**Not heard:** 1 by their own choice']);
});

test.each(LOCALES)('in %s it fits into one message, whoever is there', (locale) => {
  const id = fc.bigInt({ min: 10n ** 18n, max: 2n ** 64n - 1n }).map(String);
  const attendee = fc.record({
    id,
    audibility: fc.constantFrom<Attendee['audibility']>('heard', 'muted', 'bot', 'optedOut'),
  });
  fc.assert(
    fc.property(
      fc.array(attendee, { maxLength: 120 }),
      fc.constantFrom('ready', 'recovering', 'joining'),
      (attendees, status) => {
        const room: RoomFacts = { ...ROOM, channelId: '18446744073709551615', status, attendees };
        const text = statusReport(locale, { ...FACTS, room, model: 'm'.repeat(80), versions: VERSIONS });
        expect(text.length).toBeLessThanOrEqual(MESSAGE_LENGTH);
        const heard = attendees.filter(({ audibility }) => audibility === 'heard').length;
        if (heard > 20 && status !== 'joining') expect(text).toContain(String(heard - 20));
      },
    ),
  );
});

test('the versions name everything a bug report needs, and the encryption that is really spoken', () => {
  const names = VERSIONS.map((it) => it.split(' ')[0]);
  expect(names).toEqual(['Parley', 'Node', 'discord.js', '@discordjs/voice', 'DAVE']);
  for (const version of VERSIONS) expect(version).toMatch(/ \d+(\.\d+){0,2}$/);
  expect(DAVE_PROTOCOL_VERSION).toBe(SPOKEN);
});
