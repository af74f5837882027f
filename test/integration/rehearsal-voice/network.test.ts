import { expect, test } from 'vitest';
import { opusDurationMs } from '../../../src/rehearsal/discord/voice/opus-packets.ts';
import { purity, seeded, tone } from './signals.ts';
import { ALICE, must, openCall } from './voice-call.ts';

const numbers = (packets: readonly { sequence: number }[], first: number): number[] =>
  packets.map(({ sequence }) => (sequence - first + 65_536) % 65_536);

test('lost packets are missing and nothing else is', async () => {
  const { bot, members } = await openCall({ members: [ALICE] });
  const ear = bot.listen(ALICE);
  const spoken = await must(members[0]).speak(tone(600, 440), { loss: 0.2, lossAt: [3, 4], random: seeded(7) });
  expect(spoken.packets).toBe(30);
  expect(spoken.lost).toBeGreaterThanOrEqual(4);
  expect(spoken.sent + spoken.lost).toBe(30);
  await expect.poll(() => ear.packets.length).toBe(spoken.sent + 5);
  const came = numbers(ear.packets, spoken.firstSequence);
  expect(came).not.toContain(3);
  expect(came).not.toContain(4);
  expect(came).toEqual([...came].sort((a, b) => a - b));
});

test('reordered and doubled packets all come, some in the wrong order', async () => {
  const { bot, members } = await openCall({ members: [ALICE], encrypted: false });
  const ear = bot.listen(ALICE);
  const options = { reorder: 0.3, duplicate: 0.2, random: seeded(3) };
  const spoken = await must(members[0]).speak(tone(600, 440), options);
  await expect.poll(() => ear.packets.length).toBe(30 + spoken.duplicated + 5);
  const came = numbers(ear.packets, spoken.firstSequence);
  expect(spoken.duplicated).toBeGreaterThan(2);
  expect(new Set(came).size).toBe(35);
  expect(came).not.toEqual([...came].sort((a, b) => a - b));
  for (const { sequence, timestamp } of ear.packets) {
    const frames = (sequence - spoken.firstSequence + 65_536) % 65_536;
    expect((timestamp - spoken.firstTimestamp + 2 ** 32) % 2 ** 32).toBe(frames * 960);
  }
});

test('end-to-end encryption takes a doubled packet once', async () => {
  const { bot, members } = await openCall({ members: [ALICE] });
  const ear = bot.listen(ALICE);
  const spoken = await must(members[0]).speak(tone(200, 440), { duplicate: 1 });
  expect(spoken.duplicated).toBe(10);
  await expect.poll(() => ear.packets.length).toBe(15);
});

test('jitter delays packets and loses none', async () => {
  const { bot, members } = await openCall({ members: [ALICE] });
  const ear = bot.listen(ALICE);
  const spoken = await must(members[0]).speak(tone(400, 440), { jitterMs: 60, random: seeded(1) });
  await expect.poll(() => ear.packets.length).toBe(25);
  const came = numbers(ear.packets, spoken.firstSequence);
  expect([...came].sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, at) => at));
  expect(came).not.toEqual([...came].sort((a, b) => a - b));
  expect(came.slice(-5)).toEqual([20, 21, 22, 23, 24]);
});

test.each([40, 60] as const)('packets of %i ms are sent at their own pace', async (frameMs) => {
  const { bot, members } = await openCall({ members: [ALICE] });
  const ear = bot.listen(ALICE);
  const spoken = await must(members[0]).speak(tone(480, 440), { frameMs });
  expect(spoken.packets).toBe(480 / frameMs);
  await expect.poll(() => ear.packets.length).toBe(480 / frameMs + 5);
  expect(ear.packets.slice(0, -5).map(({ opus }) => opusDurationMs(opus))).toEqual(Array(480 / frameMs).fill(frameMs));
  const step = must(ear.packets[1]).timestamp - must(ear.packets[0]).timestamp;
  expect((step + 2 ** 32) % 2 ** 32).toBe(frameMs * 48);
  expect(spoken.lastVoicedAt - spoken.startedAt).toBeCloseTo(480 - frameMs, 5);
});

test('a header extension is taken off by the client', async () => {
  const { bot, members } = await openCall({ members: [ALICE] });
  const ear = bot.listen(ALICE);
  await must(members[0]).speak(tone(200, 440), { headerExtension: true });
  await expect.poll(() => ear.packets.length).toBe(15);
  expect(purity((await ear.pcm()).subarray(2_400, 9_600), 440)).toBeGreaterThan(0.95);
  expect(bot.errors).toEqual([]);
});

test('without op 5 the client does not know whose packets they are', async () => {
  const { bot, members } = await openCall({ members: [ALICE] });
  const ear = bot.listen(ALICE);
  const alice = must(members[0]);
  await alice.speak(tone(100, 440), { noSpeakingOp: true });
  expect(ear.packets).toEqual([]);
  await alice.speak(tone(100, 440));
  await expect.poll(() => ear.packets.length).toBe(10);
  alice.reconnect();
  await alice.speak(tone(100, 440), { noSpeakingOp: true });
  await alice.speak(tone(100, 440));
  await expect.poll(() => ear.packets.length).toBe(20);
});

test('speech can be cut short, and an open microphone goes on until then', async () => {
  const { bot, members } = await openCall({ members: [ALICE] });
  const ear = bot.listen(ALICE);
  const hush = new AbortController();
  const speaking = must(members[0]).speak(tone(100, 440), { continuous: true, signal: hush.signal });
  await expect.poll(() => ear.packets.length).toBeGreaterThan(12);
  hush.abort();
  const spoken = await speaking;
  expect(spoken.ended).toBe('aborted');
  await expect.poll(() => ear.packets.length).toBe(spoken.packets + 5);
});

test('a member who leaves in the middle of a word stops there', async () => {
  const { bot, members } = await openCall({ members: [ALICE] });
  const alice = must(members[0]);
  const ear = bot.listen(ALICE);
  const speaking = alice.speak(tone(2_000, 440));
  await expect.poll(() => ear.packets.length).toBeGreaterThan(3);
  alice.leave();
  expect((await speaking).ended).toBe('left');
  await expect(alice.speak(tone(20, 440))).rejects.toThrow('has left');
});
