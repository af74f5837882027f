import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toolNames } from '../../../../src/tools/mcp/tool-names.ts';

function names(server: string, ...tools: string[]): readonly string[] {
  return [...toolNames(server, tools).values()];
}

test('a tool is called after its server and itself', () => {
  expect(names('weather', 'forecast', 'get-rain', 'a/b c')).toEqual([
    'weather__forecast',
    'weather__get_rain',
    'weather__a_b_c',
  ]);
});

test('of two that would be called the same, the one that is called so keeps the name', () => {
  const [plain, ...others] = names('s', 'a_b', 'a-b', 'a.b');
  expect(plain).toBe('s__a_b');
  expect(others).toEqual([
    expect.stringMatching(/^s__a_b_[0-9a-f]{8}$/),
    expect.stringMatching(/^s__a_b_[0-9a-f]{8}$/),
  ]);
  expect(new Set(others).size).toBe(2);
});

test('a name that is too long is cut and stays one of a kind', () => {
  const long = 'x'.repeat(80);
  const [one, two] = names('server', `${long}1`, `${long}2`);
  expect(one).toHaveLength(64);
  expect(two).toHaveLength(64);
  expect(one).not.toBe(two);
});

test('whatever the tools are called: valid, one of a kind, and the same in any order and after a restart', () => {
  const tools = fc.uniqueArray(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[a-c_.-]{1,4}$/)), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z][a-z0-9]{0,35}$/), tools, (server, given) => {
      const forwards = toolNames(server, given);
      expect(new Set(forwards.values()).size).toBe(given.length);
      expect([...forwards.values()].filter((name) => !/^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(name))).toEqual([]);
      expect(new Map([...toolNames(server, given.toReversed())].toReversed())).toEqual(forwards);
    }),
  );
});
