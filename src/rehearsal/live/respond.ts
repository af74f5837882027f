/**
 * The stand-in's mind: it tells what it heard, so that a swapped, cut or garbled utterance shows in what it says.
 *
 * It understands nothing. It says how long and how loud a window was, and which of the recordings it knows was in it.
 */
import type { Heard as HeardUtterance, Recognition } from '../speech/recogniser.ts';
import type { Answer, Heard } from './answer.ts';
import { inWords } from './number-words.ts';

/** What the stand-in is called wherever its words are shown. */
export const LIVE_LABEL = 'loopback Live (a stand-in, not Gemini)';

const GREETING = 'Hello. I am the rehearsal stand-in, not Gemini. Say something, and I will tell you what I heard.';
/** Typed text that asks for what was said before is answered from memory. */
const ASKS_FOR_MEMORY = /\b(so far|before|remember)\b/i;
/** Entries of memory and characters of text that are read out: an answer of a few sentences. */
const TOLD_ENTRIES = 5;
const TOLD_CHARACTERS = 200;
/** Of a note that came with speech: enough to show that it came, and no lecture. */
const NOTE_CHARACTERS = 60;
const nothing: Answer = { kind: 'nothing' };

export function tellWhatWasHeard(heard: Heard): Answer {
  if (heard.cause === 'greeting') return { kind: 'say', text: GREETING };
  if (heard.cause === 'toolResponse') return { kind: 'say', text: toolResult(heard) };
  if (heard.cause === 'text') return { kind: 'say', text: written(heard) };
  // Some clients type into a window: models that take no other text mid-session want it so (live-api.md §2.2).
  if (heard.recognition === null) return heard.texts.length > 0 ? { kind: 'say', text: written(heard) } : nothing;
  if (!heard.speech) return heard.texts.some(isTyped) ? { kind: 'say', text: written(heard) } : nothing;
  return { kind: 'say', text: [spoken(heard.recognition), ...heard.texts.map(note)].join(' ') };
}

/** What input transcription gives for a window: the words, as far as they came through. */
export function transcribe({ best, others }: Recognition): string {
  if (best === null) return '[speech that the stand-in does not know]';
  const inOrder = [best, ...others].sort((a, b) => a.startMs - b.startMs);
  return inOrder.map(wordsHeard).join(' ');
}

function spoken({ best, others, loudness }: Recognition): string {
  const { span, rmsDbfs } = loudness;
  const seconds = inWords(((span?.endMs ?? 0) - (span?.startMs ?? 0)) / 1000);
  const level = inWords(Math.round(rmsDbfs ?? -100));
  if (best === null) return `I heard ${seconds} seconds at ${level} decibels. I do not know these words.`;
  const beside = others.map(({ words }) => ` I also heard: ${words}`).join('');
  return `I heard ${seconds} seconds at ${level} decibels: ${best.words} ${damage(best)}${beside}`.trim();
}

function damage({ verdict, missingStartMs, missingEndMs }: HeardUtterance): string {
  if (verdict === 'garbled') return 'It came in the wrong order.';
  if (verdict === 'whole') return '';
  const parts = [
    missingStartMs > 0 ? `the first ${inWords(missingStartMs / 1000)} seconds` : '',
    missingEndMs > 0 ? `the last ${inWords(missingEndMs / 1000)} seconds` : '',
  ].filter((part) => part !== '');
  return `It was cut: ${parts.length > 0 ? parts.join(' and ') : 'a part in the middle'} did not arrive.`;
}

function wordsHeard({ words, verdict, missingStartMs, missingEndMs, coverage }: HeardUtterance): string {
  if (verdict === 'whole') return words;
  if (verdict === 'garbled') return `[garbled] ${words}`;
  const all = words.split(' ');
  const missing = missingStartMs + missingEndMs;
  const atStart = missing === 0 ? 0 : (1 - coverage) * (missingStartMs / missing);
  const atEnd = missing === 0 ? 0 : 1 - coverage - atStart;
  const kept = all.slice(Math.round(all.length * atStart), Math.round(all.length * (1 - atEnd)));
  return `${atStart > 0 ? '… ' : ''}${kept.join(' ')}${atEnd > 0 ? ' …' : ''}`;
}

function note(text: string): string {
  return `With it came the note: ${shortened(text, NOTE_CHARACTERS)}.`;
}

/** Words of a person, and not only notes in brackets from the room itself. */
function isTyped(text: string): boolean {
  return text.replace(/\[[^\]]*\]/g, '').trim() !== '';
}

function written({ texts, images, remembered }: Heard): string {
  const newest = texts.at(-1) ?? '';
  const shown =
    images.length === 0
      ? ''
      : ` You showed me ${inWords(images.length)} ${images.length === 1 ? 'picture' : 'pictures'}.`;
  if (texts.length === 0) return shown.trim();
  if (!ASKS_FOR_MEMORY.test(newest)) return `You wrote: ${shortened(texts.join('. '))}.${shown}`;
  const told = remembered.filter(({ role, text }) => role === 'user' && text !== '' && !texts.includes(text));
  if (told.length === 0) return 'I remember nothing.';
  return `You said: ${told
    .slice(-TOLD_ENTRIES)
    .map(({ text }) => shortened(text))
    .join(' ')}`;
}

function toolResult({ toolResponses }: Heard): string {
  return toolResponses
    .map(({ name = 'The tool', response = {} }) => `${name.replaceAll('_', ' ')} says: ${readable(response)}.`)
    .join(' ');
}

/** A result as words: its values without the punctuation of JSON. */
function readable(response: Readonly<Record<string, unknown>>): string {
  const result = response['output'] ?? response['error'] ?? response;
  return shortened(
    JSON.stringify(result)
      .replace(/[{}[\]"]/g, ' ')
      .replace(/ +/g, ' ')
      .trim(),
  );
}

function shortened(text: string, most = TOLD_CHARACTERS): string {
  const trimmed = text.trim().replace(/[.\s]+$/, '');
  return trimmed.length <= most ? trimmed : `${trimmed.slice(0, most)} and so on`;
}
