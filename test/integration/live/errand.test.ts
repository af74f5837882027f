import { expect, onTestFinished, test } from 'vitest';
import { MODEL_PROFILES } from '../../../src/catalogue/models.ts';
import type { LoopbackLive } from '../../../src/rehearsal/live/loopback-live.ts';
import { HALF_CASCADE, SERVED_MODELS } from '../../../src/rehearsal/live/models.ts';
import { startErrand } from '../../../src/room/errand.ts';
import type { RoomEvent } from '../../../src/room/protocol.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';
import { createSkippingClock } from '../voice/skipping-clock.ts';
import { startQuickLive } from './harness.ts';

/** What is served, and what no longer is for who still offers it. */
const models = [...SERVED_MODELS, HALF_CASCADE, { ...HALF_CASCADE, id: 'gemini-2.0-flash-live-001' }];

async function setUp(model = 'gemini-3.8-live') {
  const live: LoopbackLive = await startQuickLive({ models });
  onTestFinished(() => live.close());
  const clock = createSkippingClock();
  onTestFinished(() => clock.close());
  const events: RoomEvent[] = [];
  const ended = Promise.withResolvers<void>();
  const run = () =>
    startErrand(
      {
        roomId: 'errand',
        live: { apiKey: 'no-key', baseUrl: live.url, model },
        instruction: 'Sum it up.',
        language: 'de',
        text: 'Ada: Hello',
      },
      { clock, random: () => 0, log: createRecordingLog(), count: () => undefined, emit: (it) => events.push(it) },
      ended.resolve,
    );
  const outcome = () => events.flatMap((it) => (it.type === 'errandDone' ? [it.outcome] : []));
  return { live, clock, events, run, ended: ended.promise, outcome };
}

test.each(MODEL_PROFILES.map(({ id }) => id))(
  '%s answers one question over a connection that is then gone',
  async (model) => {
    const { live, events, run, ended, outcome } = await setUp(model);
    run();
    await ended;
    expect(outcome()).toEqual([{ text: 'quite so' }]);
    expect(events.filter(({ type }) => type === 'usage').length).toBeGreaterThan(0);
    expect(live.setups).toHaveLength(1);
    expect(live.setups[0]).toMatchObject({ systemInstruction: { parts: [{ text: 'Sum it up.' }] } });
    expect(live.openSockets).toBe(0);
    expect(live.violations).toEqual([]);
  },
);

test('a service that refuses, stays silent or says nothing ends it with a reason', async () => {
  const refused = await setUp();
  refused.live.control.refuseSockets(401);
  refused.run();
  await refused.ended;
  expect(refused.outcome()).toMatchObject([{ problem: { code: 'LIVE_KEY_REFUSED' } }]);

  const silent = await setUp();
  silent.live.control.nextAnswers({ kind: 'nothing' });
  silent.run();
  await silent.ended;
  expect(silent.outcome()).toEqual([{ problem: { code: 'LIVE_UNREACHABLE', details: {} } }]);

  const deaf = await setUp();
  deaf.live.control.holdSetup(true);
  deaf.run();
  deaf.clock.skip(61_000);
  await deaf.ended;
  expect(deaf.outcome()).toEqual([{ problem: { code: 'LIVE_CONNECT_TIMEOUT', details: {} } }]);
});

test('it can be given up at any time', async () => {
  const { run, outcome, live, ended } = await setUp();
  const errand = run();
  await errand.end();
  await ended;
  expect(outcome()).toEqual([{ problem: { code: 'SHUTTING_DOWN', details: {} } }]);
  await expect.poll(() => live.openSockets).toBe(0);
});
