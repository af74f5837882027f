import fc from 'fast-check';
import { expect, test } from 'vitest';
import { setUp } from './bench.ts';

test('one die of six sides unless told', async () => {
  expect(await setUp({ chances: [0.99] }).call('roll_dice')).toEqual({ dice: '1d6', rolls: [6], total: 6 });
});

test('several dice and what is added to them', async () => {
  const dice = setUp({ chances: [0, 0.5, 0.999] });
  expect(await dice.call('roll_dice', { count: 3, sides: 20, modifier: -2 })).toEqual({
    dice: '3d20-2',
    rolls: [1, 11, 20],
    total: 30,
  });
});

test('whatever chance says, every die shows one of its sides and the total is theirs', async () => {
  const chances = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1 });
  const args = fc.record({
    count: fc.integer({ min: 1, max: 100 }),
    sides: fc.integer({ min: 2, max: 1000 }),
    modifier: fc.integer({ min: -10_000, max: 10_000 }),
  });
  await fc.assert(
    fc.asyncProperty(chances, args, async (given, wanted) => {
      const { rolls, total } = await setUp({ chances: given }).call('roll_dice', wanted);
      const shown = rolls as number[];
      expect(shown).toHaveLength(wanted.count);
      for (const roll of shown) expect(Number.isInteger(roll) && roll >= 1 && roll <= wanted.sides).toBe(true);
      expect(total).toBe(shown.reduce((sum, roll) => sum + roll, wanted.modifier));
    }),
  );
});

test.each([{ count: 0 }, { count: 101 }, { sides: 1 }, { sides: 1001 }, { count: 1.5 }])(
  '%o is not rolled',
  async (args) => {
    await expect(setUp().call('roll_dice', args)).rejects.toThrow(TypeError);
  },
);
