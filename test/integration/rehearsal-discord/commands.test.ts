import {
  type ApplicationCommandDataResolvable,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
} from 'discord.js';
import { expect, test } from 'vitest';
import { ask, must, openStage, refusal, startDiscord } from './harness.ts';

const joins = {
  name: 'join',
  description: 'Joins a channel',
  nameLocalizations: { de: 'komm' },
  descriptionLocalizations: { de: 'Kommt in einen Kanal' },
  options: [
    {
      type: ApplicationCommandOptionType.String,
      name: 'mode',
      nameLocalizations: { de: 'art' },
      description: 'How',
      required: false,
      choices: [{ name: 'open', nameLocalizations: { de: 'offen' }, value: 'open' }],
    },
  ],
} satisfies ApplicationCommandDataResolvable;

test('commands are written and read, for everywhere and for one server, each list by itself', async () => {
  const { discord, client } = await openStage();
  const guild = must(client.guilds.cache.first());
  const global = await client.application.commands.set([joins, { name: 'Ask', type: ApplicationCommandType.Message }]);
  const local = await client.application.commands.set([{ name: 'leave', description: 'Leaves' }], guild.id);
  expect(global.map(({ name, type }) => [name, type])).toEqual([
    ['join', ApplicationCommandType.ChatInput],
    ['Ask', ApplicationCommandType.Message],
  ]);
  expect(local.map(({ name, guildId }) => [name, guildId])).toEqual([['leave', guild.id]]);
  expect((await client.application.commands.fetch()).map(({ name }) => name)).toEqual(['join', 'Ask']);
  expect((await guild.commands.fetch()).map(({ name }) => name)).toEqual(['leave']);
  expect(discord.of('commandsWritten')).toMatchObject([
    { guildId: null, names: ['join', 'Ask'] },
    { guildId: guild.id, names: ['leave'] },
  ]);
  expect(discord.violations).toEqual([]);
});

test('localizations come only when they are asked for', async () => {
  const { discord, client } = await openStage();
  await client.application.commands.set([joins]);
  const path = `/applications/${discord.applicationId}/commands`;
  const [plain] = (await ask(discord, 'GET', path)).body;
  expect(JSON.stringify(plain)).not.toContain('localizations');
  const whole = must((await client.application.commands.fetch({ withLocalizations: true })).first());
  expect(whole.nameLocalizations).toEqual({ de: 'komm' });
  // discord.js looks through Discord's defaults, but for this one.
  expect(whole.equals({ ...joins, integrationTypes: [ApplicationIntegrationType.GuildInstall] })).toBe(true);
});

test('Discord gives commands back in its own form: what says nothing left out, what was left out filled in', async () => {
  const { discord, client } = await openStage();
  await client.application.commands.set([joins]);
  const path = `/applications/${discord.applicationId}/commands?with_localizations=true`;
  const [command] = (await ask(discord, 'GET', path)).body;
  expect(command).toMatchObject({ contexts: null, integration_types: [0], nsfw: false, dm_permission: true });
  expect(command.options[0]).not.toHaveProperty('required');
  expect(command.options[0].choices).toEqual([{ name: 'open', value: 'open', name_localizations: { de: 'offen' } }]);
});

test('a command that stays keeps its id, in a new version', async () => {
  const { discord } = await openStage();
  const path = `/applications/${discord.applicationId}/commands`;
  const written = async (description: string) =>
    (await ask(discord, 'PUT', path, [{ name: 'a', description }])).body[0];
  const [before, after] = [await written('one'), await written('two')];
  expect(after.id).toBe(before.id);
  expect(after.version).not.toBe(before.version);
});

test('writing what is there already is a violation, in whatever order it is written', async () => {
  const { discord, client } = await openStage();
  const leave = { name: 'leave', description: 'Leaves' };
  await client.application.commands.set([joins, leave]);
  expect(discord.rules).toEqual([]);
  await client.application.commands.set([{ description: 'Leaves', name: 'leave' }, joins]);
  expect(discord.rules).toEqual(['commands-rewritten']);
  await client.application.commands.set([leave]);
  await client.application.commands.set([]);
  await client.application.commands.set([]);
  expect(discord.rules).toEqual(['commands-rewritten']);
});

test('a definition that does not fit refuses the whole list, with a tree of what is wrong', async () => {
  const { discord, client } = await openStage();
  await client.application.commands.set([joins]);
  const path = `/applications/${discord.applicationId}/commands`;
  const options = [
    { type: 3, name: 'Upper', description: 'x' },
    { type: 3, name: 'ok', description: '' },
  ];
  const bad = [
    { name: 'fine', description: 'x' },
    { name: 'bad', description: 'x', options },
  ];
  const { status, body } = await ask(discord, 'PUT', path, bad);
  expect([status, body.code]).toEqual([400, 50035]);
  expect(Object.keys(body.errors)).toEqual(['1']);
  expect(Object.keys(body.errors['1'].options)).toEqual(['0', '1']);
  expect(discord.control.commands.list(null).map(({ name }) => name)).toEqual(['join']);
  expect(discord.rules).toEqual(['invalid-form']);
});

test('a server that the bot is not on, and another application, are refused', async () => {
  const { discord, client } = await openStage({ guilds: [{ name: 'Mine' }, { name: 'Theirs', withoutBot: true }] });
  const theirs = discord.control.guild('Theirs').id;
  expect(await refusal(client.application.commands.set([], theirs))).toBe(50001);
  const { body } = await ask(discord, 'GET', `/applications/${theirs}/commands`);
  expect(body.code).toBe(10002);
});

test('a path or method that Discord does not have is a violation', async () => {
  const discord = await startDiscord();
  expect((await ask(discord, 'GET', '/no/such/thing')).body).toEqual({ message: '404: Not Found', code: 0 });
  expect((await ask(discord, 'DELETE', '/gateway/bot')).status).toBe(405);
  expect((await ask(discord, 'GET', '/channels/%zz/nothing')).status).toBe(404);
  expect(discord.rules).toEqual(['unknown-route', 'unknown-route', 'unknown-route']);
});
