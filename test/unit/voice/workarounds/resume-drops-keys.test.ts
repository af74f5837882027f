import { DAVESession, Networking, NetworkingStatusCode, VoiceUDPSocket } from '@discordjs/voice';
import { expect, onTestFinished, test } from 'vitest';
import { watchDroppedKeys } from '../../../../src/voice/workarounds/resume-drops-keys.ts';
import { guardUdpSocket } from '../../../../src/voice/workarounds/throwing-handlers.ts';

/** The library with a voice socket of its own, put into a state by hand. */
function openNetworking(code: NetworkingStatusCode.Ready | NetworkingStatusCode.Resuming) {
  const networking = new Networking(
    { endpoint: '127.0.0.1:1', serverId: '1', token: 't', sessionId: 's', userId: '3', channelId: '2' },
    {},
  );
  networking.on('error', () => undefined);
  const dave = new DAVESession(1, '3', '2', {});
  dave.reinit();
  const { state } = networking;
  if (!('ws' in state)) throw new Error('the library dials no socket');
  const udp = new VoiceUDPSocket({ ip: '127.0.0.1', port: 9 });
  // As the link does: the library's first keep-alive comes after the test has closed the socket, and throws there.
  guardUdpSocket(udp, () => undefined);
  networking.state = {
    code,
    ws: state.ws,
    udp,
    connectionOptions: state.connectionOptions,
    connectionData: {
      connectedClients: new Set(),
      encryptionMode: 'aead_aes256_gcm_rtpsize',
      nonce: 0,
      nonceBuffer: Buffer.alloc(12),
      packetsPlayed: 0,
      secretKey: new Uint8Array(32),
      sequence: 0,
      speaking: false,
      ssrc: 1,
      timestamp: 0,
    },
    dave,
  };
  onTestFinished(() => networking.destroy());
  return { networking, ws: state.ws };
}

/** An external sender package that no session can read: it throws where it is looked at. */
const UNREADABLE = { op: 25, seq: 1, payload: Buffer.from([1]) };

test('upstream still ignores keys that come while it resumes, and only then', () => {
  const ready = openNetworking(NetworkingStatusCode.Ready);
  expect(() => ready.ws.emit('binary', UNREADABLE)).toThrow();
  const resuming = openNetworking(NetworkingStatusCode.Resuming);
  expect(() => resuming.ws.emit('binary', UNREADABLE)).not.toThrow();
});

test('what is ignored is told', () => {
  let dropped = 0;
  const resuming = openNetworking(NetworkingStatusCode.Resuming);
  watchDroppedKeys(resuming.networking, resuming.ws, () => dropped++);
  resuming.ws.emit('binary', UNREADABLE);
  expect(dropped).toBe(1);

  const ready = openNetworking(NetworkingStatusCode.Ready);
  watchDroppedKeys(ready.networking, ready.ws, () => dropped++);
  expect(() => ready.ws.emit('binary', UNREADABLE)).toThrow();
  expect(dropped).toBe(1);
});
