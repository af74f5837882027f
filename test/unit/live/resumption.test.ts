import { expect, test } from 'vitest';
import { createLiveHarness, handleMessage } from './harness.ts';

test('a refused handle is dropped, and a fresh session gets the tail of the talk as history that is closed', () => {
  const handle = { value: 'old', model: 'gemini-3.8-live', issuedAt: 1_000_000 };
  const seed = [
    { role: 'user', text: 'I am Anna' },
    { role: 'model', text: 'Hello Anna' },
  ] as const;
  const live = createLiveHarness({ handle, seed });
  live.session.open();
  live.latest().opens();
  expect(live.latest().expect('setup')).toMatchObject({ sessionResumption: { handle: 'old' } });
  live.latest().ends({ code: 1007, reason: 'Request contains an invalid argument.' });
  expect(live.handles).toEqual([null]);
  const setup = live.latest().becomesReady();
  expect(setup).toMatchObject({ sessionResumption: {}, historyConfig: { initialHistoryInClientContent: true } });
  expect(live.latest().expect('clientContent')).toEqual({
    turns: [
      { role: 'user', parts: [{ text: 'I am Anna' }] },
      { role: 'model', parts: [{ text: 'Hello Anna' }] },
    ],
    turnComplete: true,
  });
  expect(live.problems).toEqual([]);
});

test('a handle of another model, or older than two hours, is not tried', () => {
  for (const [model, issuedAt] of [
    ['gemini-2.5-flash-native-audio-preview-12-2025', 1_000_000],
    ['gemini-3.8-live', 1_000_000 - 2 * 60 * 60_000],
  ] as const) {
    const live = createLiveHarness({ handle: { value: 'old', model, issuedAt } });
    live.session.open();
    live.latest().opens();
    expect(live.latest().expect('setup')).toMatchObject({ sessionResumption: {} });
    expect(live.handles).toEqual([null]);
  }
});

test('only handles that can be resumed from are kept', () => {
  const live = createLiveHarness();
  live.start();
  live.latest().says(handleMessage('h1'));
  live.latest().says({ sessionResumptionUpdate: { resumable: false } });
  live.latest().says({ sessionResumptionUpdate: { newHandle: 'h2', resumable: false } });
  live.latest().says({ sessionResumptionUpdate: { newHandle: 'h3' } });
  live.latest().says({ sessionResumptionUpdate: { newHandle: '', resumable: true } });
  expect(live.handles.map((handle) => handle?.value)).toEqual(['h1']);
});

test('what a resumed session was told is told again when the connection drops before it has answered', () => {
  const live = createLiveHarness();
  const comesBack = (): void => {
    live.latest().ends();
    live.clock.advance(500);
    live.latest().becomesReady();
  };
  live.start();
  live.latest().says(handleMessage('before the question'));
  live.speak();
  live.latest().says({ serverContent: { inputTranscription: { text: 'My name is Anna.' } } });
  live.answers('Hello Anna.');
  live.finishes();
  comesBack();
  live.speak();
  // It may be from before the note was read: nobody can tell.
  live.latest().says(handleMessage('in the middle'));
  comesBack();
  expect(JSON.stringify(live.latest().sent)).toContain('My name is Anna.');
  live.answers('Yes?');
  live.finishes('after the answer');
  comesBack();
  live.speak();
  expect(JSON.stringify(live.latest().sent)).not.toContain('My name is Anna.');
});
