import { AttachmentBuilder, type GuildTextBasedChannel } from 'discord.js';
import { expect, test } from 'vitest';
import { ask, openStage, type Stage, startDiscord, type TestDiscord } from './harness.ts';

function general({ client, discord }: Stage): GuildTextBasedChannel {
  const channel = client.channels.cache.get(discord.control.channel('general').id);
  if (!channel?.isSendable() || channel.isDMBased()) throw new Error('not a text channel of a server');
  return channel;
}

/** ms: no limit runs out. */
const standingStill = (): number => 1_700_000_000_000;

const post = (discord: TestDiscord, content = 'x') =>
  ask(discord, 'POST', `/channels/${discord.control.channel('general').id}/messages`, { content });

test('a bot that does not look at the headers meets 429, with how long to wait', async () => {
  const discord = await startDiscord({ now: standingStill });
  const remaining: (string | null)[] = [];
  for (let count = 0; count < 5; count++) remaining.push((await post(discord)).headers.get('x-ratelimit-remaining'));
  expect(remaining).toEqual(['4', '3', '2', '1', '0']);
  const { status, headers, body } = await post(discord);
  expect(status).toBe(429);
  expect(body).toEqual({ message: 'You are being rate limited.', global: false, retry_after: 5 });
  expect(headers.get('retry-after')).toBe('5');
  expect(headers.get('x-ratelimit-reset-after')).toBe('5.000');
  expect(headers.get('x-ratelimit-limit')).toBe('5');
  expect(headers.get('x-ratelimit-scope')).toBe('user');
  expect(headers.get('x-ratelimit-bucket')).toMatch(/^[0-9a-f]{16}$/);
  expect(discord.control.channel('general').messages).toHaveLength(5);
  expect(discord.of('rateLimited')).toHaveLength(1);
  expect(discord.violations).toEqual([]);
});

test('another channel has a limit of its own, in the same bucket', async () => {
  const discord = await startDiscord();
  for (let count = 0; count < 5; count++) await post(discord);
  const lounge = await ask(discord, 'POST', `/channels/${discord.control.channel('Lounge').id}/messages`, {
    content: 'x',
  });
  expect(lounge.headers.get('x-ratelimit-remaining')).toBe('4');
  expect(lounge.headers.get('x-ratelimit-bucket')).toBe((await post(discord)).headers.get('x-ratelimit-bucket'));
});

test('discord.js waits by the headers and never sees a 429', async () => {
  const stage = await openStage();
  const { control } = stage.discord;
  control.setBotPermissions(['ManageMessages']);
  const adam = control.person('Adam');
  const ids = Array.from({ length: 6 }, () => adam.write(control.channel('general'), 'x').id);
  const { messages } = general(stage);
  // The shortest limit there is: five deletions a second. The first answer names the bucket.
  await messages.delete(ids.pop() ?? '');
  await Promise.all(ids.map((id) => messages.delete(id)));
  expect(control.channel('general').messages).toEqual([]);
  expect(stage.discord.of('rateLimited')).toEqual([]);
});

test('more than 50 requests a second of all kinds: a global 429', async () => {
  const discord = await startDiscord({ now: standingStill });
  const answers = await Promise.all(Array.from({ length: 60 }, () => ask(discord, 'GET', '/users/@me')));
  const limited = answers.filter(({ status }) => status === 429);
  expect(limited).toHaveLength(10);
  expect(limited[0]?.body.global).toBe(true);
  expect(limited[0]?.headers.get('x-ratelimit-global')).toBe('true');
});

test('limits can be switched off', async () => {
  const discord = await startDiscord({ rateLimited: false });
  for (let count = 0; count < 6; count++) expect((await post(discord)).status).toBe(200);
});

test('a file that is uploaded is served again byte for byte, under its signed address only', async () => {
  const stage = await openStage();
  const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, at) => (at * 31) & 0xff));
  const file = new AttachmentBuilder(bytes, { name: 'a file.bin', description: 'Bytes' });
  const { attachments } = await general(stage).send({ content: 'here', files: [file] });
  const attachment = attachments.first();
  expect(attachment).toMatchObject({ name: 'a_file.bin', size: 70_000, description: 'Bytes' });
  const url = new URL(attachment?.url ?? '');
  const served = await fetch(url);
  expect(Buffer.from(await served.arrayBuffer()).equals(bytes)).toBe(true);
  expect([...url.searchParams.keys()]).toEqual(['ex', 'is', 'hm']);
  url.search = '';
  expect((await fetch(url)).status).not.toBe(200);
});

test('an edit keeps the files that it names, and adds those that it brings', async () => {
  const stage = await openStage();
  const text = (words: string) => ({ attachment: Buffer.from(words), name: `${words}.txt` });
  const message = await general(stage).send({ files: [text('one'), text('two')] });
  const kept = message.attachments.find(({ name }) => name === 'two.txt');
  const edited = await message.edit({ attachments: kept ? [kept] : [], files: [text('three')] });
  expect(edited.attachments.map(({ name }) => name)).toEqual(['two.txt', 'three.txt']);
  expect(stage.discord.violations).toEqual([]);
});

test('files go with answers to interactions too', async () => {
  const { client, discord } = await openStage();
  discord.control.commands.write(null, [{ name: 'file', description: 'Sends one' }]);
  client.on('interactionCreate', (one) => {
    if (one.isChatInputCommand()) void one.reply({ files: [{ attachment: Buffer.from('words'), name: 'x.txt' }] });
  });
  const { attachments } = await discord.control.person('Adam').command('file').answer();
  expect(attachments.map(({ filename, bytes }) => [filename, bytes.toString()])).toEqual([['x.txt', 'words']]);
});

const codeIn = (body: unknown): unknown => (body as { code: unknown }).code;

test('what is too large is refused with 413, what is no JSON with 400', async () => {
  const discord = await startDiscord();
  const url = `${discord.apiUrl}/v10/channels/${discord.control.channel('general').id}/messages`;
  const headers = { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' };
  const large = await fetch(url, { method: 'POST', headers, body: `"${'x'.repeat(12 * 2 ** 20)}"` });
  expect([large.status, codeIn(await large.json())]).toEqual([413, 40005]);
  const form = new FormData();
  form.append('files[0]', new File([Buffer.alloc(10 * 2 ** 20 + 1)], 'large.bin'));
  const file = await ask(discord, 'POST', new URL(url).pathname.replace('/api/v10', ''), form);
  expect([file.status, file.body.code]).toEqual([413, 40005]);
  const broken = await fetch(url, { method: 'POST', headers, body: '{"content":' });
  expect([broken.status, codeIn(await broken.json())]).toEqual([400, 50109]);
  expect(discord.rules).toEqual(['invalid-form', 'invalid-form', 'invalid-form']);
});

test('REST can fail, and be slow', async () => {
  const discord = await startDiscord();
  discord.control.rest.failWith = 503;
  expect((await ask(discord, 'GET', '/users/@me')).status).toBe(503);
  discord.control.rest.failWith = null;
  discord.control.rest.delayMs = 30;
  const before = performance.now();
  expect((await ask(discord, 'GET', '/users/@me')).status).toBe(200);
  expect(performance.now() - before).toBeGreaterThanOrEqual(29);
});
