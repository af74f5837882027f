import { expect, test } from 'vitest';
import { createKeyedQueue } from '../../../src/discord/keyed-queue.ts';

test('the same key waits its turn, also after a failure; other keys do not wait', async () => {
  const queue = createKeyedQueue();
  const order: string[] = [];
  const first = Promise.withResolvers<void>();
  const one = queue.run('a', async () => {
    await first.promise;
    order.push('a1');
    throw new Error('no');
  });
  const two = queue.run('a', async () => order.push('a2'));
  await queue.run('b', async () => order.push('b1'));
  expect(order).toEqual(['b1']);
  first.resolve();
  await expect(one).rejects.toThrow('no');
  await two;
  expect(order).toEqual(['b1', 'a1', 'a2']);
});
