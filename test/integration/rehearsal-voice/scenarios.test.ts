import { expect, test } from 'vitest';
import { tone } from './signals.ts';
import { ALICE, BOB, must, openCall, type TestCall } from './voice-call.ts';

/** Both directions carry speech that everybody can decrypt. */
async function expectConversation({ bot, server }: TestCall, member: ReturnType<TestCall['join']>): Promise<void> {
  const ear = bot.listen(member.userId);
  await member.speak(tone(100, 440));
  await expect.poll(() => ear.packets.length).toBe(10);
  const mark = member.heard.mark();
  await bot.say(tone(100, 1_000));
  const heard = await member.heard.until((span) => span.packets.length === 10, { mark });
  expect(heard.voiced.map((packet) => packet.pcm?.length)).toEqual(Array(5).fill(960));
  expect(server.violations).toEqual([]);
  expect(bot.errors).toEqual([]);
}

test('a transition with id 0 counts at once', async () => {
  const setup = await openCall({
    members: [ALICE],
    beforeConnect: (server) => server.call('200000000000000001')?.zeroTransitions(2),
  });
  expect(setup.of('transitionExecuted')).toMatchObject([{ transitionId: 0, confirmed: true }]);
  await expectConversation(setup, must(setup.members[0]));
  const bob = setup.join(BOB);
  await setup.call.until((state) => state.botSecured && state.epoch === 2n);
  expect(setup.of('transitionExecuted').at(-1)?.transitionId).toBe(0);
  await expectConversation(setup, bob);
});

test('the external sender after the welcome is refused and repaired', async () => {
  const setup = await openCall({
    members: [ALICE],
    beforeConnect: (server) => server.call('200000000000000001')?.lateExternalSender(),
  });
  await setup.call.until((state) => state.botSecured && setup.bot.privacyCode !== null);
  expect(setup.of('transitionInvalid')).toHaveLength(1);
  expect(must(setup.members[0]).privacyCode).toBe(setup.bot.privacyCode);
  await expectConversation(setup, must(setup.members[0]));
});

test('a commit that does not fit is refused and repaired', async () => {
  const setup = await openCall({ members: [ALICE] });
  setup.call.invalidCommit();
  await setup.call.until((state) => state.botSecured && state.epoch === 2n);
  expect(setup.of('transitionInvalid')).toHaveLength(1);
  await expectConversation(setup, must(setup.members[0]));
});

test('a downgrade ends the encryption and an upgrade brings it back', async () => {
  const setup = await openCall({ members: [ALICE] });
  const alice = must(setup.members[0]);
  await setup.call.downgrade();
  await expect.poll(() => setup.bot.privacyCode).toBeNull();
  await expectConversation(setup, alice);
  expect(alice.heard.voiced.at(-1)?.encrypted).toBe('clear');
  await setup.call.upgrade();
  expect(setup.bot.privacyCode).toBe(alice.privacyCode);
  await expectConversation(setup, alice);
  expect(alice.heard.voiced.at(-1)?.encrypted).toBe('dave');
});

test('a member who joins during a downgrade is heard, too', async () => {
  const setup = await openCall({ members: [ALICE] });
  await setup.call.downgrade();
  const bob = setup.join(BOB);
  await expectConversation(setup, bob);
  await setup.call.upgrade();
  await expectConversation(setup, bob);
});

test('opcodes the client does not know do not disturb it', async () => {
  const setup = await openCall({ members: [ALICE] });
  setup.call.sendUnknown(77, { anything: true });
  await expectConversation(setup, must(setup.members[0]));
});

test("the bot's own commit may win", async () => {
  const setup = await openCall({ members: [ALICE] });
  setup.call.botCommits(2);
  const bob = setup.join(BOB);
  await setup.call.until((state) => state.botSecured && state.epoch === 2n);
  expect(bob.privacyCode).toBe(setup.bot.privacyCode);
  expect(setup.call.privacyCode).toBe(setup.bot.privacyCode);
  await expectConversation(setup, bob);
  must(setup.members[0]).leave();
  await setup.call.until((state) => state.botSecured && state.epoch === 3n);
  await expectConversation(setup, bob);
});
