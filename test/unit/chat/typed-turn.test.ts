import { expect, test } from 'vitest';
import { NOTHING_ATTACHED, type Question } from '../../../src/chat/question.ts';
import { nextBatch, typedText } from '../../../src/chat/typed-text.ts';
import { typedTurn } from '../../../src/chat/typed-turn.ts';
import { questionOf } from './questions.ts';

const batch = (...questions: readonly Partial<Question>[]): number => nextBatch(questions.map((it) => questionOf(it)));

test('plain messages go together; a command, and a voice message, go by themselves', () => {
  expect(batch({}, {}, {})).toBe(3);
  expect(batch({}, {}, { alone: true }, {})).toBe(2);
  expect(batch({ alone: true }, {})).toBe(1);
  expect(batch({}, { byVoice: true })).toBe(1);
  expect(batch({ byVoice: true }, {})).toBe(1);
});

test('a turn is not made too long to answer: by words, or by pictures', () => {
  const text = 'x'.repeat(7_000);
  expect(batch({ text }, { text }, { text })).toBe(2);
  expect(batch({ text: 'x'.repeat(20_000) })).toBe(1);
  expect(batch({ hasFiles: true }, { hasFiles: true }, { hasFiles: true })).toBe(2);
});

test('one who asks is asked for by name only if others may be meant', () => {
  expect(typedText([questionOf({ text: 'Why?\nReally?' })], false)).toBe('Why?\nReally?');
  expect(typedText([questionOf({ text: 'Why?\nReally?' })], true)).toBe('Ada: Why?\n  Really?');
  expect(typedText([questionOf({ text: '', hasFiles: true })], true)).toBe('Ada shows this.');
  expect(typedText([questionOf({ text: '', byVoice: true })], true)).toBe('Ada has sent a voice message.');
});

test('rights are those of everybody whose questions are in the turn, each once', () => {
  const asked = ['1', '2', '1'].map((authorId) => ({
    question: questionOf({ authorId, text: 'Hi' }),
    attached: { ...NOTHING_ATTACHED, images: [{ jpeg: new Uint8Array(1) }] },
  }));
  const turn = typedTurn(asked, { turnId: 't', named: true, wantsSound: false });
  expect(turn.authorIds).toEqual(['1', '2']);
  expect(turn.images).toHaveLength(3);
  expect(turn.text).toBe('Ada: Hi\nAda: Hi\nAda: Hi');
});
