import { expect, test } from 'vitest';
import { measure } from '../../src/rehearsal/speech/loudness.ts';
import { startWorld } from './harness.ts';

const LONG =
  'This is a long answer that goes on for a while, so that somebody can say something while it is being spoken. And it goes on.';

test.concurrent('speech silences the bot although the service is 500 ms late, nothing of the old answer comes after, and the model is told what was not heard', async (context) => {
  const { live, enter, join, say, window, answer } = await startWorld(context, { live: { interruptedDelayMs: 500 } });
  const [adam, beth] = [enter('Adam'), enter('Beth')];
  await join('Adam');
  live.control.nextAnswers({ kind: 'say', text: LONG }, { kind: 'nothing' });
  await say(adam, 'goforward');
  const { endedAt } = await window(0);
  const answering = adam.heard.mark();
  await adam.heard.until(({ voiced }) => voiced.filter(({ at }) => at > (endedAt ?? 0)).length >= 50, {
    mark: answering,
  });
  const barging = adam.heard.mark();
  const { startedAt, endedAt: speechEndedAt } = await say(beth, 'barge-in');
  const second = await window(1);
  const during = adam.heard.since(barging).voiced;
  // It was talking when she began, and was silent well before she ended; what came last was five frames of silence.
  expect(during.length).toBeGreaterThan(0);
  expect(during.at(-1)?.at).toBeLessThan(speechEndedAt);
  expect(
    adam.heard
      .since(barging)
      .packets.slice(-5)
      .every(({ silence }) => silence),
  ).toBe(true);
  expect(second.startedAt).toBeLessThan(speechEndedAt);
  expect((await answer(0)).interrupted).toBe(true);
  expect(second.recognition?.best).toMatchObject({ id: 'barge-in', verdict: 'whole' });
  expect(second.texts.join(' ')).toMatch(/interrupted/);
  const silentAt = during.at(-1)?.at ?? 0;
  expect(adam.heard.voiced.filter(({ at }) => at > silentAt && at < (second.endedAt ?? 0))).toEqual([]);
  expect(silentAt).toBeGreaterThan(startedAt);
});

test.concurrent('a cough lowers the bot for a moment and does not stop it', async (context) => {
  const { live, enter, join, say, window, answer } = await startWorld(context);
  const [adam, beth] = [enter('Adam'), enter('Beth')];
  await join('Adam');
  live.control.nextAnswers({ kind: 'say', text: LONG });
  await say(adam, 'goforward');
  const { endedAt } = await window(0);
  await adam.heard.until(({ voiced }) => voiced.filter(({ at }) => at > (endedAt ?? 0)).length >= 50);
  await beth.speak(cough());
  const { interrupted, audioMs } = await answer(0);
  expect(interrupted).toBe(false);
  const heard = await adam.heard.until(
    ({ flags, voiced }) => flags.at(-1)?.speaking === false && voiced.some(({ at }) => at > (endedAt ?? 0)),
  );
  const voiced = heard.voiced.filter(({ at }) => at > (endedAt ?? 0));
  expect(Math.abs(voiced.length * 20 - audioMs)).toBeLessThanOrEqual(40);
  expect(live.windows).toHaveLength(1);
});

/** A burst of noise that dies away within 120 ms: no speech, and over before it could be believed. */
function cough(): Int16Array {
  const pcm = new Int16Array(48_000 * 0.12);
  let state = 1;
  for (let index = 0; index < pcm.length; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    pcm[index] = ((state / 0x4000_0000 - 1) * 12_000 * (pcm.length - index)) / pcm.length;
  }
  expect(measure(pcm, 48_000).peakDbfs).toBeGreaterThan(-12);
  return pcm;
}
