import { expect, test } from 'vitest';
import { createRefusals } from '../../../src/chat/refusals.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';
import { settled } from './questions.ts';

function setUp() {
  const clock = createFakeClock();
  const log = createRecordingLog();
  const refusals = createRefusals({ clock, log });
  const posted: string[] = [];
  const refuse = (channelId: string, text: string): void =>
    refusals.post(channelId, async () => void posted.push(text));
  return { clock, log, refusals, posted, refuse };
}

test('the first of a channel is posted at once, the next with a pause between, other channels beside it', () => {
  const { clock, posted, refuse } = setUp();
  for (const text of ['one', 'two', 'three']) refuse('general', text);
  refuse('other', 'elsewhere');
  expect(posted).toEqual(['one', 'elsewhere']);
  clock.advance(1_500);
  expect(posted).toEqual(['one', 'elsewhere', 'two']);
  clock.advance(3_000);
  expect(posted).toEqual(['one', 'elsewhere', 'two', 'three']);
  clock.advance(3_000);
  expect(clock.pending).toBe(0);
});

test('one that cannot be posted keeps none of the others', async () => {
  const { clock, log, refusals, posted, refuse } = setUp();
  refusals.post('general', () => Promise.reject(new Error('no')));
  refuse('general', 'two');
  clock.advance(1_500);
  await settled();
  expect(posted).toEqual(['two']);
  expect(log.messages('info')).toEqual(['a refusal could not be posted']);
});

test('at the end all that waits is posted, and nothing waits any more', () => {
  const { clock, refusals, posted, refuse } = setUp();
  for (const text of ['one', 'two', 'three']) refuse('general', text);
  refusals.close();
  refuse('general', 'four');
  expect(posted).toEqual(['one', 'two', 'three', 'four']);
  expect(clock.pending).toBe(0);
});
