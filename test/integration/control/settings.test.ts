import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Interaction } from '../../../src/rehearsal/discord/interactions/interaction.ts';
import { asNobody, directory } from '../../kit/database-file.ts';
import { createSkippingClock } from '../voice/skipping-clock.ts';
import { answered, type BotOptions, posted, startBot, startDiscord, words } from './harness.ts';

const says =
  (text: string) =>
  ({ messages }: Interaction): boolean =>
    messages[0]?.content.includes(text) === true;

/** Olive owns the server, Adam has called the bot into the lounge, Beth is outside and may do nothing. */
async function joined(options: BotOptions = {}, locale = 'en-US') {
  const discord = await startDiscord({ guilds: [{ locale }] });
  const bot = await startBot(discord, options);
  const { control } = discord;
  const lounge = control.channel('Lounge');
  const adam = control.person('Adam');
  adam.joinVoice(lounge);
  await adam.command('join').until(answered);
  return { ...bot, discord, control, lounge, adam, read: () => posted(lounge).join('\n') };
}

test('/voice is in force at once in a room, told to the member and, once and without a ping, to everybody', async () => {
  const { discord, rooms, lounge, adam, read } = await joined();
  const reply = await adam.command('voice', { options: { name: 'pUCK' } }).until(answered);
  expect(words(reply)).toBe('My voice is set to **Puck · Upbeat**. It is in force now.');
  expect(reply.messages[0]?.privateTo).toBe(adam.id);
  expect(rooms.latest().given.voice).toBe('Puck');
  await expect.poll(read).toContain(`<@${adam.id}> has changed my voice to **Puck**.`);
  expect(lounge.messages.flatMap(({ mentions }) => mentions)).toEqual([]);
  const again = await adam.command('voice', { options: { name: 'Puck · Upbeat' } }).until(answered);
  expect(words(again)).toContain('so already');
  expect(read().match(/has changed my voice/g)).toHaveLength(1);
  expect(discord.violations).toEqual([]);
});

test('voices and languages are suggested while typing, in the member’s own language', async () => {
  const { discord, adam } = await joined();
  const voices = await adam.suggestions('voice', 'name', '');
  expect(voices).toHaveLength(25);
  expect(voices[0]).toEqual({ name: 'Puck · Upbeat', value: 'Puck' });
  expect(await adam.suggestions('voice', 'name', 'FROHL', { locale: 'de' })).toContainEqual({
    name: 'Puck · Fröhlich',
    value: 'Puck',
  });
  expect((await adam.suggestions('language', 'code', ''))[0]?.value).toBe('auto');
  expect(await adam.suggestions('language', 'code', 'albanais', { locale: 'fr' })).toEqual([
    { name: 'shqip · albanais · sq', value: 'sq' },
  ]);
  expect(await adam.suggestions('voice', 'name', 'x'.repeat(6000))).toEqual([]);
  expect(discord.violations).toEqual([]);
});

test('/language is in force at once, and what is posted from then on is in that language', async () => {
  const { discord, rooms, adam, read } = await joined();
  const reply = await adam.command('language', { options: { code: 'albanisch' }, locale: 'de' }).until(answered);
  expect(words(reply)).toBe('Meine Sprache ist auf **shqip · Albanisch · sq** gestellt. Das gilt ab jetzt.');
  expect(rooms.latest().given.language).toBe('sq');
  await expect.poll(read).toContain(`<@${adam.id}> ma ndryshoi gjuhën në **shqip · sq**.`);
  const back = await adam.command('language', { options: { code: 'AUTO' } }).until(answered);
  expect(words(back)).toContain('**automatic**');
  expect(rooms.latest().given.language).toBe('auto');
  expect(discord.violations).toEqual([]);
});

test('outside of the room one is told what is missing, in one’s own language, and nothing changes', async () => {
  const { control, rooms, lounge, read } = await joined();
  const beth = control.person('Beth');
  for (const [name, options] of [
    ['voice', { name: 'Puck' }],
    ['language', { code: 'de' }],
    ['listen', { mode: 'open' }],
  ] as const) {
    const refused = await beth.command(name, { options, locale: 'es-ES' }).until(answered);
    expect(words(refused)).toContain(`<#${lounge.id}>`);
    expect(words(refused)).toContain('**Mover miembros**');
    expect(refused.messages[0]?.privateTo).toBe(beth.id);
  }
  const managing = await control
    .person('Adam')
    .command('turns', { options: { pause: 900 } })
    .until(answered);
  expect(words(managing)).toBe('You lack the permission **Manage Server** for that.');
  expect(rooms.latest().given).toBe(rooms.latest().request.settings);
  expect(read()).not.toContain('has changed');
  const owner = await control
    .person('Olive')
    .command('voice', { options: { name: 'Leda' } })
    .until(answered);
  expect(words(owner)).toContain('in force now');
});

test('without a room: whoever manages the server sets it for the next one, and the next one has it', async () => {
  const discord = await startDiscord();
  const { rooms } = await startBot(discord);
  const { control } = discord;
  const [olive, adam] = [control.person('Olive'), control.person('Adam')];
  const refused = await adam.command('voice', { options: { name: 'Puck' } }).until(answered);
  expect(words(refused)).toContain('**Manage Server**');
  const reply = await olive.command('voice', { options: { name: 'Puck' } }).until(answered);
  expect(words(reply)).toBe('My voice is set to **Puck · Upbeat**. Saved; it is in force from the next `/join`.');
  adam.joinVoice(control.channel('Lounge'));
  await adam.command('join').until(answered);
  expect(rooms.latest().request.settings.voice).toBe('Puck');
});

test('an unknown voice or language, however it is written, is answered with what there is', async () => {
  const { discord, rooms, adam } = await joined();
  const hostile = [`@everyone **x** \u202e<@${adam.id}> \`\`\` ${'y'.repeat(5900)}`, '؀نص', '\u0000', ' ', '🙂'];
  for (const text of hostile) {
    const voice = await adam.command('voice', { options: { name: text } }).until(answered);
    expect(words(voice)).toContain('**Puck · Upbeat**');
    expect(words(voice)).not.toMatch(/\u202e|(?<!\\)@everyone|<@\d/u);
    const language = await adam.command('language', { options: { code: text } }).until(answered);
    expect(words(language)).toContain('`pt-BR`');
    expect(language.messages[0]?.mentionEveryone).toBe(false);
  }
  expect(rooms.latest().given).toBe(rooms.latest().request.settings);
  expect(discord.violations).toEqual([]);
});

test('while an answer goes on the change is promised after 10 s, and told when it is there', async () => {
  const clock = createSkippingClock();
  onTestFinished(() => clock.close());
  const { rooms, adam, read } = await joined({ clock });
  rooms.hang(true);
  const reply = adam.command('voice', { options: { name: 'Zephyr' } });
  await expect.poll(() => rooms.latest().given.voice).toBe('Zephyr');
  clock.skip(10_100);
  await reply.until(says('in force after this answer'));
  expect(read()).not.toContain('Zephyr**');
  rooms.latest().applySettings();
  await reply.until(says('in force now'));
  expect(reply.interaction.messages).toHaveLength(1);
  await expect.poll(read).toContain('has changed my voice to **Zephyr**');
});

test('two members at once: each is told the truth, and the later one has it', async () => {
  const { control, rooms, lounge, adam } = await joined();
  const beth = control.person('Beth');
  beth.joinVoice(lounge);
  rooms.hang(true);
  const first = adam.command('voice', { options: { name: 'Fenrir' } });
  await expect.poll(() => rooms.latest().given.voice).toBe('Fenrir');
  const second = beth.command('voice', { options: { name: 'Aoede' } });
  await expect.poll(() => rooms.latest().given.voice).toBe('Aoede');
  rooms.latest().applySettings();
  expect(words(await first.until(answered))).toContain('somebody has changed it again since');
  expect(words(await second.until(answered))).toContain('**Aoede · Breezy**. It is in force now.');
});

test('/turns shows what is set to anyone, and changes what is named', async () => {
  const { control, rooms, adam, read } = await joined();
  const shown = await adam.command('turns', { locale: 'fr' }).until(answered);
  expect(words(shown)).toContain('**600 ms**');
  expect(words(shown)).toContain('Prudent');
  const olive = control.person('Olive');
  const changed = await olive.command('turns', { options: { pause: 2000, interrupt: 'off' } }).until(answered);
  expect(words(changed)).toContain('**2000 ms**');
  expect(words(changed)).toContain('Off: I finish what I am saying**. It is in force now.');
  expect(rooms.latest().given).toMatchObject({ pauseMs: 2000, interrupt: 'off' });
  const again = await olive.command('turns', { options: { interrupt: 'off' } }).until(answered);
  expect(words(again)).not.toContain('2000');
  expect(words(again)).toContain('so already');
  expect(read()).not.toContain('2000');
  expect(() => olive.command('turns', { options: { pause: 299 } })).toThrow('out of range');
});

test('/listen: every room is open, the other ways are not there yet', async () => {
  const { discord, control, adam } = await joined();
  const open = await adam.command('listen', { options: { mode: 'open' } }).until(answered);
  expect(words(open)).toContain('how every room is');
  for (const mode of ['addressed', 'focus', 'push']) {
    const options = { mode, speaker: control.person('Beth').id };
    expect(words(await adam.command('listen', { options }).until(answered))).toContain('yet');
  }
  expect(discord.violations).toEqual([]);
});

/** In a folder of its own that anybody may look into, with nothing in it yet. */
function freshFile(): { readonly folder: string; readonly path: string } {
  const outer = directory();
  chmodSync(outer, 0o755);
  const folder = join(outer, 'data');
  mkdirSync(folder);
  return { folder, path: join(folder, 'parley.db') };
}

test('settings are there after a restart; in a file that is read-only they cannot be saved, and nothing changes', async () => {
  const { folder, path } = freshFile();
  const env = { DATABASE_URL: `sqlite:${path}` };
  const { discord, parley, adam } = await joined({ env });
  await adam.command('voice', { options: { name: 'Puck' } }).until(answered);
  await parley.close();
  chmodSync(path, 0o444);
  chmodSync(folder, 0o555);
  onTestFinished(() => chmodSync(folder, 0o755));
  const { rooms, log } = await asNobody(() => startBot(discord, { env }));
  expect(log.messages('warn')).toContain('the database is read-only: nothing will be saved');
  await adam.command('join').until(answered);
  expect(rooms.latest().request.settings.voice).toBe('Puck');
  const reply = await adam.command('voice', { options: { name: 'Leda' } }).until(answered);
  expect(words(reply)).toContain('could not be saved, and nothing has changed');
  expect(rooms.latest().given.voice).toBe('Puck');
});
