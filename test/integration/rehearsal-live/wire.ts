/**
 * What a client of the loopback Live has received, and the ways to read it: as events in order, as audio, as words.
 */
import type { LiveServerMessage } from '@google/genai';
import type { WebSocket } from 'ws';

export interface Received {
  /** The loopback's time when it arrived, good to a step of the stage. */
  readonly at: number;
  readonly message: LiveServerMessage;
}

export interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** One client's side of a socket, whoever drives it. */
export interface Wire {
  readonly ws: WebSocket;
  readonly received: readonly Received[];
  /** Null while the socket is open. */
  readonly closed: Closed | null;
}

/** What a message is, without its content; audio of several parts counts once. */
function kindsOf({ serverContent: content, ...message }: LiveServerMessage): string[] {
  const update = message.sessionResumptionUpdate;
  const kinds: readonly (readonly [string, unknown])[] = [
    ['setupComplete', message.setupComplete],
    ['goAway', message.goAway],
    ['toolCall', message.toolCall],
    ['toolCallCancellation', message.toolCallCancellation],
    [update?.resumable ? 'handle' : 'no handle', update],
    ['input', content?.inputTranscription],
    ['audio', content?.modelTurn?.parts?.some(({ inlineData }) => inlineData)],
    ['text', content?.modelTurn?.parts?.some(({ text }) => text !== undefined)],
    ['output', content?.outputTranscription],
    ['interrupted', content?.interrupted],
    ['generationComplete', content?.generationComplete],
    ['turnComplete', content?.turnComplete],
  ];
  return kinds.flatMap(([kind, present]) => (present ? [kind] : []));
}

/** What has no place among the others: handles come whenever they like, transcription has no order (live-api.md §3.2). */
const UNORDERED = ['handle', 'no handle', 'input', 'output'];

/** The turns in order, with repetitions in a row told once. */
export function story({ received }: Wire): string[] {
  const kinds = received.flatMap(({ message }) => kindsOf(message)).filter((kind) => !UNORDERED.includes(kind));
  return kinds.filter((kind, index) => kind !== kinds[index - 1] && kind !== 'setupComplete');
}

export function count({ received }: Wire, kind: string): number {
  return received.filter(({ message }) => kindsOf(message).includes(kind)).length;
}

/** When the first (or, with a negative number, the last) message of a kind came. @throws when none did. */
export function timeOf({ received }: Wire, kind: string, nth = 0): number {
  const found = received.filter(({ message }) => kindsOf(message).includes(kind)).at(nth);
  if (found === undefined) throw new Error(`no ${kind} has come`);
  return found.at;
}

/** All audio, 24 kHz. @throws when a part is of another kind. */
export function audioOf({ received }: Wire): Int16Array {
  const blobs = received
    .flatMap(({ message }) => message.serverContent?.modelTurn?.parts ?? [])
    .flatMap(({ inlineData }) => (inlineData ? [inlineData] : []));
  for (const { mimeType } of blobs) if (mimeType !== 'audio/pcm;rate=24000') throw new Error(`audio is ${mimeType}`);
  const bytes = Buffer.concat(blobs.map(({ data = '' }) => Buffer.from(data, 'base64')));
  return Int16Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(i * 2));
}

/** The words of one side, put together as a client does. */
export function wordsOf({ received }: Wire, side: 'input' | 'output'): string {
  return received
    .map(({ message: { serverContent } }) =>
      side === 'input' ? serverContent?.inputTranscription?.text : serverContent?.outputTranscription?.text,
    )
    .join('');
}

/** The newest handle that may be used; empty when there is none. */
export function newestHandle({ received }: Wire): string {
  const updates = received.flatMap(({ message }) => message.sessionResumptionUpdate ?? []);
  const last = updates.at(-1);
  return last?.resumable ? (last.newHandle ?? '') : '';
}
