import { describe, expect, test } from 'vitest';
import { NOW, setUp } from './bench.ts';

const MINUTE_MS = 60_000;
const at = (iso: string): number => Date.parse(iso);

describe('set_reminder', () => {
  test.each([
    [{ in_seconds: 10 }, NOW + 10_000],
    [{ in_minutes: 2.5 }, NOW + 2.5 * MINUTE_MS],
    [{ in_hours: 1, in_minutes: 30 }, NOW + 90 * MINUTE_MS],
    [{ in_days: 366 }, NOW + 366 * 1_440 * MINUTE_MS],
    [{ at: '2026-11-27T18:00:00+02:00' }, at('2026-11-27T16:00:00Z')],
    [{ at: '2026-11-27T18:00+0530' }, at('2026-11-27T12:30:00Z')],
    [{ at: '2026-11-27 18:00Z' }, at('2026-11-27T18:00:00Z')],
    [{ at: '2026-11-27T18:00:00.250z' }, at('2026-11-27T18:00:00Z')],
    [{ at: '2027-07-01T09:00', zone: 'Europe/Berlin' }, at('2027-07-01T07:00:00Z')],
    [{ at: '2027-07-01T09:00', zone: 'Japan' }, at('2027-07-01T00:00:00Z')],
  ])('%o', async (when, dueAt) => {
    const bench = setUp();
    const answer = await bench.call('set_reminder', { what: 'Feed the cat', ...when });
    expect(bench.reminders).toEqual([{ id: 1, ownerId: 'ada', what: 'Feed the cat', dueAt }]);
    expect(answer).toMatchObject({ set: true, id: 1, what: 'Feed the cat', due: new Date(dueAt).toISOString() });
  });

  test('says in how long, in words', async () => {
    const { dueIn } = await setUp().call('set_reminder', { what: 'x', in_minutes: 61.5 });
    expect(dueIn).toBe('1 hour 1 minute');
  });

  test.each([
    [{}, /in how long|what time/],
    [{ in_minutes: 1, at: '2026-11-27T18:00:00Z' }, /not both/],
    [{ in_seconds: 9 }, /too soon/],
    [{ in_seconds: 0 }, /too soon/],
    [{ in_days: 300, in_hours: 8_000 }, /too far/],
    [{ at: '2026-11-27T09:00:00Z' }, /over.*2026-11-27T10:00/],
    [{ at: '2028-11-27T09:00:00Z' }, /too far/],
    [{ at: '2026-11-27T18:00' }, /offset.*zone/],
    [{ at: '2026-11-27T18:00', zone: 'Atlantis' }, /zone is not known/],
    [{ at: '2026-11-27T18:00', zone: 'Brazil' }, /more than one/],
    [{ at: '2026-02-30T18:00:00Z' }, /ISO 8601/],
    [{ at: '2026-11-27T18:00:00+99:99' }, /offset/],
    [{ at: 'tomorrow' }, /ISO 8601/],
  ])('%o is answered with what is wrong, and nothing is set', async (when, problem) => {
    const bench = setUp();
    await expect(bench.call('set_reminder', { what: 'x', ...when })).rejects.toThrow(problem);
    expect(bench.reminders).toEqual([]);
  });

  test.each([{ what: '' }, { what: 'x'.repeat(201) }, { what: 'x', in_minutes: -5 }, { what: 'x', in_days: 367 }])(
    '%o breaks the schema',
    async (args) => {
      await expect(setUp().call('set_reminder', { in_hours: 1, ...args })).rejects.toThrow(TypeError);
    },
  );

  test.each([[['ada', 'bob']], [[]]])('asked by %o it is nobody’s, and says so', async (actorIds) => {
    const bench = setUp({ actorIds });
    const { reminds } = await bench.call('set_reminder', { what: 'x', in_hours: 1 });
    expect(bench.reminders[0]?.ownerId).toBeNull();
    expect(reminds).toMatch(/nobody by name/);
  });

  test('a limit is told with its number', async () => {
    const full = async () => ({ saved: false, full: 'member', limit: 25 }) as const;
    const set = setUp({ guild: { addReminder: full } }).call('set_reminder', { what: 'x', in_hours: 1 });
    await expect(set).rejects.toThrow(/25/);
  });
});

const REMINDERS = [
  { id: 1, ownerId: 'ada', what: 'cat', dueAt: NOW + MINUTE_MS },
  { id: 2, ownerId: 'bob', what: 'dog', dueAt: NOW + 2 * MINUTE_MS },
  { id: 3, ownerId: null, what: 'tea', dueAt: NOW + 3 * MINUTE_MS },
];

/** Whoever is called Olive manages the server. */
function withReminders(actorIds: readonly string[]) {
  const bench = setUp({ actorIds, guild: { mayManage: async (id) => id === 'olive' } });
  bench.reminders = [...REMINDERS];
  return bench;
}

describe('list_reminders', () => {
  const listed = async (actorIds: readonly string[], whose?: string) => {
    const answer = await withReminders(actorIds).call('list_reminders', whose === undefined ? {} : { whose });
    return { ids: (answer['reminders'] as { id: number }[]).map(({ id }) => id), leftOut: answer['leftOut'] };
  };

  test('tells one’s own, and what is nobody’s', async () => {
    expect(await listed(['ada'])).toEqual({ ids: [1, 3], leftOut: undefined });
    expect((await withReminders(['ada']).call('list_reminders'))['reminders']).toEqual([
      { id: 1, what: 'cat', due: '2026-11-27T10:01:00.000Z', dueIn: '1 minute' },
      { id: 3, what: 'tea', due: '2026-11-27T10:03:00.000Z', dueIn: '3 minutes', of: 'nobody in particular' },
    ]);
  });

  test('those of others only for whoever manages the server', async () => {
    expect(await listed(['olive'], 'everybody')).toEqual({ ids: [1, 2, 3], leftOut: undefined });
    expect(await listed(['ada'], 'everybody')).toEqual({
      ids: [1, 3],
      leftOut: expect.stringMatching(/Manage Server/),
    });
  });

  test('nobody hears another’s by speaking at the same time, not even beside whoever manages the server', async () => {
    expect(await listed(['ada', 'bob'])).toEqual({ ids: [3], leftOut: expect.stringMatching(/one at a time/) });
    expect((await listed(['ada', 'olive'])).ids).toEqual([1, 3]);
    expect((await listed(['bob', 'olive'], 'everybody')).ids).toEqual([2, 3]);
    expect((await listed([], 'everybody')).ids).toEqual([3]);
  });

  test('none is said to be none', async () => {
    expect(await setUp().call('list_reminders')).toEqual({ reminders: [], number: 0, note: 'There are none.' });
  });
});

describe('cancel_reminder', () => {
  const left = async (actorIds: readonly string[], id: number) => {
    const bench = withReminders(actorIds);
    const answer = await bench.call('cancel_reminder', { id }).catch((error: unknown) => String(error));
    return { answer, ids: bench.reminders.map((one) => one.id) };
  };

  test('one’s own, nobody’s, and with Manage Server any', async () => {
    expect(await left(['ada'], 1)).toEqual({ answer: { cancelled: true, id: 1, what: 'cat' }, ids: [2, 3] });
    expect((await left(['ada'], 3)).ids).toEqual([1, 2]);
    expect((await left([], 3)).ids).toEqual([1, 2]);
    expect((await left(['olive'], 2)).ids).toEqual([1, 3]);
    expect((await left(['ada', 'olive'], 1)).ids).toEqual([2, 3]);
  });

  test('another’s is refused, and so is one’s own when somebody else spoke too', async () => {
    expect(await left(['ada'], 2)).toEqual({ answer: expect.stringMatching(/Manage Server/), ids: [1, 2, 3] });
    expect(await left(['ada', 'bob'], 1)).toEqual({ answer: expect.stringMatching(/ask alone/), ids: [1, 2, 3] });
    expect(await left(['bob', 'olive'], 1)).toMatchObject({ ids: [1, 2, 3] });
    expect(await left([], 1)).toMatchObject({ ids: [1, 2, 3] });
  });

  test('one that is not there is said not to be', async () => {
    expect(await left(['olive'], 9)).toEqual({
      answer: expect.stringMatching(/no reminder of that id/),
      ids: [1, 2, 3],
    });
  });
});
