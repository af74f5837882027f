import { expect, test } from 'vitest';
import { tone } from './signals.ts';
import { ALICE, must, openCall } from './voice-call.ts';

test('a forged packet fails in the transport and does not disturb the ones after it', async () => {
  const { bot, members } = await openCall({ members: [ALICE] });
  const alice = must(members[0]);
  const ear = bot.listen(ALICE);
  await alice.sendRaw('forged', { count: 3 });
  await expect.poll(() => bot.errors.length).toBe(3);
  await alice.speak(tone(100, 440));
  await expect.poll(() => ear.packets.length).toBe(10);
});

test('garbage arrives as Opus that no encoder made', async () => {
  const { bot, members } = await openCall({ members: [ALICE] });
  const ear = bot.listen(ALICE);
  await must(members[0]).sendRaw('garbageOpus', { count: 2 });
  await expect.poll(() => ear.packets.length).toBe(2);
  expect(ear.packets.map(({ opus }) => opus.length)).toEqual([80, 80]);
});

test('packets in the clear and scrambled ones are dropped one by one', async () => {
  const { bot, members } = await openCall({ members: [ALICE] });
  const alice = must(members[0]);
  const ear = bot.listen(ALICE);
  await alice.sendRaw('clear', { count: 5 });
  await alice.sendRaw('undecryptable', { count: 5 });
  await alice.sendRaw('opus', { opus: Buffer.from([0xf8, 0xff, 0xfe, 0x00]) });
  await expect.poll(() => ear.packets.length).toBe(1);
  expect(bot.errors).toEqual([]);
});

test('a burst that cannot be decrypted makes the client ask for new keys, and both hear each other again', async () => {
  const { bot, call, members, server, of } = await openCall({ members: [ALICE] });
  const alice = must(members[0]);
  const before = bot.privacyCode;
  bot.listen(ALICE);
  await alice.sendRaw('undecryptable', { count: 40 });
  await call.until((state) => state.botSecured && state.epoch === 2n);
  expect(of('transitionInvalid')).toHaveLength(1);
  expect(bot.privacyCode).not.toBe(before);
  expect(alice.privacyCode).toBe(bot.privacyCode);
  // A new ear: while the library begins anew it hands on ciphertext as if it were Opus.
  const ear = bot.listen(ALICE);
  await alice.speak(tone(100, 440));
  await expect.poll(() => ear.packets.length).toBe(10);
  await bot.say(tone(100, 1_000));
  const heard = await alice.heard.until((span) => span.packets.length === 10);
  expect(heard.voiced.every((packet) => packet.encrypted === 'dave' && packet.pcm)).toBe(true);
  expect(server.violations).toEqual([]);
});
