import { entersState, VoiceConnectionStatus } from '@discordjs/voice';
import { expect, test } from 'vitest';
import { tone } from './signals.ts';
import { ALICE, BOB, CHANNEL, GUILD, must, openCall, type TestCall } from './voice-call.ts';

async function expectSpeechBothWays({ bot }: TestCall, member: ReturnType<TestCall['join']>): Promise<void> {
  const ear = bot.listen(member.userId);
  await member.speak(tone(60, 440));
  await expect.poll(() => ear.packets.length).toBe(8);
  const mark = member.heard.mark();
  await bot.say(tone(60, 1_000));
  const heard = await member.heard.until((span) => span.packets.length === 8, { mark });
  expect(heard.voiced.every((packet) => packet.pcm)).toBe(true);
}

test.each([4015, 1001, 1006])('after close %i the client resumes and has what it missed', async (code) => {
  const setup = await openCall({ members: [ALICE] });
  const { bot, call, join, server, of } = setup;
  if (code === 1006) call.cutSocket();
  else call.closeSocket(code);
  const bob = join(BOB);
  await expect.poll(() => of('resumed').length).toBe(1);
  await call.until((state) => state.botSecured && state.epoch === 2n);
  expect(of('closed')).toMatchObject([{ code, by: 'server' }]);
  expect(bot.joins).toHaveLength(1);
  expect(bob.privacyCode).toBe(bot.privacyCode);
  await expectSpeechBothWays(setup, bob);
  await expectSpeechBothWays(setup, must(setup.members[0]));
  expect(server.violations).toEqual([]);
});

test.each([4006, 4009, 4022])('after close %i the client asks the main gateway to join again', async (code) => {
  const setup = await openCall({ members: [ALICE] });
  setup.call.closeSocket(code);
  await expect.poll(() => setup.of('ready').length).toBe(2);
  await setup.call.until((state) => state.botSecured);
  expect(setup.bot.joins).toHaveLength(2);
  expect(setup.of('sessionEnded')).toHaveLength(1);
  await expectSpeechBothWays(setup, must(setup.members[0]));
  expect(setup.server.violations).toEqual([]);
});

test('a client that is dismissed is disconnected with 4014 and cannot come back', async () => {
  const { bot, server, call, of } = await openCall({ members: [ALICE] });
  server.dismiss(GUILD, bot.userId);
  await entersState(bot.connection, VoiceConnectionStatus.Disconnected, 2_000);
  expect(bot.connection.state).toMatchObject({ closeCode: 4014 });
  expect(of('closed')).toMatchObject([{ code: 4014, by: 'server' }]);
  expect(call.botConnected).toBe(false);
  expect(bot.joins).toHaveLength(1);
});

test('heartbeats that are not answered make the client resume', async () => {
  const { call, of } = await openCall({ members: [ALICE], heartbeatIntervalMs: 30 });
  call.answerHeartbeats(false);
  await expect.poll(() => of('closed')).toMatchObject([{ by: 'client' }]);
  call.answerHeartbeats(true);
  await expect.poll(() => of('resumed').length).toBeGreaterThan(0);
});

test('in a black hole the client is cut off on both paths and knows nothing of it until it counts heartbeats', async () => {
  const setup = await openCall({ members: [ALICE], heartbeatIntervalMs: 40 });
  const alice = must(setup.members[0]);
  setup.call.blackHole(true);
  const ear = setup.bot.listen(ALICE);
  await alice.speak(tone(60, 440));
  await setup.bot.say(tone(60, 1_000));
  expect(ear.packets).toEqual([]);
  expect(alice.heard.packets.length).toBe(0);
  await expect.poll(() => setup.of('closed').length).toBeGreaterThan(0);
});

test('UDP alone can be lost in one direction', async () => {
  const { bot, call, members } = await openCall({ members: [ALICE] });
  const alice = must(members[0]);
  const ear = bot.listen(ALICE);
  call.dropUdp('out');
  await alice.speak(tone(60, 440));
  await bot.say(tone(60, 1_000));
  await alice.heard.until((span) => span.packets.length === 8);
  expect(ear.packets).toEqual([]);
  call.dropUdp('none');
  await alice.speak(tone(60, 440));
  await expect.poll(() => ear.packets.length).toBe(8);
});

test('a voice server that moves is followed to its new endpoint', async () => {
  const setup = await openCall({ members: [ALICE] });
  const old = setup.server.endpoint;
  expect(await setup.server.moveEndpoint()).not.toBe(old);
  expect(setup.server.endpoint).not.toBe(old);
  setup.bot.newEndpoint();
  await expect.poll(() => setup.of('ready').length).toBe(2);
  await setup.call.until((state) => state.botSecured);
  await expectSpeechBothWays(setup, must(setup.members[0]));
});

test('a client that is dismissed with another code sees that code', async () => {
  const { bot, server, of } = await openCall();
  server.dismiss(GUILD, bot.userId, 4022);
  await expect.poll(() => of('closed')).toMatchObject([{ code: 4022, by: 'server', channelId: CHANNEL }]);
});
