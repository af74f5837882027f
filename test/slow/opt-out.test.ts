import { expect, test } from 'vitest';
import { systemClock } from '../../src/types/clock.ts';
import { startWorld, type World } from '../e2e/harness.ts';

async function privacy({ discord }: World, name: string, subcommand: 'opt-out' | 'opt-in'): Promise<void> {
  const asked = discord.control.person(name).command('privacy', { subcommand });
  await asked.until(({ state }) => state.status === 'answered');
}

test.concurrent('whoever has opted out may speak all the time: nothing of it reaches the Live side until they opt in', async (context) => {
  const world = await startWorld(context);
  const { live, enter, join, say, window, answer } = world;
  const [adam, beth] = [enter('Adam'), enter('Beth')];
  await privacy(world, 'Beth', 'opt-out');
  await join('Adam');
  live.control.nextAnswers({ kind: 'nothing' }, { kind: 'nothing' });
  await say(beth, 'story');
  await say(beth, 'something');
  expect(live.windows).toEqual([]);
  await Promise.all([say(beth, 'bring'), say(adam, 'goforward')]);
  expect((await window(0)).recognition).toMatchObject({ best: { id: 'goforward' }, others: [] });
  await answer(0);
  await privacy(world, 'Beth', 'opt-in');
  await say(beth, 'something');
  expect((await window(1)).recognition).toMatchObject({ best: { id: 'something', verdict: 'whole' }, others: [] });
  expect(live.windows).toHaveLength(2);
});

test.concurrent('an opt-out in the middle of a sentence ends it there, and holds for all that is said after it', async (context) => {
  const world = await startWorld(context);
  const { live, enter, join, say, window, answer } = world;
  const adam = enter('Adam');
  await join('Adam');
  live.control.nextAnswers({ kind: 'nothing' }, { kind: 'nothing' });
  const speaking = say(adam, 'story').then(() => systemClock.now());
  await expect.poll(() => live.windows.length).toBe(1);
  await privacy(world, 'Adam', 'opt-out');
  const cut = await window(0);
  // Had they been heard to the end, it would have ended with the pause after that.
  expect(cut.endedAt).toBeLessThan(await speaking);
  await answer(0);
  await say(adam, 'bring');
  await privacy(world, 'Adam', 'opt-in');
  await say(adam, 'something');
  // The second window that there ever was: nothing came before it, or with it.
  expect((await window(1)).recognition).toMatchObject({ best: { id: 'something', verdict: 'whole' }, others: [] });
});
