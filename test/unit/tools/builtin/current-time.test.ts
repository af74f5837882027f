import { expect, test } from 'vitest';
import { setUp } from './bench.ts';

test('without a place it is UTC, and says so', async () => {
  expect(await setUp().call('current_time')).toEqual({
    utc: '2026-11-27T10:00:00.000Z',
    zone: 'UTC',
    date: '2026-11-27',
    weekday: 'Friday',
    time: '10:00:00',
    utcOffset: '+00:00',
    note: expect.stringMatching(/UTC.*no place was named/),
  });
});

test.each([
  ['Europe/Berlin', '11:00:00', '+01:00'],
  ['asia/kolkata', '15:30:00', '+05:30'],
  ['New York', '05:00:00', '-05:00'],
  ['  são paulo ', '07:00:00', '-03:00'],
  ['Kolkata', '15:30:00', '+05:30'],
  ['Germany', '11:00:00', '+01:00'],
  ['Allemagne', '11:00:00', '+01:00'],
  ['Shqipëri', '11:00:00', '+01:00'],
  ['Japón', '19:00:00', '+09:00'],
  ['Vereinigtes Königreich', '10:00:00', '+00:00'],
])('in %s it is %s', async (place, time, utcOffset) => {
  expect(await setUp().call('current_time', { place })).toMatchObject({ time, utcOffset, date: '2026-11-27' });
});

test('a country with several zones is told by its clocks, from west to east, each once', async () => {
  const { clocks, note } = await setUp().call('current_time', { place: 'United States' });
  const offsets = (clocks as { utcOffset: string }[]).map(({ utcOffset }) => utcOffset);
  expect(offsets).toEqual(['-10:00', '-09:00', '-08:00', '-07:00', '-06:00', '-05:00']);
  expect(note).toMatch(/more than one time zone/);
});

test.each(['Atlantis', 'GMT+5', '../../etc/passwd', 'Etc/../x', '+99:00'])('%s is no place', async (place) => {
  await expect(setUp().call('current_time', { place })).rejects.toThrow(/IANA zone/);
});
