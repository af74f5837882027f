/**
 * Client messages as they go on the wire: one JSON object a frame, one field an object (reference/live-api.md §2).
 */
import { LIVE_INPUT_RATE } from '../audio/rates.ts';
import type { TranscriptTurn } from '../types/live.ts';
import type { WireResponse } from './open-calls.ts';
import type { OutgoingTurn } from './outgoing.ts';

const MIME_TYPE = `audio/pcm;rate=${LIVE_INPUT_RATE}`;

const realtimeInput = (field: object): string => JSON.stringify({ realtimeInput: field });

export const activityStartMessage = (): string => realtimeInput({ activityStart: {} });

export const activityEndMessage = (): string => realtimeInput({ activityEnd: {} });

/** Nobody has sent sound for a while, and nobody may for long: what was said is over (§8.1 rule 14). */
export const audioStreamEndMessage = (): string => realtimeInput({ audioStreamEnd: true });

/** @param pcm 16 kHz mono; base64 of 16-bit little-endian, which is what every host that Node runs on has in memory */
export function audioMessage(pcm: Int16Array): string {
  const data = Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength).toString('base64');
  return realtimeInput({ audio: { data, mimeType: MIME_TYPE } });
}

/** Text inside a window. */
export const realtimeTextMessage = (text: string): string => realtimeInput({ text });

/** An image inside a window, or beside the stream; one a second at the most (§2.2). */
export const imageMessage = (jpeg: Uint8Array): string =>
  realtimeInput({ video: { data: base64(jpeg), mimeType: 'image/jpeg' } });

/** A whole turn of the user, after what was written before it; the model answers at once. */
export function turnMessage({ text, images, context }: Omit<OutgoingTurn, 'type' | 'typed'>): string {
  const shown = images.map((jpeg) => ({ inlineData: { data: base64(jpeg), mimeType: 'image/jpeg' } }));
  const parts = text === '' && shown.length > 0 ? shown : [...shown, { text }];
  return contentMessage([...context.map(contentOf), { role: 'user', parts }]);
}

/** Makes the model speak on what it has (§2.3, "Make the bot speak first"; §11 row 4). */
export const nudgeMessage = (): string => contentMessage([]);

/** What was said before; closed by `turnComplete`, since the model would wait for the end of an open turn. */
export const historyMessage = (turns: readonly TranscriptTurn[]): string => contentMessage(turns.map(contentOf));

export function toolResponseMessage(functionResponses: readonly WireResponse[]): string {
  return JSON.stringify({ toolResponse: { functionResponses } }, wellFormed);
}

/** Half a character is no JSON that the service would take, and a result may have been cut anywhere. */
function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

const contentOf = ({ role, text }: TranscriptTurn): object => ({ role, parts: [{ text }] });

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

function contentMessage(turns: readonly object[]): string {
  return JSON.stringify({ clientContent: { turns, turnComplete: true } }, wellFormed);
}
