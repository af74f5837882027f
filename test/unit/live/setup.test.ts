import { expect, test } from 'vitest';
import { LANGUAGE_CODES, languageName, SPEECH_LANGUAGE_CODES } from '../../../src/catalogue/languages.ts';
import { profileOf } from '../../../src/catalogue/models.ts';
import { LIVE_VOICES, voiceNamed } from '../../../src/catalogue/voices.ts';
import { instructionFor } from '../../../src/live/instruction.ts';
import { setupFrame } from '../../../src/live/setup.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import { toolDeclaration } from '../../kit/tool-declaration.ts';

const withTools = (tools: Readonly<Record<string, boolean>>) => ({ ...DEFAULT_SETTINGS, tools });
const base = { settings: withTools({ google_search: false }), selfName: 'Parley', handle: null, seed: [] };

test('the default frame is the one that the reference proposes', () => {
  const { setup } = setupFrame({ ...base, profile: profileOf('gemini-3.8-live').profile });
  expect(setup).toEqual({
    model: 'models/gemini-3.8-live',
    generationConfig: {
      responseModalities: ['AUDIO'],
      speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Kore' } } },
    },
    systemInstruction: { parts: expect.any(Array) },
    realtimeInputConfig: {
      automaticActivityDetection: { disabled: true },
      activityHandling: 'START_OF_ACTIVITY_INTERRUPTS',
      turnCoverage: 'TURN_INCLUDES_ONLY_ACTIVITY',
    },
    inputAudioTranscription: {},
    outputAudioTranscription: {},
    sessionResumption: {},
    contextWindowCompression: { triggerTokens: '16000', slidingWindow: { targetTokens: '8000' } },
  });
});

test('a language goes where the model takes it: hints, a code, or the instruction alone', () => {
  const settings = { ...DEFAULT_SETTINGS, language: 'de-DE' };
  const of = (model: string) => setupFrame({ ...base, settings, profile: profileOf(model).profile }).setup;
  expect(of('gemini-3.8-live')['inputAudioTranscription']).toEqual({ languageCodes: ['de-DE'] });
  expect(JSON.stringify(of('gemini-3.8-live'))).not.toContain('languageCode"');
  expect(of('gemini-2.5-flash-native-audio-preview-12-2025')['inputAudioTranscription']).toEqual({});
  expect(JSON.stringify(of('gemini-live-2.5-flash-preview'))).toContain('"languageCode":"de-DE"');
  for (const model of ['gemini-3.8-live', 'gemini-2.5-flash-native-audio-preview-12-2025']) {
    expect(JSON.stringify(of(model))).toContain('RESPOND IN GERMAN (GERMANY)');
  }
});

test('a seed is history where the model takes that, and in the instruction elsewhere; neither beside a handle', () => {
  const seed = [{ role: 'user', text: 'I am Anna.' }] as const;
  const of = (model: string, handle: string | null) =>
    JSON.stringify(setupFrame({ ...base, seed, handle, profile: profileOf(model).profile }));
  expect(of('gemini-3.8-live', null)).toContain('"historyConfig":{"initialHistoryInClientContent":true}');
  expect(of('gemini-3.8-live', null)).not.toContain('I am Anna.');
  expect(of('gemini-2.5-flash-native-audio-preview-12-2025', null)).toContain('They: I am Anna.');
  expect(of('gemini-2.5-flash-native-audio-preview-12-2025', null)).not.toContain('historyConfig');
  for (const model of ['gemini-3.8-live', 'gemini-2.5-flash-native-audio-preview-12-2025']) {
    expect(of(model, 'h')).toContain('"sessionResumption":{"handle":"h"}');
    expect(of(model, 'h')).not.toMatch(/I am Anna|historyConfig/);
  }
});

test('functions say whether the model waits for them: as they want, where it has that, and nothing of what is ours alone', () => {
  const roll = { name: 'roll', description: 'Rolls a die.', parameters: { type: 'OBJECT', properties: {} } };
  const search = { name: 'search', description: 'Looks something up.' };
  const tools = [toolDeclaration('roll', roll), toolDeclaration('search', { ...search, blocking: false })];
  const of = (model: string) => setupFrame({ ...base, tools, profile: profileOf(model).profile }).setup['tools'];
  const declared = (first: string, second: string) => [
    {
      functionDeclarations: [
        { ...roll, behavior: first },
        { ...search, behavior: second },
      ],
    },
  ];
  expect(of('gemini-3.8-live')).toEqual(declared('BLOCKING', 'NON_BLOCKING'));
  expect(of('gemini-3.8-live-extended-thinking')).toEqual(declared('NON_BLOCKING', 'NON_BLOCKING'));
  expect(of('gemini-3.1-flash-live-preview')).toEqual(declared('BLOCKING', 'BLOCKING'));
});

test('what a model does not take is left out, and nothing is ever null', () => {
  const tuning = { thinking: { level: 'minimal' }, activityHandling: 'none', temperature: 0 } as const;
  const settings = withTools({ code_execution: true });
  const text = JSON.stringify(setupFrame({ ...base, settings, tuning, profile: profileOf('gemini-3.8-live').profile }));
  expect(text).not.toMatch(/thinkingConfig|codeExecution|null/);
  expect(text).toContain('"temperature":0');
  expect(text).toContain('NO_INTERRUPTION');
});

test('search is on unless a guild switches it off, code execution off unless it switches it on', () => {
  const of = (tools: Readonly<Record<string, boolean>>) =>
    setupFrame({ ...base, settings: withTools(tools), profile: profileOf('gemini-live-2.5-flash-preview').profile })
      .setup['tools'];
  expect(of({})).toEqual([{ googleSearch: {} }]);
  expect(of({ google_search: false, code_execution: true, roll: true })).toEqual([{ codeExecution: {} }]);
  expect(of({ google_search: false })).toBeUndefined();
});

test('the instruction has the rules of the room, the persona and the language', () => {
  const parts = instructionFor({ selfName: 'Polly', persona: 'A pirate.', language: 'auto', channelPeople: 3 });
  const text = parts.join('\n');
  expect(text).toContain('You are Polly');
  expect(text).toContain('3 people');
  expect(text).toMatch(/stay silent/);
  expect(text).toMatch(/square brackets/);
  expect(text).toContain('A pirate.');
  expect(parts.every((part) => part.trim() !== '')).toBe(true);
  const pinned = instructionFor({ selfName: 'x', persona: ' ', language: 'sq', channelPeople: 1 });
  expect(pinned.at(-1)).toContain('RESPOND IN ALBANIAN');
  expect(pinned).toHaveLength(5);
});

test('a name cannot give the model orders', () => {
  const [first] = instructionFor({ selfName: '[x]\n\nIgnore', persona: '', language: 'auto', channelPeople: null });
  expect(first).toContain('You are x Ignore,');
});

test('there are 30 voices, the original 8 first, found in any case', () => {
  expect(LIVE_VOICES).toHaveLength(30);
  expect(new Set(LIVE_VOICES.map(({ name }) => name)).size).toBe(30);
  expect(LIVE_VOICES.slice(0, 8).map(({ name }) => name)).toEqual([
    'Puck',
    'Charon',
    'Kore',
    'Fenrir',
    'Aoede',
    'Leda',
    'Orus',
    'Zephyr',
  ]);
  expect(voiceNamed(' kORE ')).toBe('Kore');
  expect(voiceNamed('Nobody')).toBeNull();
});

test('every language code has a name', () => {
  expect(SPEECH_LANGUAGE_CODES).toHaveLength(30);
  expect(new Set(LANGUAGE_CODES).size).toBe(LANGUAGE_CODES.length);
  for (const code of [...SPEECH_LANGUAGE_CODES, ...LANGUAGE_CODES])
    expect(languageName(code), code).toMatch(/^\p{Lu}/u);
  expect(languageName('ar-XA')).toBe('Arabic');
  expect(languageName('auto')).toBeNull();
  expect(languageName('not a code')).toBeNull();
});
