import type { LiveConnectConfig } from '@google/genai';
import { Behavior, MediaResolution, Modality, ThinkingLevel, TurnCoverage } from '@google/genai';
import { expect, test } from 'vitest';
import { HALF_CASCADE, SERVED_MODELS } from '../../../src/rehearsal/live/models.ts';
import { setupFor, startStage } from './harness.ts';
import { START, saySdk, text } from './speaking.ts';
import { audioOf, count, story, wordsOf } from './wire.ts';

/** What live-api.md §4 proposes, as an application says it to the SDK. */
const PROPOSED: LiveConnectConfig = {
  responseModalities: [Modality.AUDIO],
  speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Kore' } } },
  systemInstruction: 'You are the voice of this room.',
  realtimeInputConfig: {
    automaticActivityDetection: { disabled: true },
    turnCoverage: TurnCoverage.TURN_INCLUDES_ONLY_ACTIVITY,
  },
  inputAudioTranscription: { languageCodes: ['en-US'] },
  outputAudioTranscription: {},
  sessionResumption: {},
  contextWindowCompression: { triggerTokens: '16000', slidingWindow: { targetTokens: '8000' } },
};

const functions = (behavior: Behavior): LiveConnectConfig => ({
  tools: [{ functionDeclarations: [{ name: 'roll', description: 'Rolls a die.', behavior }] }, { googleSearch: {} }],
});

/** What each model takes beyond that. */
const OWN: Readonly<Record<string, LiveConnectConfig>> = {
  'gemini-3.8-live': functions(Behavior.BLOCKING),
  'gemini-3.8-live-extended-thinking': {
    ...functions(Behavior.NON_BLOCKING),
    thinkingConfig: { thinkingLevel: ThinkingLevel.LOW },
  },
  'gemini-3.1-flash-live-preview': {
    ...functions(Behavior.BLOCKING),
    thinkingConfig: { thinkingLevel: ThinkingLevel.MINIMAL },
  },
  'gemini-2.5-flash-native-audio-preview-12-2025': {
    ...functions(Behavior.NON_BLOCKING),
    thinkingConfig: { thinkingBudget: 0 },
  },
};

test('every model that is served is driven here', () => {
  expect(SERVED_MODELS.map(({ id }) => id)).toEqual(Object.keys(OWN));
});

test.each(Object.entries(OWN))('%s takes the setup that is proposed for it, and answers', async (model, own) => {
  await using stage = await startStage();
  const client = await stage.sdk({ model, config: { ...PROPOSED, ...own } });
  saySdk(client);
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(story(client)).toEqual(['audio', 'generationComplete', 'turnComplete']);
  expect(stage.live.setups).toEqual([expect.objectContaining({ model: `models/${model}` })]);
  expect(stage.rules).toEqual([]);
});

test('the frame that the reference proposes is taken as it stands there', async () => {
  await using stage = await startStage();
  const client = await stage.rawReady({
    setup: {
      model: 'models/gemini-3.8-live',
      generationConfig: {
        responseModalities: ['AUDIO'],
        speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Kore' } } },
      },
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      tools: [
        {
          functionDeclarations: [
            { name: 'roll', description: 'd', behavior: 'BLOCKING', parameters: { type: 'OBJECT', properties: {} } },
          ],
        },
      ],
      realtimeInputConfig: {
        automaticActivityDetection: { disabled: true },
        activityHandling: 'START_OF_ACTIVITY_INTERRUPTS',
        turnCoverage: 'TURN_INCLUDES_ONLY_ACTIVITY',
      },
      inputAudioTranscription: { languageCodes: ['en-US'] },
      outputAudioTranscription: {},
      sessionResumption: {},
      contextWindowCompression: { triggerTokens: '16000', slidingWindow: { targetTokens: '8000' } },
    },
  });
  expect(client.received[0]?.message).toEqual({ setupComplete: {} });
  expect(stage.rules).toEqual([]);
});

test('what 2.5 has on v1alpha it takes there', async () => {
  await using stage = await startStage();
  const client = await stage.sdk({
    apiVersion: 'v1alpha',
    model: 'gemini-2.5-flash-native-audio-preview-12-2025',
    config: {
      ...PROPOSED,
      proactivity: { proactiveAudio: true },
      enableAffectiveDialog: true,
      temperature: 0.7,
      topP: 0.9,
      topK: 40,
      maxOutputTokens: 256,
      seed: 4,
      mediaResolution: MediaResolution.MEDIA_RESOLUTION_LOW,
      safetySettings: [],
    },
  });
  saySdk(client);
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(audioOf(client)).toHaveLength(400 * 24);
});

test('names in the way of protocol buffers, and nulls, are taken too', async () => {
  await using stage = await startStage();
  const client = await stage.rawReady({
    setup: {
      model: 'models/gemini-3.8-live',
      generation_config: { response_modalities: 'AUDIO', temperature: null },
      realtime_input_config: { automatic_activity_detection: { disabled: true } },
    },
  });
  client.send({ realtime_input: { activity_start: {} } });
  await stage.settle();
  expect(stage.events).toContainEqual(expect.objectContaining({ type: 'activityStart' }));
});

test('a half-cascade model, where there still is one, answers in text and knows its language', async () => {
  await using stage = await startStage({ models: [HALF_CASCADE] });
  const client = await stage.rawReady(
    setupFor(HALF_CASCADE.id, {
      generationConfig: { responseModalities: ['TEXT'], speechConfig: { languageCode: 'de-DE' } },
      tools: [{ codeExecution: {} }],
    }),
  );
  client.send(text('hello'));
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(story(client)).toEqual(['text', 'generationComplete', 'turnComplete']);
});

test('3.8 transcribes its answers and hands out handles although nobody asked', async () => {
  await using stage = await startStage();
  const silent = { setup: { model: 'models/gemini-3.8-live' } };
  const client = await stage.rawReady(silent);
  client.send(text('hello'));
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(wordsOf(client, 'output')).toBe('this is what I say');
  expect(count(client, 'handle')).toBeGreaterThan(0);
});

test('2.5 does neither', async () => {
  await using stage = await startStage();
  const client = await stage.rawReady({ setup: { model: 'models/gemini-2.5-flash-native-audio-preview-12-2025' } });
  client.send(text('hello'));
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(story(client)).toEqual(['audio', 'generationComplete', 'turnComplete']);
  expect(count(client, 'handle')).toBe(0);
});

test('3.8 with extended thinking says when it is idle', async () => {
  await using stage = await startStage();
  const client = await stage.rawReady(setupFor('gemini-3.8-live-extended-thinking'));
  client.send(text('hello'));
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  const last = client.received.find(({ message }) => message.serverContent?.turnComplete);
  expect(last?.message.serverContent?.interactionStatus).toBe('IDLE');
});

test('what is known before the conversation goes in as history, and is no question', async () => {
  const remembered: string[][] = [];
  await using stage = await startStage({
    respond(heard) {
      remembered.push(heard.remembered.map(({ role, text: words }) => `${role}: ${words}`));
      return { kind: 'nothing' };
    },
  });
  const history = { historyConfig: { initialHistoryInClientContent: true } };
  const client = await stage.rawReady(setupFor('gemini-3.1-flash-live-preview', history));
  client.send(text('My name is Anna.', false));
  client.send({ clientContent: { turns: [{ role: 'model', parts: [{ text: 'Hello Anna.' }] }], turnComplete: true } });
  await stage.pass(1000);
  expect(story(client)).toEqual([]);
  client.send(START);
  client.send({ realtimeInput: { text: 'What is my name?' } });
  client.send({ realtimeInput: { activityEnd: {} } });
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(remembered).toEqual([['user: My name is Anna.', 'model: Hello Anna.']]);
  client.send(text('one more thing'));
  expect(await stage.closeOf(client)).toMatchObject({ code: 1007 });
  expect(stage.rules).toEqual([]);
});

test('talking before that history has ended is a violation', async () => {
  await using stage = await startStage();
  const history = { historyConfig: { initialHistoryInClientContent: true } };
  const client = await stage.rawReady(setupFor('gemini-3.8-live', history));
  client.send(START);
  await stage.settle();
  expect(stage.rules).toEqual(['input-before-history-ended']);
});
