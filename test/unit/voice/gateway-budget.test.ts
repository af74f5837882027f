import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BUDGET, BUDGET_WINDOW_MS, LEAVE_RESERVE, spendGatewayBudget } from '../../../src/voice/gateway-budget.ts';

test('joins stop before the budget is spent, and leaving is possible even then', () => {
  let spent: readonly number[] = [];
  for (let i = 0; i < BUDGET - LEAVE_RESERVE; i++) spent = spendGatewayBudget(spent, 'join', i) ?? [];
  expect(spendGatewayBudget(spent, 'join', 100)).toBeNull();
  for (let i = 0; i < LEAVE_RESERVE; i++) spent = spendGatewayBudget(spent, 'leave', 100) ?? [];
  expect(spent).toHaveLength(BUDGET);
  expect(spendGatewayBudget(spent, 'leave', 100)).toBeNull();
});

test('a minute later there is budget again', () => {
  const spent = Array.from({ length: BUDGET }, () => 0);
  expect(spendGatewayBudget(spent, 'join', BUDGET_WINDOW_MS - 1)).toBeNull();
  expect(spendGatewayBudget(spent, 'join', BUDGET_WINDOW_MS)).toEqual([BUDGET_WINDOW_MS]);
});

test('no minute ever holds more payloads than the budget', () => {
  const asks = fc.array(fc.tuple(fc.nat(4000), fc.constantFrom('join' as const, 'leave' as const)), { maxLength: 80 });
  fc.assert(
    fc.property(asks, (steps) => {
      const sentAt: number[] = [];
      let spent: readonly number[] = [];
      let now = 0;
      for (const [gap, purpose] of steps) {
        now += gap;
        const next = spendGatewayBudget(spent, purpose, now);
        if (next) sentAt.push(now);
        spent = next ?? spent;
      }
      for (const end of sentAt) {
        expect(sentAt.filter((at) => at <= end && end - at < BUDGET_WINDOW_MS).length).toBeLessThanOrEqual(BUDGET);
      }
    }),
  );
});
