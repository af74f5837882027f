import { createDecoder } from 'libopus-wasm';
import { expect, test } from 'vitest';
import { ALICE, BOB, setUp, tone, toneOpus } from './harness.ts';

test('joins with one op 4 and shares the members’ privacy code', async () => {
  const it = await setUp();
  it.join(ALICE);
  await it.secured();
  expect(it.gateway.asked).toHaveLength(1);
  expect(it.states.map((state) => state.status)).toEqual(['ready']);
  await it.call().until((call) => call.botSecured && call.privacyCode !== null);
  expect(it.link.privacyCode()).toBe(it.call().privacyCode);
  expect(it.server.violations).toEqual([]);
});

test('a member’s speech arrives whole, decrypted, with its sequence and time', async () => {
  const it = await setUp();
  const alice = it.join(ALICE);
  it.link.setAudible(new Set([ALICE]));
  await it.secured();
  const report = await alice.speak(tone(300), { headerExtension: true });
  await it.until(() => it.packets.length === 20, 'fifteen packets and five silence frames have come');

  expect(new Set(it.packets.map(({ speakerId }) => speakerId))).toEqual(new Set([ALICE]));
  const first = it.packets[0]?.packet;
  expect(first).toMatchObject({
    ssrc: report.ssrc,
    sequence: report.firstSequence,
    timestamp: report.firstTimestamp,
  });
  for (const [i, { packet }] of it.packets.entries()) {
    expect(packet.sequence).toBe((report.firstSequence + i) % 2 ** 16);
    expect(packet.timestamp).toBe((report.firstTimestamp + i * 960) % 2 ** 32);
  }
  const decoder = await createDecoder({ channels: 1, sampleRate: 48_000 });
  const peaks = it.packets.map(({ packet }) => Math.max(...decoder.decode(packet.payload)));
  decoder.free();
  expect(Math.min(...peaks.slice(2, 14))).toBeGreaterThan(6000);
});

test('nobody is decrypted but those who are audible, from the moment that changes', async () => {
  const it = await setUp();
  const [alice, bob] = [it.join(ALICE), it.join(BOB)];
  it.link.setAudible(new Set([ALICE]));
  await it.secured();
  await Promise.all([alice.speak(tone(200)), bob.speak(tone(200))]);
  await it.until(() => it.packets.length >= 15, 'one of the two has been heard');
  expect(it.packets.every(({ speakerId }) => speakerId === ALICE)).toBe(true);

  it.link.setAudible(new Set([BOB]));
  const { length } = it.packets;
  await Promise.all([alice.speak(tone(200)), bob.speak(tone(200))]);
  await it.until(() => it.packets.length >= length + 15, 'the other one has been heard');
  expect(it.packets.slice(length).every(({ speakerId }) => speakerId === BOB)).toBe(true);
});

test('alone in the call nothing may be sent; when somebody comes it is, encrypted, and heard', async () => {
  const it = await setUp();
  await it.ready();
  expect(it.link.canSend()).toBe(false);

  const alice = it.join(ALICE);
  await it.secured();
  const opus = await toneOpus(10);
  it.link.setSpeaking(true);
  for (const packet of opus) {
    it.link.sendPacket(packet);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  for (let i = 0; i < 5; i++) it.link.sendPacket(Uint8Array.of(0xf8, 0xff, 0xfe));
  it.link.setSpeaking(false);

  const heard = await alice.heard.until((span) => span.packets.length === 15 && span.flags.length === 2);
  expect(heard.voiced).toHaveLength(10);
  expect(heard.voiced.every((packet) => packet.encrypted === 'dave')).toBe(true);
  expect(heard.flags.map((flag) => flag.speaking)).toEqual([true, false]);
  expect(Math.max(...heard.pcm())).toBeGreaterThan(6000);
  expect(it.server.violations).toEqual([]);
});

test('a re-key at every join and leave leaves the link hearing and talking', async () => {
  const it = await setUp();
  const alice = it.join(ALICE);
  it.link.setAudible(new Set([ALICE]));
  await it.secured();
  it.join(BOB).leave();
  it.join(BOB);
  await it.call().until((call) => call.botSecured && call.memberIds.length === 2);
  await alice.speak(tone(200));
  await it.until(() => it.packets.length >= 15, 'speech after the re-keys has been heard');
  expect(it.link.canSend()).toBe(true);
});

test('in a stage, which is not encrypted, the link may send at once', async () => {
  const it = await setUp({ kind: 'stage' });
  await it.secured();
  expect(it.link.privacyCode()).toBeNull();
  expect(it.counts.has('voice_unencrypted_calls_total')).toBe(false);
});

test('forged packets and garbage cost nothing but themselves', async () => {
  const it = await setUp();
  const alice = it.join(ALICE);
  it.link.setAudible(new Set([ALICE]));
  await it.secured();
  await alice.sendRaw('forged', { count: 5 });
  await alice.sendRaw('clear', { count: 3 });
  await alice.speak(tone(200));
  await it.until(() => it.packets.length >= 15, 'the good ones have been heard');
  expect(it.counts.get('voice_unauthenticated_packets_total')).toBe(5);
  expect(it.counts.get('voice_undecryptable_packets_total')).toBe(3);
  expect(it.packets).toHaveLength(15);
  expect(it.link.state.status).toBe('ready');
});

test('packets of a member of whom no op 5 has told are counted', async () => {
  const it = await setUp();
  const alice = it.join(ALICE);
  it.link.setAudible(new Set([ALICE]));
  await it.secured();
  alice.reconnect();
  await alice.speak(tone(100), { noSpeakingOp: true });
  await it.until(() => (it.counts.get('voice_unmapped_ssrc_packets_total') ?? 0) >= 10, 'they have been counted');
  expect(it.packets).toEqual([]);
});

test.each(['a transition of its own', 'transition id 0'])(
  'after %s, a burst that cannot be decrypted leaves the link hearing',
  async (group) => {
    const it = await setUp();
    await it.ready();
    if (group === 'transition id 0') it.call().zeroTransitions();
    const alice = it.join(ALICE);
    it.link.setAudible(new Set([ALICE]));
    await it.secured();
    await alice.sendRaw('undecryptable', { count: 40 });
    await it.until(
      () => it.events.some((event) => event.type === 'transitionInvalid'),
      'the link has asked for new keys',
    );
    await it.call().until((call) => call.botSecured);
    await it.secured();
    await alice.speak(tone(200));
    await it.until(() => it.packets.length >= 15, 'speech has been heard again');
    expect(it.link.state.status).toBe('ready');
  },
);

test('a member of whom no op 11 has told does not take the thread down, and is heard', async () => {
  const it = await setUp();
  it.join(ALICE);
  await it.secured();
  it.call().unannouncedJoins();
  const bob = it.join(BOB);
  it.link.setAudible(new Set([BOB]));
  await it.until(() => it.counts.get('voice_handler_exceptions_total') === 1, 'davey has thrown');
  await it.call().until((call) => call.botSecured);
  await it.secured();
  await bob.speak(tone(200));
  await it.until(() => it.packets.length >= 15, 'the member has been heard');
});

test('speech that stays unreadable for five seconds raises the alarm, and new keys are asked for', async () => {
  const it = await setUp();
  const alice = it.join(ALICE);
  it.link.setAudible(new Set([ALICE]));
  await it.secured();
  await alice.sendRaw('undecryptable', { count: 26 });
  await it.until(() => it.counts.get('voice_undecryptable_packets_total') === 26, 'the burst has come');
  expect(it.events.some((event) => event.type === 'transitionInvalid')).toBe(false);
  it.clock.skip(5000);
  await it.until(
    () => it.events.some((event) => event.type === 'transitionInvalid'),
    'the link has asked for new keys',
  );
  await it.call().until((call) => call.botSecured);
  await it.secured();
  await alice.speak(tone(100));
  await it.until(() => it.packets.length >= 10, 'speech has been heard again');
  expect(it.gateway.asked).toHaveLength(1);
});

test('the link outlives a downgrade of the call’s encryption, the way back, and a commit that does not fit', async () => {
  const it = await setUp();
  const alice = it.join(ALICE);
  it.link.setAudible(new Set([ALICE]));
  await it.secured();
  await it.call().downgrade();
  await it.until(() => it.link.privacyCode() === null, 'the link has followed the downgrade');
  expect(it.link.canSend()).toBe(true);
  await it.until(() => it.counts.get('voice_unencrypted_calls_total') === 1, 'it has been warned of');
  await it.call().upgrade();
  await it.secured();
  it.call().invalidCommit();
  await it.until(
    () => it.events.some((event) => event.type === 'transitionInvalid'),
    'the link has refused the commit',
  );
  await it.call().until((call) => call.botSecured);
  await it.secured();
  await alice.speak(tone(200));
  await it.until(() => it.packets.length >= 15, 'speech has been heard');
  expect(it.link.privacyCode()).toBe(it.call().privacyCode);
});

test('an external sender that comes too late is survived', async () => {
  const it = await setUp();
  const alice = it.join(ALICE);
  it.link.setAudible(new Set([ALICE]));
  await it.secured();
  it.call().lateExternalSender();
  it.call().closeSocket(4006);
  await it.until(() => it.link.state.status === 'recovering', 'the link has noticed');
  it.clock.skip(1000);
  await it.call().until((call) => call.botSecured);
  await it.secured();
  await alice.speak(tone(100));
  await it.until(() => it.packets.length >= 10, 'speech has been heard');
});
