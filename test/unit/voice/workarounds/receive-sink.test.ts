import { expect, test } from 'vitest';
import { isCiphertext, sinksOf, toReceivedPacket } from '../../../../src/voice/workarounds/receive-sink.ts';
import { createPacket, forge, openUpstream, prepareReceiver } from './upstream.ts';

const OPUS = Buffer.from([0x78, 1, 2, 3, 4, 5]);
const HEADER = { sequence: 1, timestamp: 960, ssrc: 4242 };

test('upstream still pushes the payload alone, without order or time', () => {
  const upstream = openUpstream();
  const { receiver } = upstream.connection;
  prepareReceiver(upstream, '9');
  const pushed: unknown[] = [];
  sinksOf(receiver).set('9', { push: (packet) => pushed.push(packet), destroy: () => undefined });
  receiver.onUdpMessage(createPacket(OPUS));
  expect(pushed).toEqual([OPUS]);
  expect(toReceivedPacket(pushed[0], HEADER)).toEqual({ ...HEADER, payload: OPUS });
});

test('upstream still ends a stream of its own for one forged packet; a sink of ours stays', async () => {
  const upstream = openUpstream();
  const { receiver } = upstream.connection;
  prepareReceiver(upstream, '9');
  const stream = receiver.subscribe('9');
  const failed = new Promise((resolve) => stream.once('error', resolve));
  receiver.onUdpMessage(forge(createPacket(OPUS)));
  expect(await failed).toBeInstanceOf(Error);
  expect(stream.destroyed).toBe(true);

  let pushes = 0;
  let failures = 0;
  const sink = { push: () => pushes++, destroy: () => failures++ };
  sinksOf(receiver).set('9', sink);
  receiver.onUdpMessage(forge(createPacket(OPUS)));
  receiver.onUdpMessage(createPacket(OPUS, { sequence: 2 }));
  expect([failures, pushes]).toEqual([1, 1]);
});

test('the shape of the next version is taken as well, anything else is not', () => {
  expect(toReceivedPacket({ payload: OPUS, sequence: 1, timestamp: 960, ssrc: 4242 }, HEADER)).toEqual({
    ...HEADER,
    payload: OPUS,
  });
  for (const pushed of [null, undefined, 'opus', 7, {}, { payload: 'opus' }]) {
    expect(toReceivedPacket(pushed, HEADER)).toBeNull();
  }
});

test('a frame that is still encrypted end to end is told from Opus by its marker', () => {
  expect(isCiphertext(Buffer.from([1, 2, 3, 0xfa, 0xfa]))).toBe(true);
  expect(isCiphertext(Buffer.from([0xf8, 0xff, 0xfe]))).toBe(false);
  expect(isCiphertext(OPUS)).toBe(false);
});
