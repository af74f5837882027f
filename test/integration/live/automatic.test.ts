import { expect, test } from 'vitest';
import { HALF_CASCADE, SERVED_MODELS } from '../../../src/rehearsal/live/models.ts';
import { questionSound, startQuickLive, startTalk, type Talk } from './harness.ts';

const models = [...SERVED_MODELS, HALF_CASCADE];

/** A question as a stream of sound, with the second of silence that ends it. */
function ask({ session }: Talk, ms = 900): void {
  session.startWindow({ speakers: [], notes: [], actorIds: ['anna'] });
  session.sendAudio(questionSound(10_000, ms));
  session.spoke();
  session.sendAudio(new Int16Array(16_000));
  session.endWindow();
}

test.each(models.map(({ id }) => id))(
  '%s hears by itself: speech, text, and a question that a drop has swallowed, with every sensitivity',
  async (model) => {
    await using live = await startQuickLive({ models });
    const tuning = {
      automaticDetection: {
        ...({ startSensitivity: 'low', endSensitivity: 'high' } as const),
        prefixPaddingMs: 20,
        silenceDurationMs: 500,
      },
    } as const;
    await using talk = startTalk(live, { model, detection: 'automatic', tuning });
    ask(talk);
    await talk.untilSeen(() => talk.told.includes('turnComplete 1') && talk.told.includes('handle'));
    talk.session.sendText('and in writing?');
    await talk.until('turnComplete 2');
    live.control.delayNext(60_000);
    ask(talk);
    await expect.poll(() => live.windows.length).toBe(2);
    live.control.terminate();
    await talk.until('turnComplete 3');
    // The one that was swallowed came again, whole.
    expect(live.windows).toHaveLength(3);
    expect(new Set(live.windows.map(({ audioMs }) => Math.round(audioMs / 50))).size).toBe(1);
    expect(live.violations).toEqual([]);
    expect(talk.problems).toEqual([]);
  },
);

test('noise that ends leaves no turn open, and nobody waits', async () => {
  await using live = await startQuickLive();
  await using talk = startTalk(live, { detection: 'automatic' });
  await talk.until('state ready');
  talk.session.startWindow({ speakers: [], notes: [] });
  talk.session.sendAudio(new Int16Array(16_000).fill(20));
  talk.session.endWindow();
  ask(talk);
  await talk.until('turnComplete 1');
  expect(live.windows).toHaveLength(1);
  expect(talk.session.answerDue).toBe(false);
  expect(live.violations).toEqual([]);
});
