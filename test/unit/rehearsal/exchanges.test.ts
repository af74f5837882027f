import { expect, test } from 'vitest';
import { inOnePiece, NO_EXCHANGES, stepExchanges } from '../../../src/rehearsal/wire/exchanges.ts';
import type { LiveWireEvent, LiveWireHappening } from '../../../src/rehearsal/wire/live-wire-event.ts';
import { readClientFrame, readServerFrame } from '../../../src/rehearsal/wire/read-frames.ts';

/** One event a millisecond. */
function told(...happenings: readonly LiveWireHappening[]) {
  const events: LiveWireEvent[] = happenings.map((happening, at) => ({ at, ...happening }));
  return events.reduce(stepExchanges, NO_EXCHANGES).all;
}

const start = { type: 'activityStart' } as const;
const end = { type: 'activityEnd' } as const;
const done = { type: 'turnComplete' } as const;
const audio = (...samples: number[]) => ({ type: 'audioIn', pcm: Int16Array.from(samples), rate: 16_000 }) as const;
const says = (text: string) => ({ type: 'outputTranscription', text }) as const;

test('a window and its answer are one exchange, with the times of both', () => {
  const [exchange] = told(
    start,
    audio(1, 2),
    audio(3),
    end,
    { type: 'inputTranscription', text: 'Go ' },
    { type: 'audioOut', ms: 40 },
    { type: 'inputTranscription', text: 'on.' },
    { type: 'audioOut', ms: 60 },
    says('Yes.'),
    done,
  );
  expect(exchange).toMatchObject({ startedAt: 0, endedAt: 3, rate: 16_000, input: 'Go on.' });
  expect(exchange?.answer).toEqual({
    firstChunkAt: 5,
    lastChunkAt: 7,
    audioMs: 100,
    words: 'Yes.',
    interrupted: false,
    complete: true,
  });
  expect([...inOnePiece(exchange?.chunks ?? [])]).toEqual([1, 2, 3]);
});

test('what comes while the next window is open still belongs to the answer that it interrupts', () => {
  const [first, second] = told(
    start,
    end,
    { type: 'audioOut', ms: 500 },
    start,
    { type: 'audioOut', ms: 20 },
    { type: 'interrupted' },
    done,
    end,
    { type: 'audioOut', ms: 30 },
    done,
  );
  expect(first?.answer).toMatchObject({ audioMs: 520, interrupted: true, complete: true });
  expect(second?.answer).toMatchObject({ audioMs: 30, interrupted: false, complete: true });
});

test('an answer without a sound ends its exchange, and the next one is answered for itself', () => {
  const [first, second] = told(start, end, done, start, end, { type: 'audioOut', ms: 10 }, done);
  expect(first?.answer).toMatchObject({ firstChunkAt: null, complete: true });
  expect(second?.answer.audioMs).toBe(10);
});

test('an interruption of nothing is no exchange', () => {
  expect(told({ type: 'interrupted' }, done)).toEqual([]);
});

test('frames are read for what they tell, and what is unknown or no JSON is passed over', () => {
  const sound = Buffer.from(Int16Array.from([1, -2, 3]).buffer).toString('base64');
  expect(readClientFrame('{"setup":{"model":"models/gemini-3.8-live","tools":[]}}')).toEqual([
    { type: 'setup', model: 'gemini-3.8-live' },
  ]);
  const audioFrame = { realtimeInput: { audio: { data: sound, mimeType: 'audio/pcm;rate=16000' } } };
  expect(readClientFrame(JSON.stringify(audioFrame))).toEqual([
    { type: 'audioIn', pcm: Int16Array.from([1, -2, 3]), rate: 16_000 },
  ]);
  const part = { inlineData: { data: sound, mimeType: 'audio/pcm;rate=24000' } };
  const content = {
    modelTurn: { parts: [part, { text: 'x' }, part] },
    outputTranscription: { text: 'Yes' },
    turnComplete: true,
  };
  expect(readServerFrame(JSON.stringify({ serverContent: content, usageMetadata: {} }))).toEqual([
    { type: 'outputTranscription', text: 'Yes' },
    { type: 'audioOut', ms: 0.125 },
    { type: 'audioOut', ms: 0.125 },
    { type: 'turnComplete' },
  ]);
  for (const junk of ['', '{', '[]', '{"serverContent":7}', '{"weather":{}}']) {
    expect(readServerFrame(junk)).toEqual([]);
    expect(readClientFrame(junk)).toEqual([]);
  }
});
