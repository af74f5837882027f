import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StoredPanel } from '../../../src/store/store.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import { connect, directory, freshPath, openStore } from '../../kit/database-file.ts';

const DAY = '2026-11-24';
const MODEL = 'gemini-3.8-live';
const PANEL: StoredPanel = { guildId: 'g', channelId: 'c', messageId: 'm', language: 'de' };

const spoken = (guildId: string, roomId: string, tokens: number, day = DAY) =>
  ({ guildId, day, roomId, model: MODEL, kind: 'prompt', modality: 'AUDIO', tokens }) as const;

test('usage adds up by guild and day, and is there after a restart', async () => {
  const path = join(directory(), 'deep', 'down', 'parley.db');
  const first = openStore(path);
  await first.addUsage([
    { guildId: 'a', day: DAY, voiceMs: 1000, tokens: 5 },
    { guildId: 'b', day: DAY, voiceMs: 7, tokens: 0 },
  ]);
  await first.addUsage([{ guildId: 'a', day: DAY, voiceMs: 500, tokens: 6 }]);
  first.close();
  first.close();
  const second = openStore(path);
  expect(await second.usage('a', DAY)).toEqual({ voiceMs: 1500, tokens: 11 });
  expect(await second.usage('b', DAY)).toEqual({ voiceMs: 7, tokens: 0 });
  expect(await second.usage('a', '2026-11-25')).toEqual({ voiceMs: 0, tokens: 0 });
});

test('tokens are told by model, kind and modality, of a guild since a day or of one room', async () => {
  const store = openStore(':memory:');
  const answered = { ...spoken('g', 'r1', 8), kind: 'response' } as const;
  const yesterday = { ...spoken('g', 'r0', 1000), day: '2026-11-23' };
  const use = { guildId: 'g', voiceMs: 60, tokens: 30 };
  await store.addUsage([{ ...use, day: DAY }], [spoken('g', 'r1', 10), spoken('g', 'r2', 20), answered]);
  await store.addUsage([{ ...use, day: '2026-11-23' }], [yesterday, spoken('g', 'r1', 1), spoken('h', 'r1', 500)]);
  const sums = (tokens: readonly { kind: string; tokens: number }[]) => tokens.map((it) => [it.kind, it.tokens]).sort();

  const today = await store.usageReport('g', { fromDay: DAY });
  expect(today.voiceMs).toBe(60);
  expect(sums(today.tokens)).toEqual([
    ['prompt', 31],
    ['response', 8],
  ]);
  expect(today.tokens[0]).toEqual({ model: MODEL, kind: 'prompt', modality: 'AUDIO', tokens: 31 });

  const both = await store.usageReport('g', { fromDay: '2026-11-23' });
  expect(both.voiceMs).toBe(120);
  expect(sums(both.tokens)).toContainEqual(['prompt', 1031]);

  const room = await store.usageReport('g', { fromDay: '2026-11-23', roomId: 'r1' });
  expect(room.voiceMs).toBe(0);
  expect(sums(room.tokens)).toEqual([
    ['prompt', 11],
    ['response', 8],
  ]);
  expect(await store.usageReport('nobody', { fromDay: DAY })).toEqual({ voiceMs: 0, tokens: [] });
});

test('use is kept for 400 days and goes with the first of a new day after that', async () => {
  const store = openStore(':memory:');
  const save = (day: string) =>
    store.addUsage([{ guildId: 'g', day, voiceMs: 1, tokens: 1 }], [spoken('g', 'r', 1, day)]);
  await save('2025-10-20');
  await save('2025-10-21');
  await save('2026-11-24');
  expect((await store.usageReport('g', { fromDay: '2000-01-01' })).voiceMs).toBe(3);
  await save('2026-11-25');
  await save('2026-11-25');
  expect(await store.usage('g', '2025-10-20')).toEqual({ voiceMs: 0, tokens: 0 });
  expect(await store.usage('g', '2025-10-21')).toEqual({ voiceMs: 1, tokens: 1 });
  const all = await store.usageReport('g', { fromDay: '2000-01-01' });
  expect(all.tokens).toEqual([{ model: MODEL, kind: 'prompt', modality: 'AUDIO', tokens: 4 }]);
});

test('half of several entries is never written, nor tokens without their day', async () => {
  const store = openStore(':memory:');
  const good = { guildId: 'g', day: DAY, voiceMs: 1, tokens: 1 };
  const bad = { guildId: 'h', day: DAY, voiceMs: Number.NaN, tokens: 1 };
  await expect(store.addUsage([good, bad])).rejects.toMatchObject({ code: 'STORE_WRITE_FAILED' });
  await expect(store.addUsage([good], [spoken('g', 'r', Number.NaN)])).rejects.toThrow();
  expect(await store.usage('g', DAY)).toEqual({ voiceMs: 0, tokens: 0 });
});

test('settings are the defaults until something is set, and two members who set different things both get their way', async () => {
  const store = openStore(':memory:');
  expect(await store.settings('g')).toEqual({ settings: DEFAULT_SETTINGS, revision: 0 });
  await Promise.all([store.saveSettings('g', { voice: 'Puck' }), store.saveSettings('g', { language: 'sq' })]);
  expect(await store.settings('g')).toEqual({
    settings: { ...DEFAULT_SETTINGS, voice: 'Puck', language: 'sq' },
    revision: 2,
  });
});

test('whoever sets something learns what was before, also when it is the same', async () => {
  const store = openStore(':memory:');
  const first = await store.saveSettings('g', { voice: 'Puck' });
  expect(first.before).toEqual({ settings: DEFAULT_SETTINGS, revision: 0 });
  expect(first.after).toEqual({ settings: { ...DEFAULT_SETTINGS, voice: 'Puck' }, revision: 1 });
  const again = await store.saveSettings('g', { voice: 'Puck' });
  expect(again.before).toEqual(first.after);
  expect(again.after).toEqual({ settings: first.after.settings, revision: 2 });
});

test('tools are switched one by one', async () => {
  const store = openStore(':memory:');
  await store.saveSettings('g', { tools: { google_search: false } });
  await store.saveSettings('g', { tools: { code_execution: true }, pauseMs: 900 });
  await store.saveSettings('g', { tools: { google_search: true } });
  const { settings } = await store.settings('g');
  expect(settings.tools).toEqual({ google_search: true, code_execution: true });
  expect(settings.pauseMs).toBe(900);
});

test('a settings row that no longer fits is read as far as it does', async () => {
  const path = freshPath();
  const store = openStore(path);
  for (const guild of ['half', 'none', 'odd']) await store.saveSettings(guild, { voice: 'Puck' });
  const put = connect(path).prepare('UPDATE guild_settings SET settings = ? WHERE guild_id = ?');
  put.run(
    '{"voice":"Puck","pauseMs":"soon","interrupt":"never","tools":{"a":true,"b":"yes","c":null,"d":false}}',
    'half',
  );
  put.run('not json', 'none');
  put.run('{"voice":"Puck","tools":["a"]}', 'odd');
  expect((await store.settings('half')).settings).toEqual({
    ...DEFAULT_SETTINGS,
    voice: 'Puck',
    tools: { a: true, d: false },
  });
  expect((await store.settings('none')).settings).toEqual(DEFAULT_SETTINGS);
  expect((await store.settings('odd')).settings).toMatchObject({ voice: 'Puck', tools: {} });
});

test('whatever members set comes back as it was set, and of tools the last word on each', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 20 });
  const change = fc.record(
    {
      voice: text,
      persona: text,
      pauseMs: fc.integer({ min: 300, max: 2000 }),
      interrupt: fc.constantFrom('off' as const, 'careful' as const, 'quick' as const),
      tools: fc.dictionary(fc.stringMatching(/^[a-c]$/), fc.boolean(), { noNullPrototype: true }),
    },
    { requiredKeys: [] },
  );
  let guild = 0;
  const store = openStore(':memory:');
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 6 }), async (changes) => {
      const id = `guild ${guild++}`;
      for (const it of changes) await store.saveSettings(id, it);
      const tools = Object.assign({}, ...changes.map((it) => it.tools ?? {}));
      const settings = Object.assign({}, DEFAULT_SETTINGS, ...changes, { tools });
      expect(await store.settings(id)).toEqual({ settings, revision: changes.length });
    }),
  );
});

test('who does not want to be heard is known after a restart, until they change their mind', async () => {
  const path = freshPath();
  const first = openStore(path);
  await first.setOptedOut('adam', true);
  await first.setOptedOut('beth', true);
  await first.setOptedOut('beth', true);
  await first.setOptedOut('adam', false);
  await first.setOptedOut('carl', false);
  first.close();
  expect(await openStore(path).optedOut()).toEqual(['beth']);
});

test('a panel is kept until it is removed, once a message', async () => {
  const path = freshPath();
  const first = openStore(path);
  await first.savePanel(PANEL);
  await first.savePanel({ ...PANEL, messageId: 'n' });
  await first.savePanel({ ...PANEL, language: 'sq' });
  await first.removePanel('n');
  await first.removePanel('never there');
  first.close();
  expect(await openStore(path).panels()).toEqual([{ ...PANEL, language: 'sq' }]);
});

test('of a guild that the bot was removed from long ago nothing is left; what is a person’s stays', async () => {
  const store = openStore(':memory:');
  for (const guildId of ['gone', 'here']) {
    await store.saveSettings(guildId, { voice: 'Puck' });
    await store.addUsage([{ guildId, day: DAY, voiceMs: 1, tokens: 1 }], [spoken(guildId, 'r', 1)]);
    await store.savePanel({ ...PANEL, guildId, messageId: guildId });
  }
  await store.setOptedOut('adam', true);
  await store.guildGone('gone', 1000);
  await store.guildGone('gone', 5000);
  // What was used last is saved after the bot was removed.
  await store.addUsage([{ guildId: 'gone', day: DAY, voiceMs: 1, tokens: 1 }]);
  expect(await store.forgetGuildsGoneBefore(1000)).toEqual([]);
  expect([...(await store.guilds())].sort()).toEqual(['gone', 'here']);
  expect(await store.forgetGuildsGoneBefore(1001)).toEqual(['gone']);

  expect(await store.guilds()).toEqual(['here']);
  expect(await store.settings('gone')).toEqual({ settings: DEFAULT_SETTINGS, revision: 0 });
  expect(await store.usageReport('gone', { fromDay: DAY })).toEqual({ voiceMs: 0, tokens: [] });
  expect((await store.panels()).map(({ guildId }) => guildId)).toEqual(['here']);
  expect((await store.settings('here')).settings.voice).toBe('Puck');
  expect((await store.usageReport('here', { fromDay: DAY })).tokens).toHaveLength(1);
  expect(await store.optedOut()).toEqual(['adam']);
  expect(await store.forgetGuildsGoneBefore(9999)).toEqual([]);
});

test('every table that knows of guilds is emptied of one that is forgotten', async () => {
  const path = freshPath();
  const store = openStore(path);
  const database = connect(path);
  const columns = database.prepare(
    `SELECT t.name AS "table", c.name AS "column", c.type FROM pragma_table_list t JOIN pragma_table_info(t.name) c
     WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite%'`,
  );
  const tables = Map.groupBy(columns.all(), (row) => String(row['table']));
  const ofGuilds = [...tables].filter(([, of]) => of.some(({ column }) => column === 'guild_id'));
  expect(ofGuilds.length).toBeGreaterThanOrEqual(5);
  for (const [table, of] of ofGuilds) {
    const values = of.map(({ column, type }) => (column === 'guild_id' ? "'g'" : type === 'INTEGER' ? 1 : "'x'"));
    database.exec(`INSERT INTO ${table} (${of.map(({ column }) => column).join()}) VALUES (${values.join()})`);
  }
  expect(await store.guilds()).toEqual(['g']);
  await store.forgetGuildsGoneBefore(2);
  for (const [table] of ofGuilds) {
    expect(database.prepare(`SELECT * FROM ${table}`).all(), table).toEqual([]);
  }
});

test('a guild that is back in time keeps everything, and its days start again when it goes again', async () => {
  const store = openStore(':memory:');
  await store.saveSettings('g', { voice: 'Puck' });
  await store.guildGone('g', 1000);
  await store.guildBack('g');
  expect(await store.forgetGuildsGoneBefore(9999)).toEqual([]);
  await store.guildGone('g', 8000);
  expect(await store.forgetGuildsGoneBefore(7000)).toEqual([]);
  expect((await store.settings('g')).settings.voice).toBe('Puck');
});
