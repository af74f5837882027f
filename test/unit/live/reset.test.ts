import { expect, test } from 'vitest';
import { createLiveHarness, handleMessage, type LiveHarness, soundMessage } from './harness.ts';

const seed = [{ role: 'user', text: 'My name is Anna.' }] as const;

/** A session in the middle of a conversation. */
function talked(options: Parameters<typeof createLiveHarness>[0] = {}): LiveHarness {
  const live = createLiveHarness({ seed, ...options });
  live.start();
  live.latest().says(handleMessage('h1'));
  live.speak();
  live.latest().says({ serverContent: { inputTranscription: { text: 'a secret' } } });
  live.answers('I will keep it');
  return live;
}

/** Everything that the newest connection was sent, as text. */
const wire = (live: LiveHarness): string => JSON.stringify(live.latest().sent);

test('after a reset a fresh session is opened at once, that is told nothing of what was said', () => {
  const live = talked();
  live.finishes('h2');
  live.session.reset();
  expect(live.connections[0]?.end).toBe('closed');
  expect(live.handles.at(-1)).toBeNull();
  expect(live.connections).toHaveLength(1);
  live.latest().ends({ code: 1000 });
  const setup = live.latest().becomesReady();
  expect(setup['sessionResumption']).toEqual({});
  expect(setup['historyConfig']).toBeUndefined();
  expect(live.told.slice(-2)).toEqual(['state ready', 'forgotten']);
  expect(live.connected.at(-1)?.resumed).toBe(false);
  live.speak();
  expect(wire(live)).not.toMatch(/secret|keep it|Anna\./);
  expect(live.latest().rest()).toEqual(['activityStart', 'text', 'audio', 'activityEnd']);
});

test('an answer that is cut by a reset is over, and nothing of it comes any more', () => {
  const live = talked();
  live.session.reset();
  expect(live.told).toContain('turnComplete 1');
  const told = live.told.length;
  live.latest().says(soundMessage(480));
  live.latest().says(handleMessage('h2'));
  expect(live.told).toHaveLength(told);
  expect(live.handles).toHaveLength(2);
});

test('what was asked and not answered is not asked again, nor what was being said', () => {
  const live = createLiveHarness();
  live.start();
  live.speak();
  live.session.startWindow({ speakers: ['Ben'], notes: [] });
  live.session.sendAudio(new Int16Array(330));
  live.session.sendText('and this');
  live.session.reset();
  live.latest().ends({ code: 1000 });
  live.latest().becomesReady();
  expect(live.latest().rest()).toEqual([]);
  live.speak(20);
  expect(live.latest().rest()).toEqual(['activityStart', 'text', 'audio', 'activityEnd']);
});

test('what is said while it forgets belongs to the fresh conversation', () => {
  const live = talked();
  live.session.reset();
  live.speak(40, 'Ben');
  live.latest().ends({ code: 1000 });
  live.latest().becomesReady();
  live.latest().expect('activityStart');
  expect(live.latest().expect('text')).toBe('[Speaking: Ben]');
});

test('a connection that is being made with what was known is given up for one that knows nothing', () => {
  const live = talked();
  live.latest().ends();
  const resuming = live.latest();
  resuming.opens();
  expect(resuming.expect('setup')).toMatchObject({ sessionResumption: { handle: 'h1' } });
  live.session.reset();
  expect(resuming.end).toBe('terminated');
  resuming.says({ setupComplete: {} });
  expect(live.told).not.toContain('forgotten');
  expect(live.latest().becomesReady()['sessionResumption']).toEqual({});
  expect(live.told.at(-1)).toBe('forgotten');
});

test('a reset while a failing service is left alone for a while waits with it', () => {
  const live = talked();
  live.latest().ends({ code: 1011, reason: 'Internal error encountered.' });
  live.session.reset();
  expect(live.connections).toHaveLength(1);
  live.clock.advance(500);
  expect(live.latest().becomesReady()['sessionResumption']).toEqual({});
  expect(live.told.at(-1)).toBe('forgotten');
});

test('a reset while the first connection is made is told when it works', () => {
  const live = createLiveHarness({ seed });
  live.session.open();
  live.session.reset();
  expect(live.latest().becomesReady()['historyConfig']).toBeUndefined();
  expect(live.told.at(-1)).toBe('forgotten');
});

test('two resets in a row are one', () => {
  const live = talked();
  live.session.reset();
  live.session.reset();
  live.latest().ends({ code: 1000 });
  live.latest().becomesReady();
  expect(live.told.filter((it) => it === 'forgotten')).toHaveLength(1);
  expect(live.connections).toHaveLength(2);
});

test('a service that does not say goodbye is cut after a second, and forgotten all the same', () => {
  const live = talked();
  live.session.reset();
  live.clock.advance(1_000);
  expect(live.connections[0]?.end).toBe('terminated');
  live.latest().becomesReady();
  expect(live.told.at(-1)).toBe('forgotten');
});

test('a session that is closed has nothing to forget', async () => {
  const live = talked();
  const closing = live.session.close();
  live.session.reset();
  live.latest().ends({ code: 1000 });
  await closing;
  expect(live.told.at(-1)).toBe('state closed');
});
