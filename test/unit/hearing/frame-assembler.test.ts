import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrameAssembler, type Frame } from '../../../src/hearing/frame-assembler.ts';
import { joined } from '../../kit/signals.ts';

function assemble(): { frames: Frame[]; assembler: ReturnType<typeof createFrameAssembler> } {
  const frames: Frame[] = [];
  return { frames, assembler: createFrameAssembler((frame) => frames.push(frame)) };
}

/** Samples of a stretch: the packet durations that Opus knows, at 16 kHz. */
const packetSamples = fc.constantFrom(40, 80, 160, 320, 640, 960, 1_920);

test('packets of any length become frames of 20 ms, each where it was spoken, every sample once', () => {
  fc.assert(
    fc.property(fc.array(packetSamples, { minLength: 1, maxLength: 20 }), (lengths) => {
      const { frames, assembler } = assemble();
      const total = lengths.reduce((sum, length) => sum + length, 0);
      const pcm = Int16Array.from({ length: total }, (_, i) => i + 1);
      let at = 0;
      for (const length of lengths) {
        assembler.push(pcm.subarray(at, at + length), 5_000 + at / 16, 'heard');
        at += length;
      }
      assembler.flush();
      expect(frames.map(({ startsAt }) => startsAt)).toEqual(frames.map((_, n) => 5_000 + n * 20));
      const all = joined(frames.map((frame) => frame.pcm));
      expect(all.subarray(0, total)).toEqual(pcm);
      expect(all.length - total).toBeLessThan(320);
      expect(all.subarray(total).every((sample) => sample === 0)).toBe(true);
    }),
  );
});

test('a frame of which a part was heard counts as heard', () => {
  const { frames, assembler } = assemble();
  assembler.push(new Int16Array(160), 0, 'concealed');
  assembler.push(new Int16Array(160), 10, 'heard');
  assembler.push(new Int16Array(480), 20, 'concealed');
  assembler.push(new Int16Array(160), 50, 'heard');
  expect(frames.map(({ origin }) => origin)).toEqual(['heard', 'concealed', 'heard']);
});

test('a pause completes the frame in the making, and what comes after begins its own', () => {
  const { frames, assembler } = assemble();
  assembler.push(new Int16Array(160).fill(7), 0, 'heard');
  assembler.flush();
  assembler.flush();
  assembler.push(new Int16Array(320).fill(9), 500, 'heard');
  expect(frames.map(({ startsAt }) => startsAt)).toEqual([0, 500]);
  expect([...(frames[0]?.pcm ?? [])].filter((sample) => sample === 7)).toHaveLength(160);
  expect(frames[1]?.pcm.every((sample) => sample === 9)).toBe(true);
});
