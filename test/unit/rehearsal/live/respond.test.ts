import { expect, test } from 'vitest';
import type { Heard } from '../../../../src/rehearsal/live/answer.ts';
import { tellWhatWasHeard, transcribe } from '../../../../src/rehearsal/live/respond.ts';
import type { Heard as HeardUtterance, Recognition } from '../../../../src/rehearsal/speech/recogniser.ts';

const utterance: HeardUtterance = {
  id: 'count',
  words: 'one two three four five six seven eight nine ten',
  score: 0.95,
  coverage: 1,
  order: 1,
  startMs: 0,
  endMs: 2000,
  missingStartMs: 0,
  missingEndMs: 0,
  originalSpanMs: 2000,
  verdict: 'whole',
};
const loudness = { durationMs: 2500, span: { startMs: 200, endMs: 2450 }, peakDbfs: -6, rmsDbfs: -20.4 };
const recognition = (best: Partial<HeardUtterance> | null, others: Partial<HeardUtterance>[] = []): Recognition => ({
  best: best && { ...utterance, ...best },
  others: others.map((each) => ({ ...utterance, ...each })),
  loudness,
});
const nothingHeard: Heard = {
  session: 'session-1',
  model: 'gemini-3.8-live',
  cause: 'window',
  recognition: null,
  speech: false,
  texts: [],
  images: [],
  toolResponses: [],
  remembered: [],
};
const said = (text: string) => ({ kind: 'say', text });
const window = (heard: Recognition, more: Partial<Heard> = {}): Heard => ({
  ...nothingHeard,
  speech: true,
  recognition: heard,
  ...more,
});

test.each<[string, Heard, string]>([
  [
    'a whole utterance',
    window(recognition({})),
    'I heard two point three seconds at minus twenty decibels: one two three four five six seven eight nine ten',
  ],
  [
    'one without its end',
    window(recognition({ verdict: 'cut', missingEndMs: 800 })),
    'It was cut: the last zero point eight seconds did not arrive.',
  ],
  [
    'one without both ends',
    window(recognition({ verdict: 'cut', missingStartMs: 300, missingEndMs: 800 })),
    'It was cut: the first zero point three seconds and the last zero point eight seconds did not arrive.',
  ],
  [
    'one with a hole',
    window(recognition({ verdict: 'cut', coverage: 0.8 })),
    'It was cut: a part in the middle did not arrive.',
  ],
  ['one in the wrong order', window(recognition({ verdict: 'garbled' })), 'It came in the wrong order.'],
  ['two of them', window(recognition({}, [{ words: 'never mind' }])), 'I also heard: never mind'],
  ['one that nobody knows', window(recognition(null)), 'I do not know these words.'],
  ['one with a note', window(recognition({}), { texts: ['Anna speaks.'] }), 'With it came the note: Anna speaks.'],
])('%s is told', (_what, heard, words) => {
  expect(tellWhatWasHeard(heard)).toEqual(said(expect.stringContaining(words)));
});

test('without speech there is nothing to say, but text in a window is answered', () => {
  expect(tellWhatWasHeard(nothingHeard)).toEqual({ kind: 'nothing' });
  expect(tellWhatWasHeard(window(recognition(null), { speech: false }))).toEqual({ kind: 'nothing' });
  expect(tellWhatWasHeard(window(recognition(null), { speech: false, texts: ['[Speaking: Anna]'] }))).toEqual({
    kind: 'nothing',
  });
  expect(tellWhatWasHeard(window(recognition(null), { speech: false, texts: ['[Note: x] typed'] }))).toEqual(
    said('You wrote: [Note: x] typed.'),
  );
  expect(tellWhatWasHeard({ ...nothingHeard, texts: ['typed'] })).toEqual(said('You wrote: typed.'));
});

test('text is repeated, what was said before is told when asked for, and long text is cut', () => {
  const text: Heard = { ...nothingHeard, cause: 'text', texts: ['Hello.'] };
  expect(tellWhatWasHeard(text)).toEqual(said('You wrote: Hello.'));
  const asks: Heard = { ...text, texts: ['What was said so far?'] };
  expect(tellWhatWasHeard(asks)).toEqual(said('I remember nothing.'));
  const entry = { role: 'user', text: 'My name is Anna.', tokens: {} } as const;
  const remembered = [
    entry,
    { ...entry, role: 'model', text: 'Hello.' },
    { ...entry, text: asks.texts[0] ?? '' },
  ] as const;
  expect(tellWhatWasHeard({ ...asks, remembered })).toEqual(said('You said: My name is Anna'));
  expect(tellWhatWasHeard({ ...text, texts: ['x'.repeat(999)] })).toEqual(
    said(`You wrote: ${'x'.repeat(200)} and so on.`),
  );
});

test('results of tools are told in words', () => {
  const tool = (response: Record<string, unknown>): Heard => ({
    ...nothingHeard,
    cause: 'toolResponse',
    toolResponses: [{ id: 'a', name: 'roll_dice', response }],
  });
  expect(tellWhatWasHeard(tool({ output: { sides: 6, fell: [3, 4] } }))).toEqual(
    said('roll dice says: sides :6, fell : 3,4.'),
  );
  expect(tellWhatWasHeard(tool({ error: 'no dice' }))).toEqual(said('roll dice says: no dice.'));
});

test('the greeting says that it is no Gemini', () => {
  expect(tellWhatWasHeard({ ...nothingHeard, cause: 'greeting' })).toEqual(said(expect.stringMatching(/not Gemini/)));
});

test.each<[string, Recognition, string]>([
  ['whole', recognition({}), 'one two three four five six seven eight nine ten'],
  ['unknown', recognition(null), '[speech that the stand-in does not know]'],
  ['garbled', recognition({ verdict: 'garbled' }), '[garbled] one two three four five six seven eight nine ten'],
  [
    'cut at its end',
    recognition({ verdict: 'cut', coverage: 0.7, missingEndMs: 600 }),
    'one two three four five six seven …',
  ],
  [
    'cut at both ends',
    recognition({ verdict: 'cut', coverage: 0.6, missingStartMs: 400, missingEndMs: 400 }),
    '… three four five six seven eight …',
  ],
  [
    'after another that was heard less surely',
    recognition({ startMs: 3000, words: 'second' }, [{ words: 'first' }]),
    'first second',
  ],
])('what was %s is transcribed as that', (_what, heard, words) => {
  expect(transcribe(heard)).toBe(words);
});
