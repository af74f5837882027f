import { expect, test } from 'vitest';
import { isRejection, readClientMessage } from '../../../../src/rehearsal/live/client-message.ts';
import { HALF_CASCADE, SERVED_MODELS } from '../../../../src/rehearsal/live/models.ts';
import { type AcceptedSetup, checkSetup } from '../../../../src/rehearsal/live/setup-check.ts';
import { doubtsOf } from '../../../../src/rehearsal/live/setup-doubts.ts';

function accepted(setup: object): AcceptedSetup {
  const message = readClientMessage(JSON.stringify({ setup }));
  if (isRejection(message) || message.type !== 'setup') throw new Error(JSON.stringify(message));
  const checked = checkSetup(message.setup, { models: [...SERVED_MODELS, HALF_CASCADE], version: 'v1beta' });
  if (isRejection(checked)) throw new Error(checked.reason);
  return checked;
}

test('what setup does not say has the service’s defaults', () => {
  const { functions, model, ...rest } = accepted({ model: 'models/gemini-2.5-flash-native-audio-preview-12-2025' });
  expect(model.id).toBe('gemini-2.5-flash-native-audio-preview-12-2025');
  expect(functions.size).toBe(0);
  expect(rest).toEqual({
    modality: 'AUDIO',
    voice: 'rms',
    manualDetection: false,
    silenceMs: 800,
    interruptible: true,
    transcribesInput: false,
    transcribesOutput: false,
    sendsHandles: false,
    handle: null,
    compression: null,
    searches: false,
    runsCode: false,
    instruction: '',
    seeded: false,
  });
});

test('what it says is taken', () => {
  const setup = accepted({
    model: 'models/gemini-3.8-live',
    generationConfig: { speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'kore' } } } },
    systemInstruction: { parts: [{ text: 'Be brief.' }, { text: 'Be kind.' }] },
    realtimeInputConfig: {
      automaticActivityDetection: { disabled: true, silenceDurationMs: 300 },
      activityHandling: 'NO_INTERRUPTION',
      interimTranscriptTimestampEnabled: true,
    },
    sessionResumption: { handle: 'h' },
    contextWindowCompression: { triggerTokens: '1000' },
    historyConfig: { initialHistoryInClientContent: true },
  });
  expect(setup).toMatchObject({
    voice: 'slt',
    manualDetection: true,
    silenceMs: 300,
    interruptible: false,
    handle: 'h',
    compression: { triggerTokens: 1000, targetTokens: 500 },
    instruction: 'Be brief.\nBe kind.',
    seeded: true,
  });
});

test('compression without numbers starts at four fifths of the context', () => {
  const asked = { contextWindowCompression: { slidingWindow: {} } };
  const tokens = ['gemini-3.8-live', HALF_CASCADE.id].map(
    (id) => accepted({ model: `models/${id}`, ...asked }).compression?.triggerTokens,
  );
  expect(tokens).toEqual([104_857, 26_214]);
});

test.each([
  ['gemini-3.8-live', undefined, 'NON_BLOCKING'],
  ['gemini-3.8-live', 'UNSPECIFIED', 'NON_BLOCKING'],
  ['gemini-3.8-live', 'BLOCKING', 'BLOCKING'],
  ['gemini-3.1-flash-live-preview', undefined, 'BLOCKING'],
  ['gemini-2.5-flash-native-audio-preview-12-2025', undefined, 'BLOCKING'],
])('on %s a function of behaviour %s is %s', (model, behavior, expected) => {
  const declaration = { name: 'roll', ...(behavior === undefined ? {} : { behavior }) };
  const { functions } = accepted({ model: `models/${model}`, tools: [{ functionDeclarations: [declaration] }] });
  expect(functions.get('roll')).toBe(expected);
});

test('no more functions than the service takes', () => {
  const tools = (length: number) => [
    { functionDeclarations: Array.from({ length }, (_, i) => ({ name: `f${i}`, parameters: { type: 'object' } })) },
  ];
  expect(accepted({ model: 'models/gemini-3.8-live', tools: tools(512) }).functions.size).toBe(512);
  expect(() => accepted({ model: 'models/gemini-3.8-live', tools: tools(513) })).toThrow('invalid argument');
});

test('a thinking level may come in either case', () => {
  const config = (thinkingLevel: string) => ({ generationConfig: { thinkingConfig: { thinkingLevel } } });
  const model = 'models/gemini-3.8-live-extended-thinking';
  expect(accepted({ model, ...config('low') }).model.id).toBe('gemini-3.8-live-extended-thinking');
  expect(accepted({ model, ...config('HIGH') }).model.id).toBe('gemini-3.8-live-extended-thinking');
});

test('a language code is for half-cascade models, and one of thirty', () => {
  const config = (languageCode: string) => ({ generationConfig: { speechConfig: { languageCode } } });
  const model = `models/${HALF_CASCADE.id}`;
  expect(accepted({ model, ...config('ar-XA') }).model.id).toBe(HALF_CASCADE.id);
  for (const code of ['de', 'de-AT', 'sq', 'auto', ''])
    expect(() => accepted({ model, ...config(code) }), code).toThrow('invalid argument');
  expect(() => accepted({ model: 'models/gemini-3.8-live', ...config('de-DE') })).toThrow('invalid argument');
});

test('a hint that names no language of the service, and what is deprecated, is doubtful', () => {
  const hinted = (...languageCodes: string[]) => doubtsOf({ inputAudioTranscription: { languageCodes } });
  expect(hinted('de', 'en-US', 'sq', 'zh')).toEqual([]);
  expect(hinted('auto', 'ar-XA', 'cmn-CN', 'German').map(({ detail }) => detail)).toEqual([
    'auto',
    'ar-XA',
    'cmn-CN',
    'German',
  ]);
  expect(doubtsOf({ outputAudioTranscription: { adaptationPhrases: ['x'] } })).toEqual([
    { rule: 'deprecated-field', detail: 'adaptationPhrases' },
  ]);
});
