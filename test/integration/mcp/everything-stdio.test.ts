import { expect, test } from 'vitest';
import { objections } from '../../unit/tools/objections.ts';
import { EVERYTHING, startHost } from './hosted.ts';

const everything = { command: process.execPath, args: [EVERYTHING, 'stdio'] };

test('the tools of the reference server can be used like our own', async () => {
  await using it = await startHost({ Everything: everything });
  await expect.poll(() => it.host.tools().length).toBeGreaterThan(5);

  const sum = it.tool('everything__get_sum');
  expect(sum).toMatchObject({ source: { kind: 'mcp', server: 'Everything' }, defaultOn: false, unavailable: null });
  expect(sum.declaration).toMatchObject({
    description: expect.stringMatching(/sum/i),
    parameters: { type: 'OBJECT', properties: { a: { type: 'NUMBER' }, b: { type: 'NUMBER' } }, required: ['a', 'b'] },
  });
  expect(objections(it.host.tools().map(({ declaration }) => declaration))).toEqual([]);
  expect(it.host.tools().filter(({ unavailable }) => unavailable !== null)).toEqual([]);
  expect(sum.validate({ a: 1, b: 'two' })).toMatchObject({ ok: false });
  expect(sum.needsConfirmation({ a: 1, b: 2 })).toBe(false);
  expect(await it.call('everything__get_sum', { a: 19, b: 23 })).toMatch(/42/);
  expect(await it.call('everything__get_structured_content', { location: 'Chicago' })).toEqual({
    temperature: 36,
    conditions: 'Light rain / drizzle',
    humidity: 82,
  });
  expect(await it.call('everything__get_tiny_image')).toEqual({
    result: expect.stringContaining('The image above is the MCP logo.'),
    omitted: ['image (image/png)'],
  });
});

test('a call that is cancelled ends at once', async () => {
  await using it = await startHost({ everything });
  await expect.poll(() => it.host.tools().length).toBeGreaterThan(5);
  const cancelling = new AbortController();
  const call = it.call('everything__trigger_long_running_operation', { duration: 600, steps: 2 }, cancelling.signal);
  cancelling.abort();
  await expect(call).rejects.toThrow('it was cancelled');
  expect(await it.call('everything__echo', { message: 'still here' })).toMatch('still here');
});

test('arguments that the server does not take are its answer, in words', async () => {
  await using it = await startHost({ everything });
  await expect.poll(() => it.host.tools().length).toBeGreaterThan(5);
  await expect(it.call('everything__get_structured_content', { location: 'Tirana' })).rejects.toThrow(/location/);
});
