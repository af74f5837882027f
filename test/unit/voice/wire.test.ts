import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseVoiceServer, parseVoiceState } from '../../../src/voice/gateway-payload.ts';
import { readRtpHeader } from '../../../src/voice/rtp-header.ts';

test('an RTP header is read as it was written, at every value of its fields', () => {
  fc.assert(
    fc.property(fc.nat(0xffff), fc.nat(0xffffffff), fc.nat(0xffffffff), (sequence, timestamp, ssrc) => {
      const datagram = Buffer.alloc(40);
      datagram.writeUInt16BE(0x9078, 0);
      datagram.writeUInt16BE(sequence, 2);
      datagram.writeUInt32BE(timestamp, 4);
      datagram.writeUInt32BE(ssrc, 8);
      expect(readRtpHeader(datagram)).toEqual({ sequence, timestamp, ssrc });
    }),
  );
});

test('what is no Opus packet has no header', () => {
  expect(readRtpHeader(Buffer.alloc(8))).toBeNull();
  expect(readRtpHeader(Buffer.alloc(74))).toBeNull();
  expect(readRtpHeader(Buffer.from([0x80, 0x78, 0, 1, 0, 0, 0, 1, 0, 0, 0]))).toBeNull();
  expect(readRtpHeader(Buffer.concat([Buffer.from([0x80, 0xc8]), Buffer.alloc(30)]))).toBeNull();
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => void readRtpHeader(Buffer.from(bytes))));
});

test('gateway payloads that Discord does not send are refused, whatever they are', () => {
  fc.assert(
    fc.property(fc.anything(), (data) => {
      expect(parseVoiceState(data)).toBeNull();
      expect(parseVoiceServer(data)).toBeNull();
    }),
  );
});

test('a voice state keeps what the library needs and drops the member', () => {
  const data = {
    channel_id: '2',
    user_id: '3',
    session_id: 's',
    mute: true,
    member: { user: { username: 'somebody' } },
  };
  const state = parseVoiceState(data);
  expect(state).toMatchObject({ channel_id: '2', mute: true, deaf: false, suppress: false });
  expect(state).not.toHaveProperty('member');
});
