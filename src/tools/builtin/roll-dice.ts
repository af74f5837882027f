import { z } from 'zod';
import type { Random } from '../../types/clock.ts';
import { defineTool, type Tool } from '../define-tool.ts';

/** A model that makes numbers up favours some of them. @param random must be fair: people play with it */
export function rollDice(random: Random): Tool {
  return defineTool({
    name: 'roll_dice',
    description:
      'Rolls dice, flips a coin (one die with 2 sides) or picks a number at random. Call this whenever chance has to decide; ' +
      'never make a result up.',
    args: z.object({
      count: z.number().int().min(1).max(100).default(1).describe('How many dice.'),
      sides: z.number().int().min(2).max(1000).default(6).describe('How many sides each has.'),
      modifier: z.number().int().min(-10_000).max(10_000).default(0).describe('Added to the sum, as in 2d6+3.'),
    }),
    defaultOn: true,
    audience: 'everybody',
    async run({ count, sides, modifier }) {
      const rolls = Array.from({ length: count }, () => 1 + Math.floor(random() * sides));
      const sum = rolls.reduce((all, roll) => all + roll, 0);
      const dice = `${count}d${sides}${modifier === 0 ? '' : modifier > 0 ? `+${modifier}` : modifier}`;
      return { dice, rolls, total: sum + modifier };
    },
  });
}
