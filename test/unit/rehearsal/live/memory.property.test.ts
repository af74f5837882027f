import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addTokens,
  compress,
  contextTokens,
  createConversation,
  remember,
  rewind,
  totalTokens,
} from '../../../../src/rehearsal/live/conversation.ts';
import { SERVED_MODELS } from '../../../../src/rehearsal/live/models.ts';
import { createHandles } from '../../../../src/rehearsal/live/resumption.ts';
import { duration, usageOf } from '../../../../src/rehearsal/live/server-message.ts';

const [model] = SERVED_MODELS;
if (model === undefined) throw new Error('no model is served');
const conversationOf = (entries: readonly { role: 'user' | 'model'; tokens: number }[]) => {
  const conversation = createConversation('session-1', model, 0);
  for (const { role, tokens } of entries) remember(conversation, { role, text: '', tokens: { AUDIO: tokens } });
  return conversation;
};
const arbitraryEntries = fc.array(
  fc.record({ role: fc.constantFrom('user' as const, 'model' as const), tokens: fc.nat({ max: 200 }) }),
);
const arbitraryTokens = fc.record({ TEXT: fc.nat(), AUDIO: fc.nat(), IMAGE: fc.nat() }, { requiredKeys: [] });

test('compression drops whole turns from the front, down to the target or to the last turn', () => {
  fc.assert(
    fc.property(
      arbitraryEntries,
      fc.integer({ min: 2, max: 2000 }),
      fc.nat({ max: 1999 }),
      (entries, trigger, target) => {
        const conversation = conversationOf(entries);
        const before = totalTokens(contextTokens(conversation));
        compress(conversation, { triggerTokens: trigger, targetTokens: Math.min(target, trigger - 1) });
        const { dropped } = conversation;
        if (before < trigger) expect(dropped).toBe(0);
        if (dropped > 0) expect(conversation.entries[dropped]?.role).toBe('user');
        const isLast = !conversation.entries.slice(dropped + 1).some(({ role }) => role === 'user');
        const left = totalTokens(contextTokens(conversation));
        if (before >= trigger) expect(left <= Math.min(target, trigger - 1) || isLast).toBe(true);
      },
    ),
  );
});

test('going back to a handle forgets what came after it, and no more', () => {
  const conversation = conversationOf(Array(6).fill({ role: 'user', tokens: 10 }));
  conversation.dropped = 4;
  rewind(conversation, 5);
  expect([conversation.entries.length, conversation.dropped]).toEqual([5, 4]);
  rewind(conversation, 2);
  expect([conversation.entries.length, conversation.dropped]).toEqual([2, 2]);
});

test('tokens add up by modality', () => {
  fc.assert(
    fc.property(arbitraryTokens, arbitraryTokens, (a, b) => {
      expect(totalTokens(addTokens(a, b))).toBe(totalTokens(a) + totalTokens(b));
      expect(addTokens(a, b)).toEqual(addTokens(b, a));
    }),
  );
});

test('usage: the total is its parts, and a modality without tokens is not reported', () => {
  fc.assert(
    fc.property(arbitraryTokens, arbitraryTokens, (prompt, response) => {
      const usage = usageOf(prompt, response);
      expect(usage.totalTokenCount).toBe(usage.promptTokenCount + usage.responseTokenCount);
      const details = [...usage.promptTokensDetails, ...usage.responseTokensDetails];
      expect(details.every(({ tokenCount }) => tokenCount > 0)).toBe(true);
    }),
  );
});

test('durations are seconds with an s', () => {
  expect([50_000, 9500, 1, 0].map(duration)).toEqual(['50s', '9.5s', '0.001s', '0s']);
});

test('a handle is good for its session, its model and its time, from the end of the last connection', () => {
  const handles = createHandles(1000);
  const conversation = conversationOf([{ role: 'user', tokens: 1 }]);
  const handle = handles.issue(conversation);
  conversation.socket = { open: true };
  expect(handles.redeem(handle, model.id, 0).outcome).toBe('busy');
  conversation.socket = { open: false };
  expect(handles.redeem(handle, model.id, 0)).toEqual({ outcome: 'resumed', conversation, entries: 1 });
  conversation.socket = null;
  conversation.endedAt = 500;
  expect(handles.redeem(handle, model.id, 1500).outcome).toBe('resumed');
  expect(handles.redeem(handle, model.id, 1501).outcome).toBe('refused');
  expect(handles.redeem(handle, 'another', 600).outcome).toBe('refused');
  expect(handles.redeem('made-up', model.id, 600).outcome).toBe('refused');
  expect(handles.issue(conversation)).not.toBe(handle);
});

test('the oldest handles of very many are forgotten', () => {
  const handles = createHandles(1000);
  const conversation = conversationOf([]);
  const first = handles.issue(conversation);
  let last = first;
  for (let count = 0; count < 20_000; count++) last = handles.issue(conversation);
  expect(handles.redeem(first, model.id, 0).outcome).toBe('refused');
  expect(handles.redeem(last, model.id, 0).outcome).toBe('resumed');
});
