/**
 * Reads frames of BidiGenerateContent as far as the rehearsal tells of them (live-api.md §2, §3). Pure; what it does not know is
 * passed over.
 */
import { z } from 'zod';
import type { LiveWireHappening } from './live-wire-event.ts';

const blob = z.object({ data: z.string(), mimeType: z.string().default('audio/pcm') });

const clientFrame = z.object({
  setup: z.object({ model: z.string() }).optional(),
  realtimeInput: z
    .object({ audio: blob.optional(), activityStart: z.object({}).optional(), activityEnd: z.object({}).optional() })
    .optional(),
});

const transcription = z.object({ text: z.string().default('') }).optional();

const serverFrame = z.object({
  setupComplete: z.object({}).optional(),
  serverContent: z
    .object({
      modelTurn: z.object({ parts: z.array(z.object({ inlineData: blob.optional() })).default([]) }).optional(),
      inputTranscription: transcription,
      outputTranscription: transcription,
      interrupted: z.boolean().optional(),
      generationComplete: z.boolean().optional(),
      turnComplete: z.boolean().optional(),
    })
    .optional(),
});

/** What the service speaks at when it does not say (live-api.md §1). */
const OUTPUT_RATE = 24_000;
const INPUT_RATE = 16_000;
const BYTES_PER_SAMPLE = 2;

export function readClientFrame(text: string): LiveWireHappening[] {
  const frame = clientFrame.safeParse(parse(text)).data;
  if (!frame) return [];
  const { setup, realtimeInput } = frame;
  const happenings: LiveWireHappening[] = [];
  if (setup) happenings.push({ type: 'setup', model: setup.model.replace(/^models\//, '') });
  if (realtimeInput?.activityStart) happenings.push({ type: 'activityStart' });
  if (realtimeInput?.audio) happenings.push(audioIn(realtimeInput.audio));
  if (realtimeInput?.activityEnd) happenings.push({ type: 'activityEnd' });
  return happenings;
}

export function readServerFrame(text: string): LiveWireHappening[] {
  const frame = serverFrame.safeParse(parse(text)).data;
  if (!frame) return [];
  const happenings: LiveWireHappening[] = [];
  if (frame.setupComplete) happenings.push({ type: 'setupComplete' });
  const content = frame.serverContent;
  if (content?.inputTranscription)
    happenings.push({ type: 'inputTranscription', text: content.inputTranscription.text });
  if (content?.outputTranscription)
    happenings.push({ type: 'outputTranscription', text: content.outputTranscription.text });
  for (const { inlineData } of content?.modelTurn?.parts ?? []) if (inlineData) happenings.push(audioOut(inlineData));
  for (const type of ['interrupted', 'generationComplete', 'turnComplete'] as const) {
    if (content?.[type]) happenings.push({ type });
  }
  return happenings;
}

function audioIn({ data, mimeType }: z.infer<typeof blob>): LiveWireHappening {
  const bytes = Buffer.from(data, 'base64');
  const pcm = new Int16Array(Math.floor(bytes.length / BYTES_PER_SAMPLE));
  for (let index = 0; index < pcm.length; index++) pcm[index] = bytes.readInt16LE(index * BYTES_PER_SAMPLE);
  return { type: 'audioIn', pcm, rate: rateOf(mimeType, INPUT_RATE) };
}

function audioOut({ data, mimeType }: z.infer<typeof blob>): LiveWireHappening {
  const samples = Buffer.byteLength(data, 'base64') / BYTES_PER_SAMPLE;
  return { type: 'audioOut', ms: (samples / rateOf(mimeType, OUTPUT_RATE)) * 1_000 };
}

function rateOf(mimeType: string, otherwise: number): number {
  return Number(/rate=(\d+)/.exec(mimeType)?.[1] ?? otherwise);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
