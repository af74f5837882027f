import { types } from 'node:util';
import { BaseChannel, BaseManager, Client, Collection, Base as DiscordBase, REST } from 'discord.js';
import { expect, onTestFinished, test } from 'vitest';
import { createClient, logIn } from '../../../src/discord/client.ts';
import { createGuildActions } from '../../../src/discord/guild-actions/guild-actions.ts';
import { createRoomPlace } from '../../../src/discord/room-place.ts';
import type { PermissionName } from '../../../src/rehearsal/discord/world/permissions.ts';
import { createBuiltinTools } from '../../../src/tools/builtin/index.ts';
import { openStore } from '../../kit/database-file.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';
import { startDiscord } from './harness.ts';

const NOW = Date.parse('2026-11-27T10:00:00Z');
const PEOPLE = [
  { name: 'Olive' },
  { name: 'Adam' },
  { name: 'Beth', permissions: ['ManageMessages'] as readonly PermissionName[] },
  { name: 'Jukebox', bot: true },
];

/** The built-in tools as they act in a server with a room in the lounge, called into from #general. */
async function setUp() {
  const discord = await startDiscord({
    guilds: [
      {
        name: 'Home',
        channels: [{ name: 'general' }, ...['Lounge', 'Studio'].map((name) => ({ name, kind: 'voice' as const }))],
        people: PEOPLE,
      },
      { name: 'Elsewhere', people: [{ name: 'Eve' }] },
    ],
  });
  const { control } = discord;
  const { signal } = new AbortController();
  const create = () => createClient({ apiUrl: discord.apiUrl, messageContent: false });
  const client = await logIn({ token: discord.token, create, signal });
  onTestFinished(() => client.destroy());
  const [store, log] = [openStore(':memory:'), createRecordingLog()];
  const optedOut = new Set<string>();
  const optOuts = { has: (id: string) => optedOut.has(id) };
  const [lounge, general] = [control.channel('Lounge'), control.channel('general')];
  const guild = client.guilds.cache.get(lounge.guildId);
  const voice = guild?.channels.cache.get(lounge.id);
  const text = guild?.channels.cache.get(general.id);
  if (voice?.isVoiceBased() !== true || text?.isTextBased() !== true) throw new Error('the channels are not there');
  const place = createRoomPlace(voice, text, { optOuts, log });
  let lookedAgain = 0;
  const actions = createGuildActions(lounge.guildId, 'room', {
    ...{ optOuts, store, log },
    guild: (id) => client.guilds.cache.get(id),
    rooms: { get: (id) => (id === 'room' ? ({ channelId: lounge.id } as never) : undefined) },
    keeper: { placeOf: (id) => (id === 'room' ? place : null) },
    onReminder: () => void lookedAgain++,
    now: () => NOW,
  });
  const tools = createBuiltinTools({ now: () => NOW, random: () => 0 });
  const person = (name: string) => control.person(name);
  return {
    ...{ discord, client, control, lounge, general, store, log, actions, optedOut, person },
    lookedAgain: () => lookedAgain,
    seen: (id: string) => () => guild?.voiceStates.cache.get(id)?.channelId,
    /** What the model is told. */
    async call(
      name: string,
      args: Readonly<Record<string, unknown>> = {},
      by: readonly string[] = [person('Adam').id],
    ) {
      const tool = tools.find((one) => one.name === name);
      const checked = tool?.validate(args);
      if (tool === undefined || !checked?.ok) throw new TypeError(`bad call of ${name}`);
      return (await tool.run(checked.value, { signal, guild: actions, actorIds: by })) as Record<string, unknown>;
    },
  };
}

/** Adam, Beth and a bot are in the lounge; what the gateway tells of them has arrived. */
async function withCompany() {
  const bench = await setUp();
  for (const name of ['Adam', 'Beth', 'Jukebox']) {
    const one = bench.person(name);
    one.joinVoice(bench.lounge);
    await expect.poll(bench.seen(one.id)).toBe(bench.lounge.id);
  }
  return bench;
}

test('who_is_here names the people of the room’s channel, and of who opted out only the number', async () => {
  const { call, optedOut, person, control } = await withCompany();
  person('Olive').joinVoice(control.channel('Studio'));
  optedOut.add(person('Beth').id);
  expect(await call('who_is_here')).toEqual({
    channel: 'Lounge',
    people: ['Adam'],
    numberOfPeople: 1,
    otherBots: ['Jukebox'],
    moreWhoDoNotTakePart: 1,
  });
});

test('member_info finds members by name and by mention; not who opted out, and nobody of another server', async () => {
  const { call, optedOut, person, control } = await withCompany();
  const adam = person('Adam');
  const { members } = await call('member_info', { name: 'ADAM' });
  expect(members).toEqual([
    {
      name: 'Adam',
      username: 'adam',
      joined: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      roles: [],
      voiceChannel: 'Lounge',
    },
  ]);
  expect((await call('member_info', { name: `<@${adam.id}>` }))['members']).toEqual(members);
  expect((await call('member_info', { name: 'bet' }))['members']).toMatchObject([
    { name: 'Beth', roles: ["Beth's role"] },
  ]);
  expect((await call('member_info', { name: 'jukebox' }))['members']).toMatchObject([{ isBot: true }]);
  optedOut.add(person('Beth').id);
  for (const name of [
    'Beth',
    `<@${person('Beth').id}>`,
    'Eve',
    `<@${control.person('Eve', control.guild('Elsewhere')).id}>`,
  ])
    expect((await call('member_info', { name }))['members']).toEqual([]);
});

test('member_info does not tell of a voice channel that not everybody can see', async () => {
  const { call, control, person, seen } = await withCompany();
  const studio = control.channel('Studio');
  control.overwrite(studio, control.guild().id, { deny: ['ViewChannel'] });
  control.overwriteBot(studio, { allow: ['ViewChannel', 'Connect'] });
  control.overwrite(studio, person('Beth').id, { allow: ['ViewChannel', 'Connect'] });
  person('Beth').joinVoice(studio);
  await expect.poll(seen(person('Beth').id)).toBe(studio.id);
  expect((await call('member_info', { name: 'Beth' }))['members']).toMatchObject([{ voiceChannel: 'none' }]);
  expect((await call('member_info', { name: 'Adam' }))['members']).toMatchObject([{ voiceChannel: 'Lounge' }]);
});

test('server_info tells of this server', async () => {
  const { call } = await setUp();
  expect(await call('server_info')).toMatchObject({
    name: 'Home',
    members: 5,
    textChannels: 1,
    voiceChannels: 2,
    boosts: 0,
  });
});

test('post_note writes in the room’s channel, with its code, and pings nobody', async () => {
  const { call, discord, lounge, person } = await setUp();
  const text = `@everyone <@${person('Beth').id}>\n\`\`\`js\nlet a = 1;\n\`\`\``;
  expect(await call('post_note', { text })).toMatchObject({ posted: true, channel: 'Lounge' });
  expect(lounge.messages).toMatchObject([{ content: text, mentions: [], mentionEveryone: false }]);
  expect(discord.violations).toEqual([]);
});

test('what the bot may not write in the room’s channel goes where it was called; what it lacks everywhere is named', async () => {
  const { call, control, lounge, general } = await setUp();
  control.overwriteBot(lounge, { deny: ['SendMessages'] });
  await expect.poll(() => call('post_note', { text: 'one' })).toMatchObject({ channel: 'general' });
  expect(general.messages.at(-1)?.content).toBe('one');
  control.overwriteBot(general, { deny: ['ViewChannel'] });
  const refusal = () => call('post_note', { text: 'two' }).catch((error: unknown) => String(error));
  await expect.poll(refusal).toMatch(/lack the permission Send Messages in the channel Lounge/);
});

test('create_poll starts one of Discord’s own; without the permission it says which one is missing', async () => {
  const { call, control, discord, lounge, general } = await setUp();
  const poll = { question: 'Tea?', answers: ['Yes', 'No'], hours: 5, several_answers: true };
  expect(await call('create_poll', poll)).toMatchObject({ posted: true, channel: 'Lounge', openForHours: 5 });
  expect(lounge.messages.at(-1)?.poll).toMatchObject({
    question: { text: 'Tea?' },
    answers: [{ poll_media: { text: 'Yes' } }, { poll_media: { text: 'No' } }],
    allow_multiselect: true,
  });
  for (const channel of [lounge, general]) control.overwriteBot(channel, { deny: ['SendPolls'] });
  const refusal = () => call('create_poll', poll).catch((error: unknown) => String(error));
  await expect.poll(refusal).toMatch(/Nothing was posted: I lack the permission Create Polls in the channel Lounge/);
  expect(discord.violations).toEqual([]);
});

test('a reminder is set where the bot can write, seen and cancelled by its owner, and by whoever manages the server', async () => {
  const { call, control, store, lounge, general, person, lookedAgain } = await setUp();
  control.overwriteBot(lounge, { deny: ['SendMessages'] });
  const adam = person('Adam').id;
  const set = async () => {
    await call('set_reminder', { what: 'Tea', in_minutes: 5 });
    return (await store.reminders(lounge.guildId)).at(-1)?.channelId;
  };
  await expect.poll(set).toBe(general.id);
  const [first] = await store.reminders(lounge.guildId);
  expect(first).toMatchObject({ ownerId: adam, what: 'Tea', setAt: NOW, dueAt: NOW + 300_000 });
  expect(lookedAgain()).toBeGreaterThan(0);
  const id = first?.id ?? 0;
  expect((await call('list_reminders'))['reminders']).toContainEqual(
    expect.objectContaining({ id, dueIn: '5 minutes' }),
  );
  await expect(call('cancel_reminder', { id }, [person('Beth').id])).rejects.toThrow(/Manage Server/);
  expect(await call('cancel_reminder', { id }, [person('Olive').id])).toMatchObject({ cancelled: true, what: 'Tea' });
  await expect(call('cancel_reminder', { id })).rejects.toThrow(/no reminder of that id/);
});

test('one reminder too many is refused with the number that there may be', async () => {
  const { call } = await setUp();
  for (let i = 0; i < 25; i++) await call('set_reminder', { what: `Tea ${i}`, in_hours: 1 });
  await expect(call('set_reminder', { what: 'Tea', in_hours: 1 })).rejects.toThrow(/theirs as there may be: 25/);
});

test('nothing that a handler gets hold of leads to the client or the token', async () => {
  const { actions, discord, client, person, store, call, control } = await withCompany();
  await call('set_reminder', { what: 'Tea', in_hours: 1 });
  const adam = person('Adam').id;
  const ask: Readonly<Record<keyof typeof actions, () => unknown>> = {
    presence: () => actions.presence(),
    findMembers: () => actions.findMembers('Adam'),
    server: () => actions.server(),
    mayManage: () => actions.mayManage(adam),
    post: () => actions.post('hello'),
    postPoll: () => actions.postPoll({ question: 'Tea?', answers: ['Yes', 'No'], hours: 1, severalAnswers: false }),
    addReminder: () => actions.addReminder({ ownerId: adam, what: 'Tea', dueAt: NOW }),
    reminders: () => actions.reminders(),
    removeReminder: () => actions.removeReminder(1),
  };
  const gotten = (): Promise<unknown[]> =>
    Promise.all(
      Object.values(ask).map((one) =>
        Promise.resolve()
          .then(one)
          .catch((error: unknown) => error),
      ),
    );
  expect(Object.keys(ask).toSorted()).toEqual(Object.keys(actions).toSorted());
  const worked = await gotten();
  expect(worked.filter((it) => it instanceof Error)).toEqual([]);
  control.rest.failWith = 403;
  store.close();
  const failed = await gotten();
  expect(failed.filter((it) => it instanceof Error).length).toBeGreaterThan(2);
  expect(reachable([client]).some(isDiscords)).toBe(true);
  expect(reachable([actions, worked, failed]).filter((it) => isDiscords(it) || holds(it, discord.token))).toEqual([]);
});

const isDiscords = (it: unknown): boolean =>
  [Client, REST, DiscordBase, BaseManager, BaseChannel, Collection].some((kind) => it instanceof kind) ||
  it === process.env;
const holds = (it: unknown, secret: string): boolean => typeof it === 'string' && it.includes(secret);

/** Everything that can be got at from a value: properties of any kind, causes of errors, prototypes, static fields. */
function reachable(start: unknown): unknown[] {
  const seen = new Set<unknown>();
  const waiting = [start];
  for (let it = waiting.pop(); waiting.length > 0 || it !== undefined; it = waiting.pop()) {
    if (seen.has(it)) continue;
    seen.add(it);
    if (it === null || (typeof it !== 'object' && typeof it !== 'function')) continue;
    // What everything in JavaScript inherits from is nobody's secret.
    if (it === Object.prototype || it === Function.prototype || it === Error.prototype) continue;
    if (types.isMap(it) || types.isSet(it)) waiting.push(...[...it].flat());
    waiting.push(Object.getPrototypeOf(it));
    for (const { value, get } of Object.values(Object.getOwnPropertyDescriptors(it))) waiting.push(value, get);
  }
  return [...seen];
}
