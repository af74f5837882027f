import { expect, test } from 'vitest';
import type { Person } from '../../../src/rehearsal/discord/people/person.ts';
import { utcDay } from '../../../src/store/limits.ts';
import { freshPath, openStore } from '../../kit/database-file.ts';
import { createSkippingClock } from '../voice/skipping-clock.ts';
import { answered, startBot, startDiscord, words } from './harness.ts';

const NOW = Date.UTC(2026, 9, 10, 12);

async function run(person: Person, name: string, locale = 'en-US'): Promise<string> {
  const reply = await person.command(name, { locale }).until(answered);
  expect(reply.messages.map(({ privateTo }) => privateTo)).toEqual([person.id]);
  return words(reply);
}

async function inLounge(options: Parameters<typeof startBot>[1] = {}) {
  const discord = await startDiscord();
  const bot = await startBot(discord, options);
  const { control } = discord;
  const lounge = control.channel('Lounge');
  const adam = control.person('Adam');
  adam.joinVoice(lounge);
  await adam.command('join').until(answered);
  return { ...bot, discord, control, lounge, adam };
}

test('/status without a room: said so, with the settings of the next one and the versions', async () => {
  const discord = await startDiscord();
  await startBot(discord);
  const text = await run(discord.control.person('Adam'), 'status');
  expect(text).toContain('**Room:** none');
  expect(text).toContain('Kore');
  expect(text).toContain('gemini-3.8-live');
  expect(text).toMatch(/Parley \d.*Node 24.*discord\.js 14.*@discordjs\/voice 0\.19.*DAVE 1/);
});

test('/status in a room: who is heard and who is not, since when, how old and how large the conversation is', async () => {
  const clock = createSkippingClock();
  const { control, lounge, adam, rooms } = await inLounge({ clock, now: () => NOW });
  const [beth, olive] = [control.person('Beth'), control.person('Olive')];
  beth.joinVoice(lounge);
  beth.setVoice({ selfMute: true });
  olive.joinVoice(lounge);
  await olive.command('privacy', { subcommand: 'opt-out' }).until(answered);
  const agoInS = { readyAt: 3_600, conversationSince: 600, connectedSince: 60 };
  const at = (seconds: number): number => clock.now() - seconds * 1_000;
  const times = Object.fromEntries(Object.entries(agoInS).map(([name, seconds]) => [name, at(seconds)]));
  rooms.latest().setVitals({ ...times, contextTokens: 4_321, voicePingMs: 17, encrypted: true });
  const text = await run(adam, 'status');
  expect(text).toContain(`in <#${lounge.id}>`);
  expect(text).toContain('encrypted end to end');
  expect(text).toContain(`**Heard:** <@${adam.id}>`);
  expect(text).toContain(`**Not heard:** <@${beth.id}> · 1 by their own choice`);
  expect(text).toContain('4,321 tokens');
  expect(text).toContain('voice 17 ms');
  const told = [...text.matchAll(/<t:(\d+):R>/g)].map((match) => Number(match[1]));
  expect(told).toHaveLength(3);
  // The clock of the rooms is none of the calendar's.
  const ago = told.map((at) => Math.round(NOW / 1_000 - at));
  for (const [index, seconds] of Object.values(agoInS).entries()) {
    expect(Math.abs((ago[index] ?? 0) - seconds)).toBeLessThanOrEqual(5);
  }
  clock.close();
});

test('/status of a room whose connection is gone says that it is being got back', async () => {
  const { adam, rooms } = await inLounge();
  rooms.latest().setVitals({ readyAt: 0 });
  rooms.latest().loseTouch('live');
  expect(await run(adam, 'status')).toContain('without a connection');
});

test('/usage: the conversation, today and 30 days, with what is left of the limits', async () => {
  const path = freshPath();
  const discord = await startDiscord();
  const guildId = discord.control.guild().id;
  const store = openStore(path);
  const day = (ago: number): string => utcDay(NOW - ago * 86_400_000);
  const tokens = { guildId, roomId: 'old', model: 'gemini-3.8-live', kind: 'prompt', modality: 'AUDIO' } as const;
  const use = [0, 29, 30].map((ago, index) => ({ day: day(ago), count: 1_000 * 10 ** index }));
  await store.addUsage(
    use.map((it) => ({ guildId, day: it.day, voiceMs: it.count * 60, tokens: it.count })),
    use.map((it) => ({ ...tokens, day: it.day, tokens: it.count })),
  );
  store.close();
  await startBot(discord, {
    now: () => NOW,
    env: { DATABASE_URL: `sqlite:${path}`, MAX_MINUTES_PER_DAY: '60', MAX_TOKENS_PER_DAY: '5000' },
  });
  const [today = '', month = '', note = ''] = (await run(discord.control.person('Adam'), 'usage')).split('\n\n');
  const reset = `<t:${Date.UTC(2026, 9, 11) / 1_000}:R>`;
  expect(today).toContain(`Talking time: 1 min of 60 min. 59 min left; it starts again ${reset}.`);
  expect(today).toContain(`1,000 of 5,000 tokens. 4,000 left; it starts again ${reset}.`);
  expect(today).toContain('Tokens in: audio 1,000 · out: 0');
  expect(month).toContain('Tokens in: audio 11,000 · out: 0');
  expect(month).toContain('Price: about $0.033 (estimate)');
  expect(note).toContain('Estimated from Google’s prices of');
  const german = await run(discord.control.person('Adam'), 'usage', 'de');
  expect(german).toContain('Ton 11.000');
});

test('/usage in a room counts from when it could first talk', async () => {
  const clock = createSkippingClock();
  const { adam, lounge, rooms } = await inLounge({ clock });
  rooms.latest().setVitals({ readyAt: clock.now() });
  clock.skip(25 * 60_000);
  const [room = ''] = (await run(adam, 'usage')).split('\n\n');
  expect(room).toContain(`in <#${lounge.id}>, begun <t:`);
  expect(room).toContain('Talking time: 25 min');
  clock.close();
});

test('/stop says whether there was anything to stop, and is for who is in the channel', async () => {
  const { control, adam, rooms } = await inLounge();
  expect(await run(adam, 'stop')).toContain('nothing to stop');
  rooms.latest().answering(true);
  expect(await run(adam, 'stop')).toBe('I have stopped.');
  expect(rooms.latest().stops).toBe(2);
  expect(await run(control.person('Beth'), 'stop')).toContain('Move Members');
  expect(rooms.latest().stops).toBe(2);
});

test('/reset forgets the conversation; it is offered only to who may manage the server', async () => {
  const { control, adam, rooms } = await inLounge();
  expect(await run(control.person('Olive'), 'reset')).toBe('I have forgotten the conversation. We start afresh.');
  expect(rooms.latest().resets).toBe(1);
  expect(() => adam.command('reset')).toThrow('does not see reset');
});

test('/reset while the Live service hangs: still at it within 3 s, and an end', async () => {
  const clock = createSkippingClock();
  const { control, rooms } = await inLounge({ clock });
  rooms.hang(true);
  const reset = control.person('Olive').command('reset');
  await expect.poll(() => rooms.latest().resets).toBe(1);
  clock.skip(2_600);
  await reset.until((it) => words(it).includes('Still forgetting'));
  clock.skip(13_000);
  await reset.until((it) => words(it).includes('As soon as it does'));
  expect(reset.interaction.messages).toHaveLength(1);
  clock.close();
});

test('/stop that is not heard of: an end, and what helps', async () => {
  const clock = createSkippingClock();
  const { adam, rooms } = await inLounge({ clock });
  rooms.hang(true);
  const stop = adam.command('stop');
  await expect.poll(() => rooms.latest().stops).toBe(1);
  clock.skip(15_100);
  await stop.until((it) => words(it).includes('unusually long'));
  clock.close();
});

test('/reset when the room ends before it could forget', async () => {
  const { control, rooms } = await inLounge();
  rooms.hang(true);
  const reset = control.person('Olive').command('reset');
  await expect.poll(() => rooms.latest().resets).toBe(1);
  rooms.latest().end({ kind: 'alone' });
  await reset.until((it) => words(it).includes('not in the channel any more'));
});

test.each(['stop', 'reset'])('/%s in no room says so', async (name) => {
  const discord = await startDiscord();
  await startBot(discord);
  expect(await run(discord.control.person('Olive'), name)).toBe('I am in no channel.');
});

test('/help names every command as the member’s Discord does, privately', async () => {
  const discord = await startDiscord();
  await startBot(discord);
  const adam = discord.control.person('Adam');
  const english = await run(adam, 'help');
  for (const { name, type } of discord.control.commands.list(null))
    expect(english).toContain(type === 3 ? `\`${name}\`` : `\`/${name}`);
  const german = await run(adam, 'help', 'de');
  expect(german).toContain('`/beitreten`');
  expect(german).toContain('`/datenschutz anzeigen|');
});
