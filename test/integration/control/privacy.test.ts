import { expect, test } from 'vitest';
import type { Interaction } from '../../../src/rehearsal/discord/interactions/interaction.ts';
import type { Person } from '../../../src/rehearsal/discord/people/person.ts';
import { freshPath, lock, openStore } from '../../kit/database-file.ts';
import type { MemoryRooms } from '../../kit/memory-rooms.ts';
import { answered, startBot, startDiscord, words } from './harness.ts';

type Subcommand = 'show' | 'opt-out' | 'opt-in';

async function privacy(person: Person, subcommand: Subcommand, locale = 'en-US'): Promise<string> {
  const reply: Interaction = await person.command('privacy', { subcommand, locale }).until(answered);
  expect(reply.messages.map(({ privateTo }) => privateTo)).toEqual([person.id]);
  return words(reply);
}

/** Whether the latest room may hear somebody, as it was last told; undefined: it knows of nobody by that name. */
function heard(rooms: MemoryRooms, name: string): boolean | undefined {
  const entry = rooms
    .latest()
    .rosters.at(-1)
    ?.find((it) => it.name === name);
  return entry && !entry.optedOut;
}

test('an opt-out is in force at once in the open room, and opting in undoes it', async () => {
  const discord = await startDiscord();
  const { rooms } = await startBot(discord);
  const { control } = discord;
  const [adam, beth] = [control.person('Adam'), control.person('Beth')];
  for (const person of [adam, beth]) person.joinVoice(control.channel('Lounge'));
  await adam.command('join').until(answered);
  expect([heard(rooms, 'Adam'), heard(rooms, 'Beth')]).toEqual([true, true]);
  expect(await privacy(adam, 'opt-out')).toContain('I do not hear you, on any server');
  expect([heard(rooms, 'Adam'), heard(rooms, 'Beth')]).toEqual([false, true]);
  expect(await privacy(adam, 'opt-out')).toContain('already');
  expect(await privacy(adam, 'opt-in')).toContain('From now on I hear you');
  expect(heard(rooms, 'Adam')).toBe(true);
  expect(await privacy(adam, 'opt-in')).toContain('You have not opted out');
  expect(discord.violations).toEqual([]);
});

test('it holds in every server, wherever it was said', async () => {
  const discord = await startDiscord({
    guilds: [
      { name: 'One', channels: [{ name: 'general' }, { name: 'Lounge', kind: 'voice' }], people: [{ name: 'Adam' }] },
      { name: 'Two', channels: [{ name: 'general' }, { name: 'Lounge', kind: 'voice' }], people: [{ name: 'Beth' }] },
    ],
  });
  const { rooms } = await startBot(discord);
  const { control } = discord;
  const [one, two] = [control.guild('One'), control.guild('Two')];
  const here = control.person('Adam', one);
  const there = control.admit(here, two);
  here.joinVoice(control.channel('Lounge', one));
  await here.command('join').until(answered);
  await privacy(there, 'opt-out');
  expect(heard(rooms, 'Adam')).toBe(false);
});

test('it holds for rooms that are opened later, and over a restart; comings and goings change nothing about it', async () => {
  const discord = await startDiscord();
  const env = { DATABASE_URL: `sqlite:${freshPath()}` };
  const { control } = discord;
  const [adam, beth] = [control.person('Adam'), control.person('Beth')];
  const first = await startBot(discord, { env });
  await privacy(adam, 'opt-out');
  await first.parley.close();
  const { rooms } = await startBot(discord, { env });
  adam.joinVoice(control.channel('Lounge'));
  await adam.command('join').until(answered);
  expect(rooms.latest().request.roster).toMatchObject([{ name: 'Adam', optedOut: true }]);
  beth.joinVoice(control.channel('Lounge'));
  await expect.poll(() => heard(rooms, 'Beth')).toBe(true);
  expect(heard(rooms, 'Adam')).toBe(false);
});

test('whoever opted out is company all the same', async () => {
  const discord = await startDiscord();
  const { rooms } = await startBot(discord);
  const { control } = discord;
  const [adam, beth] = [control.person('Adam'), control.person('Beth')];
  adam.joinVoice(control.channel('Lounge'));
  await adam.command('join').until(answered);
  await privacy(adam, 'opt-out');
  beth.joinVoice(control.channel('Studio'));
  const refused = await beth.command('join').until(answered);
  expect(words(refused)).toContain('talking with others');
  expect(rooms.opened).toHaveLength(1);
});

test('an opt-out that cannot be saved says that nothing has changed and what helps meanwhile; then it works again', async () => {
  const discord = await startDiscord();
  const path = freshPath();
  openStore(path).close();
  const { rooms } = await startBot(discord, { env: { DATABASE_URL: `sqlite:${path}` } });
  const { control } = discord;
  const adam = control.person('Adam');
  adam.joinVoice(control.channel('Lounge'));
  await adam.command('join').until(answered);
  const other = lock(path);
  const told = await privacy(adam, 'opt-out');
  expect(told).toContain('could not be saved, and nothing has changed');
  expect(told).toContain('Mute yourself');
  expect(heard(rooms, 'Adam')).toBe(true);
  expect(await privacy(adam, 'show')).toContain('You are heard just now');
  other.exec('ROLLBACK');
  expect(await privacy(adam, 'opt-out')).toContain('Done.');
  expect(heard(rooms, 'Adam')).toBe(false);
});

test('/privacy show tells whether one is heard just now, following what happens', async () => {
  const discord = await startDiscord();
  const { rooms } = await startBot(discord, { readyAtOnce: false });
  const { control } = discord;
  const adam = control.person('Adam');
  const lounge = control.channel('Lounge');
  const own = async (): Promise<string> => (await privacy(adam, 'show')).split('\n')[0] ?? '';
  expect(await own()).toContain('in no voice channel with you');
  adam.joinVoice(lounge);
  expect(await own()).toContain('in no voice channel with you');
  const join = adam.command('join');
  await expect.poll(() => rooms.opened.length).toBe(1);
  expect(await own()).toContain(`on my way to <#${lounge.id}>`);
  rooms.latest().becomeReady();
  await join.until(answered);
  expect(await own()).toBe(`**You are heard just now**, in <#${lounge.id}>, whenever you speak.`);
  adam.setVoice({ selfMute: true });
  await expect.poll(own).toContain('because you are muted');
  adam.setVoice({ selfMute: false });
  await privacy(adam, 'opt-out');
  expect(await own()).toContain('you have opted out');
});

test('everything of it is in the member’s own language', async () => {
  const discord = await startDiscord();
  await startBot(discord);
  const adam = discord.control.person('Adam');
  expect(await privacy(adam, 'show', 'de')).toContain('**Gespeichert**');
  expect(await privacy(adam, 'show', 'fr')).toContain('**J’enregistre**');
  expect(await privacy(adam, 'show', 'es-419')).toContain('**Guardo**');
  expect(await privacy(adam, 'opt-out', 'de')).toContain('Ab jetzt höre ich dich nicht mehr');
});
