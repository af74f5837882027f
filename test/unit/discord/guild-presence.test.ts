import { Client, Events, type Guild, ShardClientUtil, type WebSocketShard } from 'discord.js';
import { expect, onTestFinished, test } from 'vitest';
import { createGuildPresence } from '../../../src/discord/guild-presence.ts';
import { ParleyError } from '../../../src/errors.ts';
import { openSqliteStore } from '../../../src/store/sqlite-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';

const DAY = 86_400_000;
const [HERE, THERE] = ['100000000000000000', '200000000000000000'];

interface Options {
  readonly shards?: readonly number[];
  readonly shardCount?: number;
  readonly change?: (store: Store) => Store;
}

async function setUp({ shards = [0], shardCount = 1, change = (store) => store }: Options = {}) {
  const clock = createFakeClock(Date.UTC(2026, 10, 24));
  const log = createRecordingLog();
  const store = openSqliteStore(':memory:', clock);
  const presence = createGuildPresence({ store: change(store), clock, now: () => clock.now(), log });
  const client = new Client({ intents: [], shards: [...shards], shardCount });
  onTestFinished(() => client.destroy());
  for (const id of shards) client.ws.shards.set(id, { id } as WebSocketShard);
  presence.attach(client);
  for (const id of [HERE, THERE]) await store.saveSettings(id, { voice: 'Puck' });
  return {
    clock,
    log,
    store,
    presence,
    /** The client is on `HERE` only. */
    ready: async () => {
      client.guilds.cache.set(HERE, { id: HERE } as Guild);
      client.emit(Events.ClientReady, client as Client<true>);
      await settled();
    },
    emit: async (event: Events.GuildCreate | Events.GuildDelete, id: string) => {
      client.emit(event, { id } as Guild);
      await settled();
    },
    days: async (count: number) => {
      clock.advance(count * DAY);
      await settled();
    },
  };
}

/** Everything that has begun is through: the store answers in microtasks. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a server whose return could not be saved is not forgotten while the bot is on it', async () => {
  let works = true;
  const { store, ready, emit, days, log, clock } = await setUp({
    change: (real) => ({
      ...real,
      guildBack: async (id) => {
        if (!works) throw new ParleyError('STORE_WRITE_FAILED');
        await real.guildBack(id);
      },
    }),
  });
  await ready();
  await emit(Events.GuildDelete, HERE);
  works = false;
  await emit(Events.GuildCreate, HERE);
  expect(log.messages('warn').length).toBe(1);
  clock.stall(40 * DAY);
  await days(0);
  expect((await store.settings(HERE)).settings.voice).toBe('Puck');
  expect(log.messages('warn').length).toBe(2);
  works = true;
  await days(1);
  await days(40);
  expect((await store.settings(HERE)).settings.voice).toBe('Puck');
});

test('servers of other processes’ shards are none of ours', async () => {
  const shardCount = 4;
  const theirs = [0, 1, 2, 3].filter((id) => id !== ShardClientUtil.shardIdForGuildId(THERE, shardCount));
  const away = await setUp({ shards: theirs, shardCount });
  await away.ready();
  await away.days(40);
  expect((await away.store.settings(THERE)).revision).toBe(1);
  const own = await setUp({ shards: [0, 1, 2, 3], shardCount });
  await own.ready();
  await own.days(40);
  expect((await own.store.settings(THERE)).revision).toBe(0);
});

test('with a database that cannot be written nothing is tried and nothing is logged', async () => {
  const { ready, emit, days, log, clock } = await setUp({ change: (real) => ({ ...real, readOnly: true }) });
  await ready();
  await emit(Events.GuildDelete, HERE);
  await days(1);
  expect(log.lines).toEqual([]);
  expect(clock.pending).toBe(0);
});

test('closing leaves no timer behind, also when the client gets ready only then', async () => {
  const running = await setUp();
  await running.ready();
  expect(running.clock.pending).toBe(1);
  running.presence.close();
  expect(running.clock.pending).toBe(0);
  const late = await setUp();
  late.presence.close();
  await late.ready();
  expect(late.clock.pending).toBe(0);
});
