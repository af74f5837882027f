import { expect, test } from 'vitest';
import { purity, tone } from './signals.ts';
import { ALICE, BOB, CAROL, must, OTHER_CHANNEL, openCall } from './voice-call.ts';

test('everybody who joins or leaves changes the keys, and the answer being spoken is heard to its end', async () => {
  const { bot, call, join, members, server, of } = await openCall({ members: [ALICE] });
  const alice = must(members[0]);
  const codes = new Set([bot.privacyCode]);
  const speaking = bot.say(tone(1_200, 1_000));
  await alice.heard.until((span) => span.packets.length > 10);
  const bob = join(BOB);
  await call.until((state) => state.botSecured && state.epoch === 2n);
  codes.add(bot.privacyCode);
  expect(bob.privacyCode).toBe(bot.privacyCode);
  expect(alice.privacyCode).toBe(bot.privacyCode);
  await bob.heard.until((span) => span.packets.length > 10);
  alice.leave();
  await call.until((state) => state.botSecured && state.epoch === 3n);
  codes.add(bot.privacyCode);
  expect(bob.privacyCode).toBe(bot.privacyCode);
  const dave = join(CAROL);
  await call.until((state) => state.botSecured && state.epoch === 4n);
  codes.add(bot.privacyCode);
  await speaking;
  await bob.heard.until((span) => span.packets.at(-1)?.silence === true);
  expect(codes.size).toBe(4);
  expect(bob.heard.voiced.every((packet) => packet.encrypted === 'dave')).toBe(true);
  expect(dave.heard.voiced.every((packet) => packet.encrypted === 'dave')).toBe(true);
  expect(purity(bob.heard.pcm().subarray(4_800, 9_600), 1_000)).toBeGreaterThan(0.95);
  expect(of('transitionExecuted').every((done) => done.confirmed)).toBe(true);
  expect(server.violations).toEqual([]);
});

test('a member is heard through the joins and leaves of others', async () => {
  const { bot, call, join, members, server } = await openCall({ members: [ALICE] });
  const alice = must(members[0]);
  const ear = bot.listen(ALICE);
  const speaking = alice.speak(tone(800, 440));
  await expect.poll(() => ear.packets.length).toBeGreaterThan(5);
  const bob = join(BOB);
  await call.until((state) => state.botSecured && state.memberIds.length === 2);
  bob.leave();
  await call.until((state) => state.botSecured && state.epoch === 3n);
  join(BOB);
  await speaking;
  await expect.poll(() => ear.packets.length).toBe(45);
  expect(purity((await ear.pcm()).subarray(4_800, 33_600), 440)).toBeGreaterThan(0.98);
  expect(server.violations).toEqual([]);
});

test('members who join at once are added together', async () => {
  const { bot, call, join, server, of } = await openCall({ members: [ALICE] });
  const joined = [join(BOB), join(CAROL), join('14')];
  await call.until((state) => state.botSecured && joined.every((member) => member.privacyCode === bot.privacyCode));
  expect(of('transitionExecuted').length).toBeLessThanOrEqual(3);
  expect(server.violations).toEqual([]);
});

test('a bot alone in the call founds a group with whoever joins first, again and again', async () => {
  const { bot, call, join, server, of } = await openCall();
  expect(bot.privacyCode).toBeNull();
  for (let round = 1; round <= 2; round++) {
    const alice = join(ALICE);
    await call.until((state) => state.botSecured);
    expect(alice.privacyCode).toBe(bot.privacyCode);
    const mark = alice.heard.mark();
    await bot.say(tone(100, 1_000));
    const heard = await alice.heard.until((span) => span.packets.length === 10, { mark });
    expect(heard.voiced.every((packet) => packet.encrypted === 'dave')).toBe(true);
    alice.leave();
    expect(of('groupDissolved')).toHaveLength(round);
  }
  expect(server.violations).toEqual([]);
});

test('a member who leaves and returns at once gets new keys', async () => {
  const { bot, call, join, members, server } = await openCall({ members: [ALICE, BOB] });
  must(members[1]).leave();
  const bob = join(BOB);
  await call.until((state) => state.botSecured && bob.privacyCode !== null && bob.privacyCode === bot.privacyCode);
  const ear = bot.listen(BOB);
  await bob.speak(tone(100, 440));
  await expect.poll(() => ear.packets.length).toBe(10);
  await bot.say(tone(100, 1_000));
  const heard = await bob.heard.until((span) => span.packets.length === 10);
  expect(heard.voiced.every((packet) => packet.pcm !== null)).toBe(true);
  expect(server.violations).toEqual([]);
});

test('a bot that is moved talks with those of its new channel', async () => {
  const { bot, server, join, members } = await openCall({ members: [ALICE] });
  const alice = must(members[0]);
  const bob = join(BOB, OTHER_CHANNEL);
  bot.moved(OTHER_CHANNEL);
  const there = must(server.call(OTHER_CHANNEL));
  await there.until((state) => state.botSecured);
  expect(bob.privacyCode).toBe(bot.privacyCode);
  const ear = bot.listen(BOB);
  await Promise.all([bot.say(tone(200, 1_000)), bob.speak(tone(200, 440))]);
  await bob.heard.until((span) => span.packets.length === 15);
  await expect.poll(() => ear.packets.length).toBe(15);
  expect(alice.heard.packets).toEqual([]);
  expect(must(server.call(must(members[0]).channelId)).botConnected).toBe(false);
  expect(server.violations).toEqual([]);
});

test('a bot that comes back to a channel is given new keys by those who are there', async () => {
  const { bot, server, call, members } = await openCall({ members: [ALICE, BOB] });
  const before = bot.privacyCode;
  bot.moved(call.channelId);
  await call.until((state) => state.botSecured && bot.privacyCode !== null && bot.privacyCode !== before);
  expect(members.map((member) => member.privacyCode)).toEqual([bot.privacyCode, bot.privacyCode]);
  expect(server.violations).toEqual([]);
});
