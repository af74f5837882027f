import { expect, test } from 'vitest';
import { surviveKills } from '../e2e/survive-kills.ts';

const KILLS = 20;
/** What a host may expect of a restart. */
const BACK_WITHIN_MS = 5_000;

test('twenty kills in a row, each in the middle of an answer: back within seconds, in the conversation, once', async (context) => {
  const times = await surviveKills(context, KILLS);
  console.log(`back after ${times.map((ms) => (ms / 1000).toFixed(1)).join(', ')} s`);
  expect(times).toHaveLength(KILLS);
  expect(Math.max(...times)).toBeLessThan(BACK_WITHIN_MS);
});
