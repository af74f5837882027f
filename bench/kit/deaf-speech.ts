/**
 * Ears for the loopback Live that take everything for speech and understand nothing: what is measured is the bot, so the stand-in must
 * not spend a core on recognising what was said.
 */
import type { Speech } from '../../src/rehearsal/live/session-context.ts';
import { measure } from '../../src/rehearsal/speech/loudness.ts';

export const deafSpeech: Speech = {
  speak: () => Promise.reject(new Error('answers of a benchmark are made beforehand')),
  recognise: async (pcm) => ({ best: null, others: [], loudness: measure(pcm) }),
};
