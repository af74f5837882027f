import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';
import { expect, test } from 'vitest';
import type { CommandBody } from '../../../src/rehearsal/discord/commands.ts';
import type { CommandCall } from '../../../src/rehearsal/discord/people/person.ts';
import { type Answering, answer, openStage, startDiscord, type TestDiscord } from './harness.ts';

const ASK: CommandBody = {
  name: 'ask',
  description: 'Asks',
  options: [
    { type: 3, name: 'text', description: 'What', required: true, min_length: 2, max_length: 10 },
    { type: 3, name: 'voice', description: 'Whose', autocomplete: true },
    { type: 3, name: 'mode', description: 'How', choices: [{ name: 'Open', value: 'open' }] },
    { type: 4, name: 'pause', description: 'ms', min_value: 300, max_value: 2_000 },
    { type: 7, name: 'channel', description: 'Where', channel_types: [2] },
    { type: 6, name: 'speaker', description: 'Who' },
    { type: 11, name: 'image', description: 'A picture' },
    { type: 5, name: 'loud', description: 'Loudly' },
  ],
};

const TOOLS: CommandBody = {
  name: 'tools',
  description: 'Tools',
  options: [{ type: 1, name: 'list', description: 'Lists' }],
};

test('every kind of option arrives as discord.js knows it', async () => {
  const { discord, client } = await openStage();
  const { control } = discord;
  control.commands.write(null, [ASK, TOOLS]);
  const seen: ChatInputCommandInteraction[] = [];
  answer(
    client,
    (one) => one.isChatInputCommand(),
    (one) => {
      seen.push(one);
      return one.reply('ok');
    },
  );
  const image = { name: 'my cat.png', contentType: 'image/png', bytes: Buffer.from('no picture') };
  const options = {
    ...{ text: 'hello', mode: 'open', pause: 600, loud: true, image },
    ...{ channel: control.channel('Lounge').id, speaker: control.person('Beth').id },
  };
  await control.person('Adam').command('ask', { options }).answer();
  await control.person('Adam').command('tools', { subcommand: 'list' }).answer();
  const [ask, tools] = seen.map((one) => one.options);
  expect(ask?.getString('text', true)).toBe('hello');
  expect(ask?.getInteger('pause')).toBe(600);
  expect(ask?.getBoolean('loud')).toBe(true);
  expect(ask?.getChannel('channel')?.name).toBe('Lounge');
  expect(ask?.getUser('speaker')?.displayName).toBe('Beth');
  expect(ask?.getMember('speaker')).toMatchObject({ displayName: 'Beth' });
  const file = ask?.getAttachment('image', true);
  expect(file).toMatchObject({ name: 'my_cat.png', size: 10, contentType: 'image/png' });
  expect(Buffer.from(await (await fetch(file?.url ?? '')).arrayBuffer())).toEqual(image.bytes);
  expect(tools?.getSubcommand()).toBe('list');
  expect(discord.violations).toEqual([]);
});

test.each<[string, CommandCall | undefined, string]>([
  ['a required option that is missing', {}, '/ask: the option "text" is required'],
  ['an option that there is not', { options: { text: 'hi', no: 1 } }, '/ask has no option "no"'],
  ['none of the choices', { options: { text: 'hi', mode: 'shut' } }, '/ask: mode is none of the choices'],
  ['a text that is too short', { options: { text: 'h' } }, '/ask: text is too short or too long'],
  ['a text that is too long', { options: { text: 'h'.repeat(11) } }, '/ask: text is too short or too long'],
  ['a number that is no whole one', { options: { text: 'hi', pause: 300.5 } }, '/ask: pause takes a number'],
  ['a number out of range', { options: { text: 'hi', pause: 2_001 } }, '/ask: pause is out of range'],
  ['a channel that there is not', { options: { text: 'hi', channel: '1' } }, '/ask: channel names no channel'],
  ['a stranger', { options: { text: 'hi', speaker: '1' } }, '/ask: speaker names no member'],
  ['a text where a file belongs', { options: { text: 'hi', image: 'x' } }, '/ask: image takes something else'],
  ['a subcommand that there is not', { subcommand: 'no' }, '/ask has no subcommand "no"'],
])('Discord’s client does not send %s', async (_, call, words) => {
  const discord = await startDiscord();
  discord.control.commands.write(null, [ASK]);
  expect(() => discord.control.person('Adam').command('ask', call)).toThrow(words);
  expect(discord.of('interactionCreated')).toEqual([]);
});

test('nor a channel of another kind, nor a command that needs a subcommand, nor one that does not exist', async () => {
  const discord = await startDiscord();
  const { control } = discord;
  control.commands.write(null, [ASK, TOOLS]);
  const adam = control.person('Adam');
  const general = control.channel('general').id;
  expect(() => adam.command('ask', { options: { text: 'hi', channel: general } })).toThrow(
    'names a channel of another kind',
  );
  expect(() => adam.command('tools')).toThrow('/tools needs a subcommand');
  expect(() => adam.command('nothing')).toThrow('there is no command nothing');
});

const plain = (more: object): CommandBody => ({ name: 'plain', description: 'Plain', ...more });

test.each<[string, CommandBody, string, boolean]>([
  ['by everybody, when nothing is asked for', plain({}), 'Adam', true],
  [
    'not by whoever lacks the permission it asks for',
    plain({ default_member_permissions: String(1 << 5) }),
    'Adam',
    false,
  ],
  ['by the owner, who may everything', plain({ default_member_permissions: String(1 << 5) }), 'Olive', true],
  [
    'by nobody but administrators, when it asks for none at all',
    plain({ default_member_permissions: '0' }),
    'Adam',
    false,
  ],
  ['by administrators', plain({ default_member_permissions: '0' }), 'Olive', true],
  ['by nobody in a server, when it is for elsewhere', plain({ contexts: [1] }), 'Olive', false],
])('a command is seen %s', async (_, body, who, seen) => {
  const { control } = await startDiscord();
  control.commands.write(null, [body]);
  const run = () => control.person(who).command('plain');
  if (seen) expect(run).not.toThrow();
  else expect(run).toThrow(/does not see plain|there is no command/);
});

test('a server’s own command hides the one of everywhere; without the bot there are none', async () => {
  const { control } = await startDiscord();
  control.commands.write(null, [plain({ description: 'Everywhere' })]);
  const guild = control.guild();
  control.commands.write(guild.id, [plain({ default_member_permissions: '0' })]);
  const adam = control.person('Adam');
  expect(() => adam.command('plain')).toThrow('Adam does not see plain');
  control.commands.write(guild.id, []);
  expect(() => adam.command('plain')).not.toThrow();
  control.removeGuild(guild);
  expect(() => adam.command('plain')).toThrow('there is no command plain');
});

/** A bot that suggests as told. */
async function suggesting(
  act: (interaction: AutocompleteInteraction) => Promise<unknown>,
): Promise<Answering & { readonly discord: TestDiscord }> {
  const { discord, client } = await openStage();
  discord.control.commands.write(null, [ASK]);
  return { discord, ...answer(client, (one) => one.isAutocomplete(), act) };
}

test('suggestions come while an option is being typed, with what was chosen before', async () => {
  const { discord, errors } = await suggesting((one) => {
    const { name, value } = one.options.getFocused(true);
    return one.respond([{ name: `${name}=${value} (${one.options.getString('text')})`, value: 'x' }]);
  });
  const adam = discord.control.person('Adam');
  const choices = await adam.suggestions('ask', 'voice', 'Pu', { options: { text: 'hi' } });
  expect(choices).toEqual([{ name: 'voice=Pu (hi)', value: 'x' }]);
  await expect(adam.suggestions('ask', 'text', 'x')).rejects.toThrow('nothing is suggested for "text"');
  expect(errors).toEqual([]);
  expect(discord.violations).toEqual([]);
});

test('more than 25 suggestions are refused, and the member gets none', async () => {
  const { discord, done, errors } = await suggesting(async (one) => {
    const many = Array.from({ length: 26 }, (_, at) => ({ name: `${at}`, value: `${at}` }));
    await one.respond(many).finally(() => one.respond([]));
  });
  expect(await discord.control.person('Adam').suggestions('ask', 'voice', '')).toEqual([]);
  await done;
  expect(errors).toMatchObject([{ code: 50035 }]);
  expect(discord.rules).toEqual(['invalid-form']);
});

test('a member can do in a channel what its permissions are, and no more', async () => {
  const { control } = await startDiscord();
  const [adam, general, lounge] = [control.person('Adam'), control.channel('general'), control.channel('Lounge')];
  const message = control.person('Beth').write(general, 'mine');
  expect(() => adam.editMessage(message, 'ours')).toThrow('Adam did not write that message');
  expect(() => adam.deleteMessage(message)).toThrow('Adam did not write that message');
  expect(() => adam.openThread(lounge, 'no')).toThrow('Lounge holds no threads');
  expect(() => adam.joinVoice(general)).toThrow('general is no voice channel');
  control.overwrite(general, control.guild().id, { deny: ['SendMessages', 'UseApplicationCommands'] });
  expect(() => adam.write(general, 'x')).toThrow('Adam lacks SendMessages in general');
  control.commands.write(null, [plain({})]);
  expect(() => adam.command('plain')).toThrow('Adam lacks UseApplicationCommands in general');
  control.overwrite(general, adam.id, { deny: ['ViewChannel'] });
  expect(() => adam.command('plain')).toThrow('Adam sees no text channel');
  expect(() => adam.messageCommand('plain', message)).toThrow('Adam does not see that message');
  control.overwrite(lounge, adam.id, { deny: ['Connect'] });
  expect(() => adam.joinVoice(lounge)).toThrow('Adam lacks Connect in Lounge');
  expect(() => adam.write(lounge, 'x')).toThrow('Adam does not get into the chat of Lounge');
});

test('a full channel takes only those who may move members', async () => {
  const { control } = await startDiscord();
  const lounge = control.channel('Lounge');
  control.setUserLimit(lounge, 1);
  control.person('Adam').joinVoice(lounge);
  expect(() => control.person('Beth').joinVoice(lounge)).toThrow('Lounge is full');
  const mod = control.addPerson({ name: 'Mod', permissions: ['MoveMembers'] });
  expect(mod.joinVoice(lounge).channelId).toBe(lounge.id);
});
