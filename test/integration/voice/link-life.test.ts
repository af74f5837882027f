import { getGroups } from '@discordjs/voice';
import { expect, test } from 'vitest';
import { ALICE, CHANNEL, OTHER_CHANNEL, type Setup, setUp, tone, toneOpus } from './harness.ts';

/** Skips from deadline to deadline until the link has come to an end. */
async function untilClosed(it: Setup): Promise<void> {
  await it.until(() => {
    if (it.link.state.status === 'recovering' || it.link.state.status === 'joining') it.clock.skip(1000);
    return it.link.state.status === 'closed';
  }, 'the link has ended');
}

const problem = (code: string) => ({ status: 'closed', reason: expect.objectContaining({ code }) });

async function joined(): Promise<Setup> {
  const it = await setUp();
  it.join(ALICE);
  it.link.setAudible(new Set([ALICE]));
  await it.secured();
  return it;
}

test.each([
  [4017, 'VOICE_ENCRYPTION_REQUIRED'],
  [4021, 'VOICE_RATE_LIMITED'],
])('close code %i ends the link at once, without asking the gateway again', async (code, reason) => {
  const it = await joined();
  it.call().closeSocket(code);
  await it.until(() => it.link.state.status === 'closed', 'the link has ended');
  expect(it.link.state).toEqual(problem(reason));
  expect(it.gateway.asked).toEqual([CHANNEL, null]);
});

test('close code 4022 is waited out, and ends the link', async () => {
  const it = await joined();
  it.call().closeSocket(4022);
  await untilClosed(it);
  expect(it.link.state).toEqual(problem('VOICE_CALL_TERMINATED'));
  expect(it.gateway.asked).toEqual([CHANNEL, null]);
});

test.each([4006, 4009])('close code %i: one rejoin after a back-off, and the room hears again', async (code) => {
  const it = await joined();
  const alice = it.join('3005');
  it.link.setAudible(new Set(['3005']));
  it.call().closeSocket(code);
  await it.until(() => it.link.state.status === 'recovering', 'the link has noticed');
  expect(it.link.canSend()).toBe(false);
  expect(it.gateway.asked).toEqual([CHANNEL]);
  it.clock.skip(1000);
  await it.secured();
  expect(it.gateway.asked).toEqual([CHANNEL, CHANNEL]);
  await alice.speak(tone(100));
  await it.until(() => it.packets.length >= 10, 'speech has been heard again');
});

test.each([4006, 4003])(
  'a voice server that always closes with %i is given up, with few op 4 payloads',
  async (code) => {
    const it = await setUp();
    await it.ready();
    await it.until(() => {
      if (it.link.state.status === 'ready') it.call().closeSocket(code);
      else it.clock.skip(1000);
      return it.link.state.status === 'closed';
    }, 'the link has ended');
    expect(it.link.state).toEqual(problem(code === 4006 ? 'VOICE_LOST' : 'VOICE_REJECTED'));
    expect(it.gateway.asked).toEqual([...Array(code === 4006 ? 6 : 2).fill(CHANNEL), null]);
  },
);

test.each([1001, 4015])('close code %i is resumed by the library, without an op 4', async (code) => {
  const it = await joined();
  const bob = it.join('3007');
  it.link.setAudible(new Set(['3007']));
  await it.call().until((call) => call.botSecured);
  it.call().closeSocket(code);
  await it.until(() => it.states.some((state) => state.status === 'recovering'), 'the link has noticed');
  await it.secured();
  expect(it.states.map((state) => state.status)).toEqual(['ready', 'recovering', 'ready']);
  expect(it.gateway.asked).toEqual([CHANNEL]);
  expect(it.events.some((event) => event.type === 'resumed')).toBe(true);
  await bob.speak(tone(100));
  await it.until(() => it.packets.length >= 10, 'speech is heard on the resumed socket');
});

test('a member who comes while the socket is being resumed is heard, and hears', async () => {
  const it = await joined();
  it.call().closeSocket(4015);
  await it.until(() => it.link.state.status === 'recovering', 'the link has noticed');
  const bob = it.join('3008');
  it.link.setAudible(new Set(['3008']));
  await it.until(() => it.link.state.status === 'ready', 'the link is back');
  await it.call().until((call) => call.botSecured);
  await it.secured();
  expect(it.link.privacyCode()).toBe(it.call().privacyCode);
  await bob.speak(tone(200));
  await it.until(() => it.packets.length >= 15, 'the member has been heard');
  for (const packet of await toneOpus(5)) it.link.sendPacket(packet);
  const heard = await bob.heard.until((span) => span.voiced.length === 5);
  expect(heard.voiced.every((packet) => packet.encrypted === 'dave')).toBe(true);
});

test('a resume that gets no answer is given up for a rejoin', async () => {
  const it = await joined();
  it.call().closeSocket(4015);
  it.call().blackHole(true);
  await it.until(() => it.link.state.status === 'recovering', 'the link has noticed');
  it.clock.skip(10_000);
  await it.until(() => it.states.at(-1)?.status === 'recovering' && it.states.length > 2, 'the resume was given up');
  it.clock.skip(1000);
  await it.until(() => it.gateway.asked.length === 3, 'the link has left and joined');
  expect(it.gateway.asked).toEqual([CHANNEL, null, CHANNEL]);
});

test('moved by a moderator, the link follows and hears there', async () => {
  const it = await joined();
  const bob = it.join('3006', OTHER_CHANNEL);
  it.link.setAudible(new Set(['3006']));
  it.gateway.moveTo(OTHER_CHANNEL);
  await it.until(() => it.moved.length === 1, 'the link knows');
  expect(it.moved).toEqual([OTHER_CHANNEL]);
  await it.call(OTHER_CHANNEL).until((call) => call.botSecured);
  await it.secured();
  await bob.speak(tone(100));
  await it.until(() => it.packets.length >= 10, 'speech is heard in the other channel');
  expect(it.gateway.asked).toEqual([CHANNEL]);
});

test('kicked: the link ends after five seconds and does not come back', async () => {
  const it = await joined();
  it.gateway.kick();
  await it.until(() => it.link.state.status === 'recovering', 'the link has noticed');
  await untilClosed(it);
  expect(it.link.state).toEqual(problem('VOICE_KICKED'));
  expect(it.gateway.asked).toEqual([CHANNEL]);
});

test('a voice server that is taken away is waited for, and the next one is followed', async () => {
  const it = await joined();
  it.gateway.removeEndpoint();
  await it.until(() => it.link.state.status === 'recovering', 'the link has noticed');
  const endpoint = await it.server.moveEndpoint();
  it.gateway.nameServer(endpoint);
  await it.secured();
  expect(it.gateway.asked).toEqual([CHANNEL]);
});

test('a join that the gateway never answers is tried twice and ends after fifteen seconds', async () => {
  const it = await setUp({ answers: false });
  const startedAt = it.clock.now();
  await untilClosed(it);
  expect(it.link.state).toEqual(problem('VOICE_JOIN_TIMEOUT'));
  expect(it.clock.now() - startedAt).toBeGreaterThanOrEqual(15_000);
  expect(it.gateway.asked).toEqual([CHANNEL, null, CHANNEL, null]);
});

test('a first answer that never comes does not spoil the second attempt', async () => {
  const it = await setUp({ answers: false });
  it.gateway.answers = true;
  it.clock.skip(7000);
  await it.ready();
  expect(it.gateway.asked).toEqual([CHANNEL, null, CHANNEL]);
});

test('a payload that the control plane could not send ends the link', async () => {
  const it = await setUp({ answers: false });
  it.link.payloadFailed();
  expect(it.link.state).toEqual(problem('VOICE_GATEWAY_DOWN'));
});

test('what moderators do to the bot’s voice is told once', async () => {
  const it = await joined();
  it.gateway.mute({ mute: true });
  it.gateway.mute({ mute: true });
  it.gateway.mute({ suppress: true });
  expect(it.muted).toEqual([
    { serverMute: true, serverDeaf: false, suppressed: false },
    { serverMute: false, serverDeaf: false, suppressed: true },
  ]);
});

test('payloads for others, and nonsense, change nothing', async () => {
  const it = await joined();
  const { state } = it.link;
  for (const data of [null, 'x', {}, { user_id: '9', channel_id: null, session_id: 's' }]) {
    it.link.gatewayPayload({ event: 'VOICE_STATE_UPDATE', data });
    it.link.gatewayPayload({ event: 'VOICE_SERVER_UPDATE', data });
  }
  it.call().sendUnknown(99, { anything: true });
  expect(it.link.state).toBe(state);
  expect(it.counts.get('voice_gateway_payloads_ignored_total')).toBe(8);
});

test('closing leaves the channel once and leaves nothing behind', async () => {
  const it = await joined();
  const groups = getGroups().size;
  await it.link.close();
  await it.link.close();
  expect(it.gateway.asked).toEqual([CHANNEL, null]);
  expect(it.link.state).toEqual({ status: 'closed', reason: 'left' });
  expect(it.encryption).toEqual([true, false]);
  expect(it.clock.pending).toBe(0);
  expect(getGroups().size).toBe(groups - 1);
  it.link.sendPacket(Uint8Array.of(1));
  it.link.setSpeaking(true);
  expect(it.link.canSend()).toBe(false);
});

test('closing while joining leaves as well', async () => {
  const it = await setUp();
  await it.link.close();
  expect(it.gateway.asked).toEqual([CHANNEL, null]);
  expect(it.clock.pending).toBe(0);
});
