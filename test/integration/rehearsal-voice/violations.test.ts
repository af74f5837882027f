import { NetworkingStatusCode } from '@discordjs/voice';
import { expect, test } from 'vitest';
import { tone } from './signals.ts';
import { ALICE, must, openCall, type TestCall } from './voice-call.ts';

function readyState({ bot }: TestCall) {
  const { state } = bot.connection;
  const networking = 'networking' in state ? state.networking.state : undefined;
  if (networking?.code !== NetworkingStatusCode.Ready) throw new Error('the bot is not connected');
  return networking;
}

const rules = ({ server }: TestCall): string[] => [...new Set(server.violations.map(({ rule }) => rule))];
const quiet = Buffer.from([0xf8, 0xff, 0xfe, 0]);

test('a voiced packet in the clear', async () => {
  const setup = await openCall({ members: [ALICE] });
  const state = readyState(setup);
  const { dave } = state;
  state.dave = undefined;
  await setup.bot.say(tone(40, 1_000));
  state.dave = dave;
  await expect.poll(() => rules(setup)).toEqual(['in-the-clear']);
  const { heard } = must(setup.members[0]);
  expect(heard.voiced.map(({ encrypted, pcm }) => [encrypted, pcm])).toEqual(Array(2).fill(['clear', null]));
});

test('silence frames missing at the end of a run', async () => {
  const setup = await openCall({ members: [ALICE] });
  await setup.bot.say(tone(40, 1_000), { silenceFrames: 3 });
  await expect.poll(() => rules(setup)).toEqual(['silence-missing']);
  expect(setup.of('runEnded')).toMatchObject([{ packets: 5, silenceFrames: 3 }]);
});

test('no op 5 before the first packet', async () => {
  const setup = await openCall({ members: [ALICE] });
  readyState(setup).connectionData.speaking = true;
  await setup.bot.say(tone(40, 1_000));
  await expect.poll(() => rules(setup)).toEqual(['speaking-missing']);
});

test('a gap in the sequence numbers, or in the timestamps of a run', async () => {
  const setup = await openCall({ members: [ALICE] });
  const { connectionData } = readyState(setup);
  setup.bot.connection.playOpusPacket(quiet);
  connectionData.sequence += 2;
  setup.bot.connection.playOpusPacket(quiet);
  connectionData.timestamp += 480;
  setup.bot.connection.playOpusPacket(quiet);
  await expect.poll(() => setup.server.violations.length).toBeGreaterThan(1);
  expect(setup.server.violations.slice(0, 2).map(({ rule }) => rule)).toEqual(['sequence', 'timestamp']);
});

test('more packets at once than a client buffers', async () => {
  const setup = await openCall({ members: [ALICE] });
  for (let count = 0; count < 30; count++) setup.bot.connection.playOpusPacket(quiet);
  await expect.poll(() => rules(setup)).toContain('ahead-of-time');
});

test('a nonce used twice, a wrong key, a foreign SSRC, something that is no RTP', async () => {
  const setup = await openCall({ members: [ALICE] });
  const state = readyState(setup);
  const packet = state.udp;
  setup.bot.connection.playOpusPacket(quiet);
  state.connectionData.nonce = 0;
  setup.bot.connection.playOpusPacket(quiet);
  await expect.poll(() => rules(setup)).toEqual(['nonce']);
  state.connectionData.secretKey = new Uint8Array(32);
  setup.bot.connection.playOpusPacket(quiet);
  await expect.poll(() => rules(setup)).toContain('unauthenticated');
  packet.send(Buffer.alloc(40));
  await expect.poll(() => rules(setup)).toContain('packet-format');
  state.connectionData.ssrc += 1;
  setup.bot.connection.playOpusPacket(quiet);
  await expect.poll(() => rules(setup)).toContain('packet-unexpected');
});
