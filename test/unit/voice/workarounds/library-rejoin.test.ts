import { expect, test } from 'vitest';
import { createPayloadGate } from '../../../../src/voice/workarounds/library-rejoin.ts';
import { nameServer, openUpstream, type Upstream } from './upstream.ts';

/** What the library hears when the voice server closes the socket. */
function closeWith({ connection: { state } }: Upstream, code: number): void {
  if (!('networking' in state)) throw new Error('there is no socket to close');
  state.networking?.emit('close', code);
}

test.each([4006, 4017, 4021, 4022])('upstream still answers %i with op 4 at once, as often as it comes', (code) => {
  let payloads = 0;
  const upstream = openUpstream(() => {
    payloads++;
    return true;
  });
  for (let i = 0; i < 20; i++) {
    nameServer(upstream);
    closeWith(upstream, code);
  }
  expect(payloads).toBe(1 + 20);
});

test('behind the gate only what was asked for passes, and the library stays disconnected', () => {
  const sent: unknown[] = [];
  let refused = 0;
  const gate = createPayloadGate({ send: (payload) => sent.push(payload) > 0, refused: () => refused++ });
  const upstream = gate.allow(() => openUpstream((payload) => gate.sendPayload(payload)));
  nameServer(upstream);
  closeWith(upstream, 4021);
  expect(sent).toHaveLength(1);
  expect(refused).toBe(1);
  expect(upstream.connection.state.status).toBe('disconnected');

  gate.allow(() => upstream.connection.rejoin());
  expect(sent).toHaveLength(2);
});

test('the gate shuts again after something threw behind it', () => {
  const gate = createPayloadGate({ send: () => true, refused: () => undefined });
  const fail = (): never => {
    throw new Error('broken');
  };
  expect(() => gate.allow(fail)).toThrow('broken');
  expect(gate.sendPayload({})).toBe(false);
});
