/**
 * Client messages as they go on the wire: one JSON object a frame, one field an object (reference/live-api.md §2).
 */
import { LIVE_INPUT_RATE } from '../audio/rates.ts';
import type { TranscriptTurn } from '../types/live.ts';
import type { FunctionResponse } from './live-session.ts';

const MIME_TYPE = `audio/pcm;rate=${LIVE_INPUT_RATE}`;

const realtimeInput = (field: object): string => JSON.stringify({ realtimeInput: field });

export const activityStartMessage = (): string => realtimeInput({ activityStart: {} });

export const activityEndMessage = (): string => realtimeInput({ activityEnd: {} });

/** @param pcm 16 kHz mono; base64 of 16-bit little-endian, which is what every host that Node runs on has in memory */
export function audioMessage(pcm: Int16Array): string {
  const data = Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength).toString('base64');
  return realtimeInput({ audio: { data, mimeType: MIME_TYPE } });
}

/** Text inside a window. */
export const realtimeTextMessage = (text: string): string => realtimeInput({ text });

/** A whole turn of the user; the model answers at once. */
export function textTurnMessage(text: string): string {
  return clientContent([{ role: 'user', text }]);
}

/** Makes the model speak on what it has (§2.3, "Make the bot speak first"; §11 row 4). */
export const nudgeMessage = (): string => clientContent([]);

/** What was said before; closed by `turnComplete`, since the model would wait for the end of an open turn. */
export const historyMessage = (turns: readonly TranscriptTurn[]): string => clientContent(turns);

export function toolResponseMessage(functionResponses: readonly FunctionResponse[]): string {
  return JSON.stringify({
    toolResponse: { functionResponses: functionResponses.map(({ id, name, response }) => ({ id, name, response })) },
  });
}

function clientContent(turns: readonly TranscriptTurn[]): string {
  const contents = turns.map(({ role, text }) => ({ role, parts: [{ text }] }));
  return JSON.stringify({ clientContent: { turns: contents, turnComplete: true } });
}
