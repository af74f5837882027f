import { expect, test } from 'vitest';
import { createLookout } from '../../../../src/rehearsal/discord/lookout.ts';

test('what is there already is found at once', async () => {
  expect(await createLookout().until(() => 'found')).toBe('found');
});

test('everything that happens is looked at, as it is when whoever tells it has come to an end', async () => {
  const lookout = createLookout();
  let value: number | null = null;
  const found = lookout.until(() => value);
  lookout.changed();
  value = 7;
  expect(await found).toBe(7);
});

test('one that looks and finds an error says so; the others go on', async () => {
  const lookout = createLookout();
  let value = 0;
  const broken = lookout.until(() => {
    if (value > 0) throw new Error('broken');
    return null;
  });
  const found = lookout.until(() => value);
  value = 1;
  lookout.changed();
  await expect(broken).rejects.toThrow('broken');
  expect(await found).toBe(1);
});

test('a wait ends with an error: in time, or when everything ends', async () => {
  const lookout = createLookout();
  await expect(lookout.until(() => null, 1)).rejects.toThrow('did not come within 1 ms');
  const waiting = lookout.until(() => null);
  lookout.close();
  await expect(waiting).rejects.toThrow('the loopback was closed');
});
