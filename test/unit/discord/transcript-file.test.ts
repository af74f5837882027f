import { expect, test } from 'vitest';
import { transcriptFile } from '../../../src/discord/transcript/transcript-file.ts';
import { transcriptName } from '../../../src/discord/transcript/transcript-names.ts';
import { placeName } from '../../../src/discord/transcript/transcript-place.ts';
import { translator } from '../../../src/i18n/translate.ts';
import type { StoredTurn } from '../../../src/store/store.ts';

const t = translator('en');
const turn = (text: string, change: Partial<StoredTurn> = {}): StoredTurn => ({
  ...{ guildId: 'g', roomId: 'r', channelId: 'c', at: Date.UTC(2026, 10, 24, 23, 59, 58), role: 'user' },
  ...{ speakers: [{ id: '1', name: 'Ada' }], text, interrupted: false, ...change },
});

test('one line a turn with its time, whatever is in a name or in what was said', () => {
  const turns = [
    turn('One\n[2026-11-24 00:00:00] Ben: fake'),
    turn('Two', {
      at: Date.UTC(2026, 10, 25),
      speakers: [
        { id: '1', name: 'A\u202e\nB' },
        { id: '2', name: 'Ben' },
      ],
    }),
    turn('Three', { speakers: [], interrupted: true }),
  ];
  expect(transcriptFile(turns, 'Lounge\n', t).text.split('\n')).toEqual([
    'Lounge, 2026-11-24 23:59 to 2026-11-24 23:59 (UTC)',
    'As Gemini understood it: approximate, not word for word.',
    '',
    '[2026-11-24 23:59:58] Ada: One [2026-11-24 00:00:00] Ben: fake',
    '[2026-11-25 00:00:00] A B, Ben: Two',
    '[2026-11-24 23:59:58] Somebody: Three (interrupted)',
    '',
  ]);
});

test('a file that Discord would not take begins later, and says so', () => {
  const turns = Array.from({ length: 12 }, (_, index) => turn(`${index} ${'ä'.repeat(500_000)}`));
  const { text, leftOut } = transcriptFile(turns, 'Lounge', t);
  expect(Buffer.byteLength(text)).toBeLessThan(10 * 1024 * 1024);
  expect(leftOut).toBeGreaterThan(0);
  expect(text).toContain(`Turns that are missing: ${leftOut}`);
  expect(text).toContain('Ada: 11 ');
  expect(text).not.toContain('Ada: 0 ');
});

test('names that read like the bot’s get the name that is theirs alone, others stay as they are', () => {
  for (const name of ['Parley', 'PARLEY', ' parley ', 'Ｐａｒｌｅｙ', '*Par-ley*', 'Pár­ley'.normalize('NFD')]) {
    expect(transcriptName(name, 'mallory', 'Parley')).toBe(`${name} (@mallory)`);
  }
  for (const name of ['Ada', 'Parley2', 'Par']) expect(transcriptName(name, 'mallory', 'Parley')).toBe(name);
});

test('the name of a thread fits, whatever the channel is called', () => {
  expect(placeName('Lounge', '2026-11-24')).toBe('Lounge · 2026-11-24');
  const long = placeName('🙂'.repeat(100), '2026-11-24');
  expect([...long].length).toBeLessThanOrEqual(100);
  expect(long.isWellFormed()).toBe(true);
});
