import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutReason, rejections } from '../../../../src/rehearsal/live/rejection.ts';

test('a reason is cut to what a close frame holds, never within a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (reason) => {
      const cut = cutReason(reason);
      const size = Buffer.byteLength(cut);
      expect(size).toBeLessThanOrEqual(123);
      expect(reason.startsWith(cut)).toBe(true);
      // A character of UTF-8 has four bytes at most: no more is lost than one of them.
      expect(cut === reason || size > 119).toBe(true);
    }),
  );
});

test('the reason for two modalities is cut where it was seen to be', () => {
  expect(cutReason(rejections.twoModalities.reason)).toMatch(/simultaneous transcription and audio output,$/);
});
