import { expect, test } from 'vitest';
import { audibleMs, purity, rms, tone } from './signals.ts';
import { ALICE, must, openCall } from './voice-call.ts';

test('the bot and a member share the privacy code and hear each other, level and length kept', async () => {
  const { bot, call, members, server, of } = await openCall({ members: [ALICE] });
  const alice = must(members[0]);
  expect(bot.privacyCode).toMatch(/^\d{30}$/);
  expect(alice.privacyCode).toBe(bot.privacyCode);
  expect(call.privacyCode).toBe(bot.privacyCode);

  const ear = bot.listen(ALICE);
  const spoken = await alice.speak(tone(500, 440));
  expect(spoken).toMatchObject({ packets: 25, sent: 25, lost: 0, withheld: 0, ended: 'finished' });
  await expect.poll(() => ear.packets.length).toBe(30);
  expect(must(ear.packets[0]).sequence).toBe(spoken.firstSequence);
  const atBot = await ear.pcm();
  expect(audibleMs(atBot)).toBeGreaterThan(480);
  expect(audibleMs(atBot)).toBeLessThan(530);
  expect(rms(atBot.subarray(4_800, 19_200)) / rms(tone(300, 440))).toBeCloseTo(1, 1);
  expect(purity(atBot.subarray(4_800, 19_200), 440)).toBeGreaterThan(0.98);

  await bot.say(tone(400, 1_000));
  const heard = await alice.heard.until((span) => span.flags.at(-1)?.speaking === false && span.packets.length === 25);
  expect(heard.flags.map((flag) => flag.speaking)).toEqual([true, false]);
  expect(heard.voiced.every((packet) => packet.encrypted === 'dave')).toBe(true);
  expect(heard.packets.slice(-5).every((packet) => packet.silence && packet.encrypted === 'clear')).toBe(true);
  const atAlice = heard.pcm();
  expect(atAlice.length).toBe(25 * 960);
  expect(audibleMs(atAlice)).toBeGreaterThan(380);
  expect(purity(atAlice.subarray(4_800, 14_400), 1_000)).toBeGreaterThan(0.98);

  await expect.poll(() => of('runEnded')).toMatchObject([{ packets: 25, silenceFrames: 5 }]);
  expect(of('runStarted')).toHaveLength(1);
  expect(bot.errors).toEqual([]);
  expect(server.violations).toEqual([]);
});

test('a stage channel has no end-to-end encryption', async () => {
  const { bot, call, members, server } = await openCall({ members: [ALICE], encrypted: false });
  const alice = must(members[0]);
  expect(call.version).toBe(0);
  expect(bot.privacyCode).toBeNull();
  const ear = bot.listen(ALICE);
  await alice.speak(tone(200, 440));
  await bot.say(tone(200, 1_000));
  const heard = await alice.heard.until((span) => span.packets.length === 15);
  expect(heard.voiced.every((packet) => packet.encrypted === 'clear' && packet.pcm)).toBe(true);
  expect(purity(heard.pcm().subarray(2_400, 7_200), 1_000)).toBeGreaterThan(0.95);
  expect(purity((await ear.pcm()).subarray(2_400, 7_200), 440)).toBeGreaterThan(0.95);
  expect(server.violations).toEqual([]);
});

test('timestamps count the silence between two utterances and sequence numbers do not', async () => {
  const { bot, members } = await openCall({ members: [ALICE] });
  const alice = must(members[0]);
  const ear = bot.listen(ALICE);
  const first = await alice.speak(tone(60, 440));
  await bot.say(tone(100, 1_000));
  const second = await alice.speak(tone(60, 440));
  expect((second.firstSequence - first.firstSequence + 65_536) % 65_536).toBe(8);
  const samples = (second.firstTimestamp - first.firstTimestamp + 2 ** 32) % 2 ** 32;
  expect(Math.abs(samples / 48 - (second.startedAt - first.startedAt))).toBeLessThanOrEqual(20);
  expect(samples % 960).toBe(0);
  await expect.poll(() => ear.packets.length).toBe(16);
});

test('two utterances of one member follow each other', async () => {
  const { bot, members } = await openCall({ members: [ALICE] });
  const alice = must(members[0]);
  const ear = bot.listen(ALICE);
  const [first, second] = await Promise.all([alice.speak(tone(60, 440)), alice.speak(tone(60, 440))]);
  expect(second.startedAt).toBeGreaterThanOrEqual(first.endedAt);
  await expect.poll(() => ear.packets.length).toBe(16);
});
