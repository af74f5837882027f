import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { openLiveTap } from '../../../src/rehearsal/wire/live-tap.ts';
import type { LiveWireEvent } from '../../../src/rehearsal/wire/live-wire-event.ts';

interface Tapped {
  readonly events: LiveWireEvent[];
  readonly service: WebSocketServer;
  dial(): WebSocket;
}

/** A service of the test's own with a tap in front of it. */
async function tapped(options: { refuseWith?: number } = {}): Promise<Tapped> {
  const service = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    verifyClient: (_info, answer) => answer(options.refuseWith === undefined, options.refuseWith),
  });
  await once(service, 'listening');
  const events: LiveWireEvent[] = [];
  const upstream = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  const tap = await openLiveTap({ upstream, now: () => 7, on: (event) => events.push(event) });
  onTestFinished(async () => {
    await tap.close();
    for (const client of service.clients) client.terminate();
    service.close();
  });
  const url = `${tap.url.replace('http', 'ws')}/ws/some.Method?alt=x`;
  return { events, service, dial: () => new WebSocket(url, { headers: { 'x-goog-api-key': 'the-key' } }) };
}

test('path, query and key reach the service, frames pass unchanged in text and binary, and are told', async () => {
  const { events, service, dial } = await tapped();
  const bot = dial();
  const [far, request] = (await once(service, 'connection')) as [
    WebSocket,
    { url: string; headers: Record<string, string> },
  ];
  expect(request.url).toBe('/ws/some.Method?alt=x');
  expect(request.headers['x-goog-api-key']).toBe('the-key');
  if (bot.readyState !== WebSocket.OPEN) await once(bot, 'open');
  bot.send('{"realtimeInput":{"activityStart":{}}}');
  const [there, thereBinary] = await once(far, 'message');
  expect(String(there)).toBe('{"realtimeInput":{"activityStart":{}}}');
  expect(thereBinary).toBe(false);
  far.send(Buffer.from('{"serverContent":{"turnComplete":true}}'), { binary: true });
  const [back, backBinary] = await once(bot, 'message');
  expect(String(back)).toBe('{"serverContent":{"turnComplete":true}}');
  expect(backBinary).toBe(true);
  expect(events.map(({ type }) => type)).toEqual(['activityStart', 'turnComplete']);
});

test('a close passes with its code and reason, either way, and is told with who closed', async () => {
  const { events, service, dial } = await tapped();
  const bot = dial();
  const [far] = (await once(service, 'connection')) as [WebSocket];
  if (bot.readyState !== WebSocket.OPEN) await once(bot, 'open');
  far.close(1008, 'models/x is not found');
  const [code, reason] = await once(bot, 'close');
  expect([code, String(reason)]).toEqual([1008, 'models/x is not found']);
  expect(events).toEqual([{ at: 7, type: 'closed', code: 1008, reason: 'models/x is not found', by: 'service' }]);
  const again = dial();
  const [farAgain] = (await once(service, 'connection')) as [WebSocket];
  if (again.readyState !== WebSocket.OPEN) await once(again, 'open');
  again.close(1000);
  expect((await once(farAgain, 'close'))[0]).toBe(1000);
  await expect.poll(() => events.at(-1)).toMatchObject({ type: 'closed', code: 1000, by: 'bot' });
});

test('a line that is cut is cut on the other side too', async () => {
  const { service, dial } = await tapped();
  const bot = dial();
  const [far] = (await once(service, 'connection')) as [WebSocket];
  if (bot.readyState !== WebSocket.OPEN) await once(bot, 'open');
  far.terminate();
  expect((await once(bot, 'close'))[0]).toBe(1006);
});

test('a refused handshake is refused with the same status', async () => {
  const { dial } = await tapped({ refuseWith: 429 });
  const [, response] = await once(dial(), 'unexpected-response');
  expect(response.statusCode).toBe(429);
});
