import { expect, test } from 'vitest';
import { createSkippingClock } from '../voice/skipping-clock.ts';
import { answered, posted, startBot, startDiscord, words } from './harness.ts';

test('/leave in no room says so', async () => {
  const discord = await startDiscord();
  await startBot(discord);
  const reply = await discord.control.person('Adam').command('leave').until(answered);
  expect(words(reply)).toBe('I am in no channel.');
});

test('/leave is for who is in the channel, or may move members', async () => {
  const discord = await startDiscord();
  const { rooms } = await startBot(discord);
  const { control } = discord;
  const adam = control.person('Adam');
  adam.joinVoice(control.channel('Lounge'));
  await adam.command('join').until(answered);
  const outside = await control.person('Beth').command('leave').until(answered);
  expect(words(outside)).toContain('Move Members');
  expect(rooms.count).toBe(1);
  const inside = await adam.command('leave').until(answered);
  expect(words(inside)).toContain('I have left');
  await expect.poll(() => control.botChannel()).toBeNull();
});

test('a server that may not use the bot is told why not', async () => {
  const discord = await startDiscord();
  await startBot(discord, { env: { ALLOWED_GUILDS: '100000000000000000' } });
  const reply = await discord.control.person('Adam').command('join').until(answered);
  expect(words(reply)).toContain('may not be used on this server');
});

test('with as many rooms open as there may be, the next one is refused in words', async () => {
  const discord = await startDiscord({
    guilds: [
      { name: 'One', channels: [{ name: 'general' }, { name: 'Lounge', kind: 'voice' }], people: [{ name: 'Adam' }] },
      { name: 'Two', channels: [{ name: 'general' }, { name: 'Lounge', kind: 'voice' }], people: [{ name: 'Beth' }] },
    ],
  });
  await startBot(discord, { env: { MAX_ROOMS: '1' } });
  const { control } = discord;
  const [one, two] = [control.guild('One'), control.guild('Two')];
  const adam = control.person('Adam', one);
  const beth = control.person('Beth', two);
  adam.joinVoice(control.channel('Lounge', one));
  beth.joinVoice(control.channel('Lounge', two));
  await adam.command('join').until(answered);
  const refused = await beth.command('join').until(answered);
  expect(words(refused)).toContain('as many voice channels as I can');
  await adam.command('leave').until(answered);
  expect(words(await beth.command('join').until(answered))).toContain('listening');
});

test('when the talking time of the day is used up the room ends, says why and when it starts again, and opens no more', async () => {
  const clock = createSkippingClock();
  const discord = await startDiscord();
  const { rooms } = await startBot(discord, { clock, env: { MAX_MINUTES_PER_DAY: '7' } });
  const { control } = discord;
  const lounge = control.channel('Lounge');
  const adam = control.person('Adam');
  adam.joinVoice(lounge);
  await adam.command('join').until(answered);
  const read = (): string => posted(lounge).join('\n');
  for (let minute = 0; minute < 3; minute++) clock.skip(60_000);
  await expect.poll(read, { timeout: 5_000 }).toContain('nearly used up');
  for (let minute = 0; minute < 5; minute++) {
    clock.skip(60_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await expect.poll(() => rooms.count, { timeout: 5_000 }).toBe(0);
  await expect.poll(read).toContain('used up. It starts again <t:');
  const refused = await adam.command('join').until(answered);
  expect(words(refused)).toContain('talking time for today is used up');
  clock.close();
});

test('alone for a minute, the bot leaves and says how to call it back; another bot is no company', async () => {
  const clock = createSkippingClock();
  const discord = await startDiscord({
    guilds: [
      {
        channels: [{ name: 'general' }, { name: 'Lounge', kind: 'voice' }],
        people: [{ name: 'Adam' }, { name: 'Jukebox', bot: true }],
      },
    ],
  });
  const { rooms } = await startBot(discord, { clock });
  const { control } = discord;
  const lounge = control.channel('Lounge');
  const adam = control.person('Adam');
  adam.joinVoice(lounge);
  control.person('Jukebox').joinVoice(lounge);
  await adam.command('join').until(answered);
  adam.leaveVoice();
  await expect
    .poll(() =>
      rooms
        .latest()
        .rosters.at(-1)
        ?.map(({ name }) => name),
    )
    .toEqual(['Jukebox']);
  clock.skip(61_000);
  await expect.poll(() => rooms.count).toBe(0);
  await expect.poll(() => posted(lounge).at(-1)).toContain('alone');
  clock.close();
});

test('being thrown out of the server ends its room and nothing else', async () => {
  const discord = await startDiscord();
  const { rooms, log } = await startBot(discord);
  const { control } = discord;
  const adam = control.person('Adam');
  adam.joinVoice(control.channel('Lounge'));
  await adam.command('join').until(answered);
  control.removeGuild(control.guild());
  await expect.poll(() => rooms.count).toBe(0);
  expect(log.messages('error')).toEqual([]);
});

test('what a moderator does to the bot is told to the room', async () => {
  const discord = await startDiscord();
  await startBot(discord);
  const { control } = discord;
  const lounge = control.channel('Lounge');
  const adam = control.person('Adam');
  adam.joinVoice(lounge);
  await adam.command('join').until(answered);
  const read = (): string => posted(lounge).join('\n');
  control.changeVoice(control.botId, { serverMute: true });
  await expect.poll(read).toContain('muted me');
  control.changeVoice(control.botId, { serverDeaf: true });
  await expect.poll(read).toContain('deafened me');
  control.overwriteBot(lounge, { deny: ['Speak'] });
  await expect.poll(read).toContain('just lost a permission');
});
