/**
 * What a client says to the loopback Live: windows of activity, through the SDK or as bare messages.
 */
import type { RawClient, SdkClient } from './clients.ts';

/** 16 kHz, in the 40 ms that live-api.md §8.2 advises. */
const CHUNK = 640;
const MIME_TYPE = 'audio/pcm;rate=16000';

function base64(pcm: Int16Array): string {
  return Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength).toString('base64');
}

function chunksOf(pcm: Int16Array): string[] {
  return Array.from({ length: Math.ceil(pcm.length / CHUNK) }, (_, i) =>
    base64(pcm.subarray(i * CHUNK, (i + 1) * CHUNK)),
  );
}

/** A sound of so many ms at 16 kHz that is loud enough to be something. */
export function sound(ms: number): Int16Array {
  return Int16Array.from({ length: ms * 16 }, (_, i) => ((i * 37) % 4000) - 2000);
}

export function blob(pcm: Int16Array): { data: string; mimeType: string } {
  return { data: base64(pcm), mimeType: MIME_TYPE };
}

/** `{"realtimeInput": …}` as the wire wants it. */
export function input(realtimeInput: object): object {
  return { realtimeInput };
}

export const START = input({ activityStart: {} });
export const END = input({ activityEnd: {} });

export function audio(pcm: Int16Array): object {
  return input({ audio: blob(pcm) });
}

/** One whole window. */
export function sayRaw(client: RawClient, pcm: Int16Array = sound(100)): void {
  client.send(START);
  client.send(audio(pcm));
  client.send(END);
}

/** Only the audio, as a client that leaves detection to the service sends it. */
export function streamSdk({ session }: SdkClient, pcm: Int16Array): void {
  for (const data of chunksOf(pcm)) session.sendRealtimeInput({ audio: { data, mimeType: MIME_TYPE } });
}

export function saySdk(client: SdkClient, pcm: Int16Array = sound(100)): void {
  client.session.sendRealtimeInput({ activityStart: {} });
  streamSdk(client, pcm);
  client.session.sendRealtimeInput({ activityEnd: {} });
}

export function text(words: string, turnComplete = true): object {
  return { clientContent: { turns: [{ role: 'user', parts: [{ text: words }] }], turnComplete } };
}
