import { type Client, DiscordAPIError } from 'discord.js';
import { expect, test } from 'vitest';
import { switchOffPanels } from '../../../src/discord/panel/leftover-panels.ts';
import { textDisplays } from '../../../src/rehearsal/discord/message-words.ts';
import type { StoredPanel } from '../../../src/store/store.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';

const panel = (messageId: string, more: Partial<StoredPanel> = {}): StoredPanel => ({
  ...{ guildId: '1500000000000000000', channelId: '1500000000000000001', messageId, language: 'en' },
  ...more,
});

/** Discord's refusal with one of its own codes. */
function refusal(code: number): DiscordAPIError {
  return new DiscordAPIError({ code, message: 'no' }, code, 404, 'PATCH', 'http://discord', {});
}

/** One shard of two; requests are answered when the test says so. */
function setUp(fails: Readonly<Record<string, Error>> = {}) {
  const edits: { readonly messageId: string; readonly words: string; readonly answer: () => void }[] = [];
  const removed: string[] = [];
  const log = createRecordingLog();
  const patch = (route: string, { body }: { body: { components: unknown[] } }): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const messageId = route.split('/').at(-1) ?? '';
    const error = fails[messageId];
    const answer = (): void => (error === undefined ? resolve() : reject(error));
    edits.push({ messageId, words: textDisplays(body.components).join('\n'), answer });
    return promise;
  };
  const client = {
    rest: { patch },
    guilds: { cache: new Map() },
    ws: { shards: new Map([[0, {}]]) },
    options: { shardCount: 2 },
  } as unknown as Client<true>;
  const store = { removePanel: async (messageId: string) => void removed.push(messageId) };
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    ...{ edits, removed, log, settle },
    run: (panels: StoredPanel[]) => switchOffPanels(panels, { client, store, log }),
  };
}

/** Of the other shard: the shard is `id >> 22`, modulo their number (Discord, "Sharding"). */
const ELSEWHERE = String(1_500_000_000_000_000_000n + (1n << 22n));

test('many panels are switched off a few at a time, each in the language that it was written in', async () => {
  const { edits, removed, run, settle } = setUp();
  const done = run(Array.from({ length: 9 }, (_, i) => panel(`m${i}`, i === 3 ? { language: 'sq' } : {})));
  await settle();
  expect(edits).toHaveLength(4);
  for (let i = 0; i < 9; i++) {
    edits[i]?.answer();
    await settle();
  }
  await done;
  expect(removed).toEqual(Array.from({ length: 9 }, (_, i) => `m${i}`));
  expect(edits[3]?.words).toContain('Parley nuk dëgjon më');
  expect(edits[4]?.words).toContain('not listening any more');
});

test('what is gone is forgotten, what fails is kept for the next start and holds nobody up', async () => {
  const { edits, removed, log, run, settle } = setUp({
    deleted: refusal(10_008),
    noChannel: refusal(10_003),
    noAccess: refusal(50_001),
    down: new Error('fetch failed'),
  });
  const done = run(['down', 'deleted', 'noChannel', 'noAccess', 'there'].map((messageId) => panel(messageId)));
  for (let i = 0; i < 5; i++) {
    await settle();
    edits[i]?.answer();
  }
  await done;
  expect(removed.toSorted()).toEqual(['deleted', 'noAccess', 'noChannel', 'there']);
  expect(log.messages('warn')).toEqual(['the panel of a room that is over is left for the next start']);
});

test('panels of servers that another process looks after are left alone', async () => {
  const { edits, run, settle } = setUp();
  const done = run([panel('mine'), panel('theirs', { guildId: ELSEWHERE })]);
  await settle();
  expect(edits.map(({ messageId }) => messageId)).toEqual(['mine']);
  edits[0]?.answer();
  await done;
});
