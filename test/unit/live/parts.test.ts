import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createChunker } from '../../../src/live/chunker.ts';
import { readServerMessage } from '../../../src/live/messages.ts';
import { createRateConverter } from '../../../src/live/rate-converter.ts';
import { enqueue, type QueuedFrame } from '../../../src/live/send-queue.ts';
import { createTranscript } from '../../../src/live/transcript.ts';

const read = (message: unknown) => readServerMessage(JSON.stringify(message));

test('no message whatever makes the reader throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string(), fc.uint8Array()), (frame) => {
      expect(readServerMessage(frame).message.audio).toBeInstanceOf(Array);
    }),
  );
  const field = fc.constantFrom('serverContent', 'toolCall', 'toolCallCancellation', 'goAway', 'usageMetadata');
  fc.assert(
    fc.property(
      field,
      fc.constantFrom('modelTurn', 'functionCalls', 'ids', 'parts', 'interrupted'),
      fc.jsonValue(),
      (of, name, value) => {
        read({ [of]: { [name]: value } });
        read({ [of]: value });
      },
    ),
  );
});

test('one field that has changed its shape costs only itself', () => {
  const { message, faults } = read({
    serverContent: {
      interrupted: 'yes',
      turnComplete: true,
      inputTranscription: { text: 5 },
      outputTranscription: { text: 'hi' },
    },
    goAway: { timeLeft: 7 },
    toolCall: { functionCalls: [{ id: 'a', name: 'roll' }, { name: 'no id' }] },
  });
  expect(message).toMatchObject({ interrupted: false, turnComplete: true, outputText: 'hi', goAwayMs: 5_000 });
  expect(message.toolCalls).toEqual([{ id: 'a', name: 'roll', args: {} }]);
  expect(faults.toSorted()).toEqual(['inputTranscription', 'interrupted', 'toolCall.functionCalls']);
});

test('thoughts are neither heard nor shown, but a sign of life', () => {
  const { message } = read({
    serverContent: {
      modelTurn: {
        parts: [
          { text: 'hm', thought: true },
          { thought: true, inlineData: { data: 'AAAA' } },
        ],
      },
    },
  });
  expect(message).toMatchObject({ audio: [], shown: false, modelTurn: true });
});

test('the time left is a protobuf duration', () => {
  expect(read({ goAway: { timeLeft: '9.5s' } }).message.goAwayMs).toBe(9_500);
  expect(read({ goAway: { timeLeft: '50s' } }).message.goAwayMs).toBe(50_000);
  expect(read({ goAway: {} }).message.goAwayMs).toBe(5_000);
  expect(read({}).message.goAwayMs).toBeNull();
});

test('tokens are read by modality; what was not reported is absent', () => {
  const { message } = read({
    usageMetadata: {
      promptTokenCount: 515,
      candidatesTokenCount: 31,
      thoughtsTokenCount: '4',
      totalTokenCount: 550,
      promptTokensDetails: [
        { modality: 'AUDIO', tokenCount: 400 },
        { modality: 'AUDIO', tokenCount: 15 },
        { modality: 'SMELL', tokenCount: 1 },
      ],
      candidatesTokensDetails: [{ modality: 'AUDIO', tokenCount: 31 }],
    },
  });
  expect(message.usage).toEqual({
    promptTokens: 515,
    responseTokens: 31,
    thoughtsTokens: 4,
    totalTokens: 550,
    prompt: { AUDIO: 415 },
    response: { AUDIO: 31 },
  });
});

test('chunks are 20 to 40 ms and hold every sample in order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3_000), { maxLength: 20 }), (lengths) => {
      const chunker = createChunker();
      let next = 0;
      const out: Int16Array[] = [];
      for (const length of lengths) out.push(...chunker.add(Int16Array.from({ length }, () => next++ % 30_000)));
      for (const chunk of out) expect(chunk.length >= 320 && chunk.length <= 640).toBe(true);
      const rest = chunker.flush();
      expect(rest === null || rest.length < 320).toBe(true);
      const samples = [...out, ...(rest ? [rest] : [])].flatMap((chunk) => Array.from(chunk));
      expect(samples).toEqual(Array.from({ length: next }, (_, i) => i % 30_000));
    }),
  );
});

test('a full queue drops the oldest audio, never control, and no window loses its last chunk', () => {
  const frame = fc.record({
    kind: fc.constantFrom('audio', 'audio', 'audio', 'control' as const),
    size: fc.integer({ min: 1, max: 9 }),
  });
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 60 }), (frames) => {
      const queue: QueuedFrame[] = [];
      let dropped = 0;
      for (const { kind, size } of frames) dropped += enqueue(queue, { kind, frame: 'x'.repeat(size) }, 40);
      const control = (of: readonly { kind: string }[]) => of.filter(({ kind }) => kind === 'control').length;
      expect(control(queue)).toBe(control(frames));
      expect(queue.length + dropped).toBe(frames.length);
      const size = queue.reduce((sum, it) => sum + it.frame.length, 0);
      const single = queue.every(({ kind }, i) => kind !== 'audio' || queue[i + 1]?.kind !== 'audio');
      expect(size <= 40 || single).toBe(true);
      const runs = (of: readonly { kind: string }[]) =>
        of.filter(({ kind }, i) => kind === 'audio' && of[i - 1]?.kind !== 'audio').length;
      expect(runs(queue)).toBe(runs(frames));
    }),
  );
});

test.each([8_000, 16_000, 22_050, 44_100, 48_000])(
  'a tone at %i Hz keeps its pitch, level and length at 24 kHz, however it is cut',
  (rate) => {
    const tone = Int16Array.from({ length: rate }, (_, i) =>
      Math.round(10_000 * Math.sin((2 * Math.PI * 1_000 * i) / rate)),
    );
    const convert = createRateConverter(rate, 24_000);
    const out: number[] = [];
    for (let at = 0, size = 7; at < tone.length; at += size, size = (size * 31) % 997)
      out.push(...convert(tone.slice(at, at + size)));
    expect(out.length).toBeGreaterThan(23_900);
    expect(out.length).toBeLessThanOrEqual(24_000);
    const middle = out.slice(2_400, 2_400 + 800 * 24);
    const at = (wave: (phase: number) => number) =>
      (2 * middle.reduce((sum, sample, i) => sum + sample * wave((2 * Math.PI * 1_000 * i) / 24_000), 0)) /
      middle.length;
    const amplitude = Math.hypot(at(Math.sin), at(Math.cos));
    const power = middle.reduce((sum, sample) => sum + sample ** 2, 0) / middle.length;
    expect(amplitude).toBeGreaterThan(9_800);
    expect(amplitude).toBeLessThan(10_200);
    // What is not the tone is 40 dB under it.
    expect(power - amplitude ** 2 / 2).toBeLessThan((amplitude ** 2 / 2) * 1e-4);
  },
);

test('the tail holds the last 20 turns, and a handle makes them known', () => {
  const transcript = createTranscript([{ role: 'user', text: 'long ago' }]);
  expect(transcript.missed()).toBeNull();
  for (let i = 0; i < 15; i++) {
    transcript.input(`question ${i}`);
    transcript.output('answer ');
    transcript.output(`${i}`);
    transcript.turnOver();
    transcript.turnOver();
  }
  expect(transcript.tail()).toHaveLength(20);
  expect(transcript.tail().at(-1)).toEqual({ role: 'model', text: 'answer 14' });
  expect(transcript.missed()).toContain('they said: "question 14"; you answered: "answer 14"');
  transcript.handleIssued();
  expect(transcript.missed()).toBeNull();
  transcript.input('asked again later');
  transcript.unanswered();
  transcript.turnOver();
  expect(transcript.missed()).toBeNull();
});
