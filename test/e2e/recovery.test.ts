import { test } from 'vitest';
import { surviveKills } from './survive-kills.ts';

test.concurrent('killed in the middle of its answers, it is back in the channel and the conversation each time, and repeats nothing', async (context) => {
  await surviveKills(context, 2);
});
