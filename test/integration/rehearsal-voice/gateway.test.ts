import { expect, test } from 'vitest';
import { connectRaw } from './raw-client.ts';
import { CHANNEL, GUILD, openServer } from './voice-call.ts';

const USER = '900';
const SESSION = 'session';

async function admitted(encrypted = true) {
  const opened = await openServer();
  const { server } = opened;
  const { token } = server.admit({ guildId: GUILD, channelId: CHANNEL, userId: USER, sessionId: SESSION, encrypted });
  const client = await connectRaw(server.endpoint);
  const identify = { server_id: GUILD, user_id: USER, session_id: SESSION, token, max_dave_protocol_version: 1 };
  return { ...opened, client, token, identify };
}

test('Hello comes first, and heartbeats are answered before Identify', async () => {
  const { client } = await admitted();
  await expect.poll(() => client.messages.length).toBe(1);
  expect(client.messages[0]).toEqual({ op: 8, d: { v: 8, heartbeat_interval: 13_750 } });
  client.send(3, { t: 42, seq_ack: -1 });
  await expect.poll(() => client.messages[1]).toEqual({ op: 6, d: { t: 42 } });
});

test('Ready names an SSRC, the UDP address and the encryption', async () => {
  const { client, identify } = await admitted();
  client.send(0, identify);
  await expect.poll(() => client.messages.at(-1)?.op).toBe(2);
  expect(client.messages.at(-1)?.d).toMatchObject({
    ssrc: expect.any(Number),
    ip: '127.0.0.1',
    port: expect.any(Number),
    modes: ['aead_aes256_gcm_rtpsize'],
  });
});

test.each([
  ['a wrong token', { token: 'no' }, 4004],
  ['a wrong session', { session_id: 'no' }, 4006],
  ['another guild', { server_id: '5' }, 4006],
  ['another user', { user_id: '5' }, 4004],
  ['no end-to-end encryption', { max_dave_protocol_version: 0 }, 4017],
  ['a field of the wrong type', { user_id: 5 }, 4002],
])('Identify with %s is refused', async (_what, wrong, code) => {
  const { client, identify } = await admitted();
  client.send(0, { ...identify, ...wrong });
  expect(await client.closed).toBe(code);
});

test('a stage may be joined without end-to-end encryption', async () => {
  const { client, identify, server } = await admitted(false);
  client.send(0, { ...identify, max_dave_protocol_version: 0 });
  await expect.poll(() => client.messages.at(-1)?.op).toBe(2);
  expect(server.violations).toEqual([]);
});

test.each([
  ['an unknown opcode', '{"op":42,"d":{}}', 4001, 'unknown-opcode'],
  ['text that is no JSON', 'hello', 4002, 'bad-payload'],
  ['JSON without an opcode', '{}', 4002, 'bad-payload'],
  ['a message before Identify', '{"op":5,"d":{"speaking":1,"delay":0,"ssrc":1}}', 4003, 'wrong-order'],
])('%s closes the socket and is a violation', async (_what, text, code, rule) => {
  const { client, server } = await admitted();
  client.sendText(text);
  expect(await client.closed).toBe(code);
  expect(server.violations).toMatchObject([{ rule }]);
});

test('a second Identify is refused', async () => {
  const { client, identify } = await admitted();
  client.send(0, identify);
  await expect.poll(() => client.messages.at(-1)?.op).toBe(2);
  client.send(0, identify);
  expect(await client.closed).toBe(4005);
});

test.each([
  [
    'another protocol',
    { protocol: 'webrtc', data: { address: '127.0.0.1', port: 5, mode: 'aead_aes256_gcm_rtpsize' } },
    4012,
  ],
  ['another encryption', { protocol: 'udp', data: { address: '127.0.0.1', port: 5, mode: 'xsalsa20_poly1305' } }, 4016],
])('Select Protocol with %s is refused', async (_what, select, code) => {
  const { client, identify } = await admitted();
  client.send(0, identify);
  await expect.poll(() => client.messages.at(-1)?.op).toBe(2);
  client.send(1, select);
  expect(await client.closed).toBe(code);
});

test('another gateway version is refused', async () => {
  const { server } = await admitted();
  expect(await (await connectRaw(server.endpoint, 4)).closed).toBe(4002);
});

test('Resume of a session that is not there is refused', async () => {
  const { client, token } = await admitted();
  client.send(7, { server_id: GUILD, session_id: SESSION, token, seq_ack: 0 });
  expect(await client.closed).toBe(4006);
});

test('a client without heartbeats times out', async () => {
  const { server } = await openServer({ heartbeatIntervalMs: 20 });
  const client = await connectRaw(server.endpoint);
  expect(await client.closed).toBe(4009);
  expect(server.violations).toMatchObject([{ rule: 'heartbeat' }]);
});

test('closing twice, and with clients, is no problem', async () => {
  const { client, server } = await admitted();
  await Promise.all([server.close(), server.close()]);
  await client.closed;
});
