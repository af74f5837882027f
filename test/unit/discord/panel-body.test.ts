import { MessageFlags } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIVE_VOICES } from '../../../src/catalogue/voices.ts';
import { closedPanel, movedPanel, openPanel, type PanelBody } from '../../../src/discord/panel/panel-body.ts';
import { type PanelState, panelState } from '../../../src/discord/panel/panel-state.ts';
import { type Locale, TABLES } from '../../../src/i18n/locales.ts';
import { textDisplays } from '../../../src/rehearsal/discord/message-words.ts';
import { type Part, partsOf } from '../../../src/rehearsal/discord/people/message-parts.ts';
import { validateMessage } from '../../../src/rehearsal/discord/rest/validation/messages.ts';
import type { RosterEntry } from '../../../src/types/settings.ts';

const GUILD = '1500000000000000000';
const LOUNGE = '1500000000000000001';
const LOCALES = Object.keys(TABLES) as Locale[];
const STATES: readonly PanelState[] = ['listening', 'recovering', 'deafened', 'muted', 'inAudience'];

function member(id: number, facts: Partial<RosterEntry> = {}): RosterEntry {
  const wide = String(1_500_000_000_000_000_000n + BigInt(id));
  return { id: wide, name: '**@everyone**', bot: false, optedOut: false, locale: null, ...facts };
}

function panelWith(facts: Partial<Parameters<typeof openPanel>[0]> = {}): PanelBody {
  const usual = {
    locale: 'en',
    guildId: GUILD,
    channelId: LOUNGE,
    state: 'listening',
    roster: [],
    voice: 'Kore',
  } as const;
  return openPanel({ ...usual, ...facts });
}

const words = (body: PanelBody): string => textDisplays([body]).join('\n');
const part = (body: PanelBody, name: string): Part | undefined =>
  partsOf([body]).find(({ custom_id }) => custom_id === `panel:${name}:${GUILD}`);
const refusal = (body: PanelBody): unknown =>
  validateMessage(
    { components: [body], flags: MessageFlags.IsComponentsV2, allowed_mentions: { parse: [] } },
    { edit: false, webhook: false, files: [] },
  );

test('it says who listens where, who is heard, where it goes and how to get out of it', () => {
  const body = panelWith({ roster: [member(1), member(2)] });
  expect(words(body)).toMatch(
    /Parley is listening in <#1500000000000000001>.*<@1500000000000000001>, <@1500000000000000002>.*Google.*Gemini.*no audio.*`\/privacy opt-out`.*mute.*leave.*`\/leave`/s,
  );
});

test('whoever is not heard is counted and not named', () => {
  const roster = [member(1), member(2, { optedOut: true }), member(3, { bot: true }), member(4, { bot: true })];
  const text = words(panelWith({ roster }));
  expect(text).toContain('Not heard: 3');
  expect(text).toContain('<@1500000000000000001>');
  for (const id of [2, 3, 4]) expect(text).not.toContain(`<@150000000000000000${id}>`);
  expect(words(panelWith({ roster: [member(1)] }))).not.toContain('Not heard');
});

test('with nobody to be heard it says so', () => {
  expect(words(panelWith({ roster: [member(1, { optedOut: true })] }))).toContain('Nobody is here whom I could hear');
});

test('the menu offers 25 voices, the present one first and chosen, each with its character', () => {
  const options = part(panelWith({ voice: 'Sulafat' }), 'voice')?.options as
    | { label: string; value: string; description: string; default: boolean }[]
    | undefined;
  expect(options?.[0]).toEqual({ label: 'Sulafat', value: 'Sulafat', description: 'Warm', default: true });
  expect(options?.filter((it) => it.default)).toHaveLength(1);
  expect(options?.map(({ value }) => value).slice(1)).toEqual(LIVE_VOICES.slice(0, 24).map(({ name }) => name));
  expect(new Set(options?.map(({ value }) => value)).size).toBe(25);
});

test('a voice that is in no table leaves a menu with none chosen', () => {
  const options = part(panelWith({ voice: 'Unheard-of' }), 'voice')?.options as { default: boolean }[] | undefined;
  expect(options?.map((it) => it.default)).toEqual(Array(25).fill(false));
});

test.each([
  ['closed', closedPanel('en', GUILD), /not listening any more.*`\/join`/],
  ['moved', movedPanel('en', GUILD, LOUNGE), /not listening here.*<#1500000000000000001>/],
])('a panel that is %s has its controls switched off and says so', (_, body, expected) => {
  expect(words(body)).toMatch(expected);
  for (const name of ['stop', 'leave', 'voice']) expect(part(body, name)?.disabled, name).toBe(true);
});

test('an open panel can be used', () => {
  for (const name of ['stop', 'leave', 'voice']) expect(part(panelWith(), name)?.disabled, name).toBe(false);
});

describe.each(LOCALES)('in %s', (locale) => {
  test('Discord takes every panel, however full the channel is', () => {
    const roster = fc.array(
      fc
        .record({ id: fc.nat(), bot: fc.boolean(), optedOut: fc.boolean() })
        .map(({ id, ...facts }) => member(id, facts)),
      { maxLength: 400 },
    );
    fc.assert(
      fc.property(roster, fc.constantFrom(...STATES), fc.constantFrom(...LIVE_VOICES), (people, state, { name }) => {
        expect(refusal(panelWith({ locale, roster: people, state, voice: name }))).toBeNull();
      }),
      { numRuns: 50 },
    );
    expect(refusal(closedPanel(locale, GUILD))).toBeNull();
    expect(refusal(movedPanel(locale, GUILD, LOUNGE))).toBeNull();
  });

  test('each state has words of its own', () => {
    expect(new Set(STATES.map((state) => textDisplays([panelWith({ locale, state })])[0])).size).toBe(STATES.length);
  });
});

test('of 300 people the first are named and the rest are counted', () => {
  const text = words(panelWith({ roster: Array.from({ length: 300 }, (_, id) => member(id)) }));
  expect(text.match(/<@\d+>/g)).toHaveLength(30);
  expect(text).toContain('and 270 more');
});

test('of several troubles the worst is told', () => {
  const free = { muted: false, deafened: false, inAudience: false };
  const all = { muted: true, deafened: true, inAudience: true };
  const ready = { status: 'ready', channelId: LOUNGE, encrypted: true } as const;
  expect(panelState(ready, free)).toBe('listening');
  expect(panelState({ status: 'recovering', what: 'live' }, all)).toBe('recovering');
  expect(panelState(ready, all)).toBe('deafened');
  expect(panelState(ready, { ...all, deafened: false })).toBe('muted');
  expect(panelState(ready, { ...free, inAudience: true })).toBe('inAudience');
});
