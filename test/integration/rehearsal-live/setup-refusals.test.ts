import { expect, test } from 'vitest';
import { MANUAL, type RawOptions } from './clients.ts';
import { setupFor, startStage } from './harness.ts';
import { START, text } from './speaking.ts';

const MODEL_3_8 = 'gemini-3.8-live';
const THINKING_3_8 = 'gemini-3.8-live-extended-thinking';
const MODEL_3_1 = 'gemini-3.1-flash-live-preview';
const MODEL_2_5 = 'gemini-2.5-flash-native-audio-preview-12-2025';
const INVALID = 'Request contains an invalid argument.';
const SETUP_FIRST = 'setup must be the first message and only the first';

const config = (generationConfig: object, model = MODEL_3_8): object => setupFor(model, { generationConfig });
const tool = (declaration: object, model = MODEL_3_8): object =>
  setupFor(model, { tools: [{ functionDeclarations: [{ name: 'roll', ...declaration }] }] });
const parameters = (properties: object): object => tool({ parameters: { type: 'OBJECT', properties } });
const cannotFind = (name: string, at: string): string =>
  `Invalid JSON payload received. Unknown name "${name}" at '${at}': Cannot find field.`;

test.each<[string, object | string, number, string]>([
  ['activity before setup', START, 1007, SETUP_FIRST],
  ['content before setup', text('hello'), 1007, SETUP_FIRST],
  ['a tool response before setup', { toolResponse: { functionResponses: [] } }, 1007, SETUP_FIRST],
  [
    'the setup of an old tutorial',
    { config: { model: `models/${MODEL_3_8}` } },
    1007,
    'Invalid JSON payload received. Unknown name "config": Cannot find field.',
  ],
  ['what is no JSON', '{"setup":', 1007, 'Invalid JSON payload received. Unexpected token.'],
  [
    'a list',
    '[]',
    1007,
    'Invalid JSON payload received. Unknown name "": Proto field is not repeating, cannot start list.',
  ],
  ['nothing at all', {}, 1007, INVALID],
  [
    'two messages in one',
    { ...setupFor(MODEL_3_8), ...START },
    1007,
    "Invalid value (oneof), oneof field 'message_type' is already set. Cannot set 'realtimeInput'",
  ],
  ['an unknown field', setupFor(MODEL_3_8, { x: 1 }), 1007, cannotFind('x', 'setup')],
  [
    'modalities at the top level',
    setupFor(MODEL_3_8, { responseModalities: ['AUDIO'] }),
    1007,
    cannotFind('responseModalities', 'setup'),
  ],
  [
    'two modalities',
    config({ responseModalities: ['AUDIO', 'TEXT'] }),
    1007,
    'At most one response modality can be specified in the setup request. To enable simultaneous transcription and audio output,',
  ],
  [
    'text from a model that speaks',
    config({ responseModalities: ['TEXT'] }),
    1007,
    'Cannot extract voices from a non-audio request.',
  ],
  [
    'a modality that is none',
    config({ responseModalities: ['SMELL'] }),
    1007,
    "Invalid value at 'setup.generation_config.response_modalities[0]' (type.googleapis.com/google.ai.generativelanguage.v1beta.",
  ],
  [
    'an unknown voice',
    config({ speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Nobody' } } } }),
    1007,
    `Requested voice api_name 'Nobody' is not available for model models/${MODEL_3_8}`,
  ],
  ['a language for a model that chooses its own', config({ speechConfig: { languageCode: 'de-DE' } }), 1007, INVALID],
  ['thinking on 3.8', config({ thinkingConfig: { thinkingLevel: 'LOW' } }), 1007, INVALID],
  [
    'less thinking than there is',
    config({ thinkingConfig: { thinkingLevel: 'MINIMAL' } }, THINKING_3_8),
    1007,
    INVALID,
  ],
  ['a budget where there are levels', config({ thinkingConfig: { thinkingBudget: 0 } }, MODEL_3_1), 1007, INVALID],
  ['a level where there is a budget', config({ thinkingConfig: { thinkingLevel: 'LOW' } }, MODEL_2_5), 1007, INVALID],
  [
    'proactivity on v1beta',
    setupFor(MODEL_2_5, { proactivity: { proactiveAudio: true } }),
    1007,
    cannotFind('proactivity', 'setup'),
  ],
  [
    'affective dialog on v1beta',
    config({ enableAffectiveDialog: true }, MODEL_2_5),
    1007,
    cannotFind('enableAffectiveDialog', 'setup.generation_config'),
  ],
  [
    'proactivity on 3.8, where it is always on',
    setupFor(MODEL_3_8, { proactivity: {} }),
    1007,
    cannotFind('proactivity', 'setup'),
  ],
  ['stop sequences', config({ stopSequences: ['.'] }), 1007, INVALID],
  ['code execution', setupFor(MODEL_3_8, { tools: [{ codeExecution: {} }] }), 1007, INVALID],
  ['URL context', setupFor(MODEL_3_8, { tools: [{ urlContext: {} }] }), 1007, INVALID],
  ['maps', setupFor(MODEL_3_8, { tools: [{ googleMaps: {} }] }), 1007, INVALID],
  ['a function that waits where none does', tool({ behavior: 'BLOCKING' }, THINKING_3_8), 1007, INVALID],
  ['a function that does not wait where all do', tool({ behavior: 'NON_BLOCKING' }, MODEL_3_1), 1007, INVALID],
  ['a function name with a space', tool({ name: 'roll a die' }), 1007, INVALID],
  [
    'the same function twice',
    setupFor(MODEL_3_8, { tools: [{ functionDeclarations: [{ name: 'a' }, { name: 'a' }] }] }),
    1007,
    INVALID,
  ],
  [
    'JSON schema',
    tool({ parameters: { type: 'OBJECT', additionalProperties: false } }),
    1007,
    cannotFind('additionalProperties', 'setup.tools[0].function_declarations[0].parameters').slice(0, 123),
  ],
  [
    'a type that is a list',
    parameters({ a: { type: 'STRING' }, b: { type: ['STRING', 'NULL'] } }),
    1007,
    'Invalid JSON payload received. Unknown name "type" at \'setup.tools[0].function_declarations[0].parameters.properties[1].val',
  ],
  [
    'an image as instruction',
    setupFor(MODEL_3_8, { systemInstruction: { parts: [{ inlineData: {} }] } }),
    1007,
    INVALID,
  ],
  [
    'a target above the trigger of compression',
    setupFor(MODEL_3_8, { contextWindowCompression: { triggerTokens: '10', slidingWindow: { targetTokens: '20' } } }),
    1007,
    INVALID,
  ],
  [
    'transparent resumption, which only Vertex has',
    setupFor(MODEL_3_8, { sessionResumption: { transparent: true } }),
    1007,
    cannotFind('transparent', 'setup.session_resumption'),
  ],
  ['a handle of null on 2.5', setupFor(MODEL_2_5, { sessionResumption: { handle: null } }), 1007, INVALID],
  ['a handle that nobody gave', setupFor(MODEL_3_8, { sessionResumption: { handle: 'made-up' } }), 1007, INVALID],
  [
    'a retired model',
    setupFor('gemini-2.0-flash-live-001'),
    1008,
    'models/gemini-2.0-flash-live-001 is not found for API version v1beta, or is not supported for bidiGenerateContent',
  ],
])('%s closes the socket', async (_what, first, code, reason) => {
  await using stage = await startStage();
  const client = await stage.raw();
  if (typeof first === 'string') client.sendFrame(first);
  else client.send(first);
  expect(await stage.closeOf(client)).toEqual({ code, reason });
  expect(client.received).toEqual([]);
  expect(stage.live.setups).toEqual([]);
});

test.each<[string, RawOptions, number, string]>([
  ['a key that is not known', { key: 'wrong' }, 1007, 'API key not valid. Please pass a valid API key.'],
  [
    'a wrong key in the address',
    { key: null, query: 'key=wrong' },
    1007,
    'API key not valid. Please pass a valid API key.',
  ],
  [
    'what the SDK makes of no key',
    { key: null, query: 'key=undefined' },
    1007,
    'API key not valid. Please pass a valid API key.',
  ],
  [
    'no key',
    { key: null },
    1008,
    "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API c",
  ],
])('%s is refused', async (_what, options, code, reason) => {
  await using stage = await startStage({ apiKeys: ['the-key'] });
  const client = await stage.raw(options);
  client.send(setupFor(MODEL_3_8));
  expect(await stage.closeOf(client)).toEqual({ code, reason });
});

test.each<[string, RawOptions]>([
  ['in the header', { key: 'the-key' }],
  ['in the address, behind a proxy', { key: null, query: 'key=the-key', base: '/proxy//' }],
])('a key %s is taken', async (_what, options) => {
  await using stage = await startStage({ apiKeys: ['the-key'] });
  const client = await stage.rawReady(undefined, options);
  expect(client.received.map(({ message }) => message)).toContainEqual({ setupComplete: {} });
});

test('the SDK says why it was refused', async () => {
  await using stage = await startStage({ apiKeys: ['a-key'] });
  await expect(stage.sdk({ apiKey: 'wrong' })).rejects.toThrow(
    'Live connection closed before setup completed (code 1007): API key not valid. Please pass a valid API key.',
  );
  await expect(stage.sdk({ model: 'gemini-live-2.5-flash-preview' })).rejects.toThrow(
    '(code 1008): models/gemini-live-2.5-flash-preview is not found for API version v1beta',
  );
  await expect(stage.sdk({ config: { ...MANUAL, proactivity: { proactiveAudio: true } } })).rejects.toThrow(
    `(code 1007): ${cannotFind('proactivity', 'setup')}`,
  );
});

test('only the versions that speak Live are there', async () => {
  await using stage = await startStage();
  await expect(stage.sdk({ apiVersion: 'v1' })).rejects.toThrow('Unexpected server response: 404');
  await expect(stage.raw({ version: 'v2' })).rejects.toThrow('Unexpected server response: 404');
  expect(stage.live.openSockets).toBe(0);
});
