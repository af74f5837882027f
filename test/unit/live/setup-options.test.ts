import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apiVersionFor, fitTuning } from '../../../src/catalogue/fit-tuning.ts';
import { MODEL_PROFILES, type ModelProfile, profileOf } from '../../../src/catalogue/models.ts';
import { LIVE_VOICES } from '../../../src/catalogue/voices.ts';
import { type SetupOptions, setupFrame } from '../../../src/live/setup.ts';
import { isRejection, readClientMessage } from '../../../src/rehearsal/live/client-message.ts';
import { HALF_CASCADE, SERVED_MODELS } from '../../../src/rehearsal/live/models.ts';
import { checkSetup } from '../../../src/rehearsal/live/setup-check.ts';
import { doubtsOf } from '../../../src/rehearsal/live/setup-doubts.ts';
import type { LiveTuning } from '../../../src/types/live-tuning.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';

/** What is served, and what no longer is for who still offers it. */
const models = [...SERVED_MODELS, HALF_CASCADE, { ...HALF_CASCADE, id: 'gemini-2.0-flash-live-001' }];

type Told = Record<string, unknown>;

/** What the strict service has against it; nothing, if it takes it. */
function objections(options: Omit<SetupOptions, 'selfName'>): unknown[] {
  const frame = JSON.stringify(setupFrame({ selfName: 'Parley', ...options }));
  const message = readClientMessage(frame);
  if (isRejection(message) || message.type !== 'setup') return [message];
  const version = apiVersionFor(options.tuning ?? {}, options.profile);
  const checked = checkSetup(message.setup, { models, version });
  const nulls = frame.includes('null') ? ['null in it'] : [];
  return [...(isRejection(checked) ? [checked] : []), ...doubtsOf(message.setup), ...nulls];
}

const setupOf = (profile: ModelProfile, options: Partial<SetupOptions> = {}): Told =>
  setupFrame({ profile, settings: DEFAULT_SETTINGS, selfName: 'Parley', handle: null, seed: [], ...options }).setup;

/** Every option, by itself. */
const OPTIONS: Readonly<Record<keyof LiveTuning, fc.Arbitrary<LiveTuning>>> = {
  temperature: fc.record({ temperature: fc.double({ min: 0, max: 2, noNaN: true }) }),
  topP: fc.record({ topP: fc.double({ min: 0, max: 1, noNaN: true }) }),
  topK: fc.record({ topK: fc.integer({ min: 1 }) }),
  maxOutputTokens: fc.record({ maxOutputTokens: fc.integer({ min: 1 }) }),
  seed: fc.record({ seed: fc.integer() }),
  presencePenalty: fc.record({ presencePenalty: fc.double({ min: -2, max: 2, noNaN: true }) }),
  frequencyPenalty: fc.record({ frequencyPenalty: fc.double({ min: -2, max: 2, noNaN: true }) }),
  mediaResolution: fc.record({ mediaResolution: fc.constantFrom('low', 'medium', 'high') }),
  thinking: fc.record({
    thinking: fc.oneof(
      fc.record({ level: fc.constantFrom('minimal' as const, 'low' as const, 'medium' as const, 'high' as const) }),
      fc.record({ budgetTokens: fc.integer({ min: -1, max: 32_000 }) }),
    ),
  }),
  automaticDetection: fc.record({
    automaticDetection: fc.record(
      {
        startSensitivity: fc.constantFrom('low' as const, 'high' as const),
        endSensitivity: fc.constantFrom('low' as const, 'high' as const),
        prefixPaddingMs: fc.nat(5_000),
        silenceDurationMs: fc.nat(10_000),
      },
      { requiredKeys: [] },
    ),
  }),
  activityHandling: fc.record({ activityHandling: fc.constantFrom('interrupts', 'none') }),
  turnCoverage: fc.record({ turnCoverage: fc.constantFrom('activity', 'activityAndVideo', 'everything') }),
  compression: fc.record({
    compression: fc
      .tuple(fc.integer({ min: 500, max: 30_000 }), fc.integer({ min: 500, max: 90_000 }))
      .map(([targetTokens, more]) => ({ targetTokens, triggerTokens: targetTokens + more })),
  }),
  transcription: fc.record({
    transcription: fc.record(
      {
        input: fc.boolean(),
        output: fc.boolean(),
        languageHints: fc.subarray(['de-DE', 'sq', 'ar-XA', 'cmn-CN'], { minLength: 1 }),
        customVocabulary: fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 }),
      },
      { requiredKeys: [] },
    ),
  }),
  affectiveDialog: fc.record({ affectiveDialog: fc.boolean() }),
  proactiveAudio: fc.record({ proactiveAudio: fc.boolean() }),
};

const anyTuning = fc
  .tuple(...Object.values(OPTIONS).map((option) => fc.option(option, { nil: {} })))
  .map((options): LiveTuning => Object.assign({}, ...options));

const anySettings = fc.record({
  voice: fc.constantFrom(...LIVE_VOICES.map(({ name }) => name)),
  language: fc.constantFrom('auto', 'de-DE', 'sq', 'zh', 'ar-XA'),
  persona: fc.string(),
  pauseMs: fc.integer({ min: 300, max: 2_000 }),
  interrupt: fc.constantFrom('off' as const, 'careful' as const, 'quick' as const),
  tools: fc.record({ google_search: fc.boolean(), code_execution: fc.boolean() }),
});

const anySetup = fc.record({
  settings: anySettings,
  tuning: anyTuning,
  handle: fc.constantFrom(null, 'a-handle'),
  seed: fc.constantFrom([], [{ role: 'user' as const, text: 'I am Anna.' }]),
  missed: fc.constantFrom(null, 'The connection broke off.'),
  detection: fc.constantFrom('manual' as const, 'automatic' as const),
  modality: fc.constantFrom('AUDIO' as const, 'TEXT' as const),
});

test.each(MODEL_PROFILES.map(({ id }) => id))('%s takes every option by itself, and without it', (model) => {
  const { profile } = profileOf(model);
  for (const [name, option] of Object.entries(OPTIONS)) {
    for (const detection of ['manual', 'automatic'] as const) {
      for (const tuning of [...fc.sample(option, { seed: 7, numRuns: 20 }), {}]) {
        const options = { profile, settings: DEFAULT_SETTINGS, handle: null, seed: [], tuning, detection };
        expect(objections(options), `${name} ${JSON.stringify(tuning)}`).toEqual([]);
      }
    }
  }
});

test.each(MODEL_PROFILES.map(({ id }) => id))('%s takes any of its options together', (model) => {
  const { profile } = profileOf(model);
  fc.assert(
    fc.property(anySetup, (setup) => {
      expect(objections({ profile, ...setup })).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('what is left out is named, and nothing of it is sent', () => {
  const tuning: LiveTuning = {
    temperature: 1,
    thinking: { level: 'high' },
    automaticDetection: { startSensitivity: 'low' },
    turnCoverage: 'activityAndVideo',
    transcription: { languageHints: ['de'], customVocabulary: ['Parley'], input: true },
    affectiveDialog: true,
    proactiveAudio: true,
  };
  const leftOut = (model: string) => fitTuning(tuning, profileOf(model).profile, 'manual').leftOut;
  expect(leftOut('gemini-3.8-live')).toEqual(['thinking', 'automaticDetection', 'affectiveDialog', 'proactiveAudio']);
  expect(leftOut('gemini-3.1-flash-live-preview')).toEqual(['automaticDetection', 'affectiveDialog', 'proactiveAudio']);
  expect(leftOut('gemini-2.5-flash-native-audio-preview-12-2025')).toEqual([
    'thinking',
    'automaticDetection',
    'turnCoverage',
    'transcription.languageHints',
    'transcription.customVocabulary',
  ]);
  expect(fitTuning(tuning, profileOf('gemini-3.8-live').profile, 'automatic').leftOut).not.toContain(
    'automaticDetection',
  );
  for (const profile of MODEL_PROFILES) expect(fitTuning({}, profile, 'manual').leftOut).toEqual([]);
  const sent = JSON.stringify(setupOf(profileOf('gemini-2.5-flash-native-audio-preview-12-2025').profile, { tuning }));
  expect(sent).not.toMatch(/thinkingConfig|SENSITIVITY|ALL_VIDEO|languageCodes|customVocabulary/);
  expect(sent).toMatch(/"enableAffectiveDialog":true.*"proactiveAudio":true/);
});

test('the version of the API with every field is the one that is dialled', () => {
  const of = (model: string, tuning: LiveTuning) => apiVersionFor(tuning, profileOf(model).profile);
  const native = 'gemini-2.5-flash-native-audio-preview-12-2025';
  expect([of(native, {}), of(native, { affectiveDialog: true }), of(native, { proactiveAudio: false })]).toEqual([
    'v1beta',
    'v1alpha',
    'v1alpha',
  ]);
  expect(of('gemini-3.8-live', { affectiveDialog: true })).toBe('v1beta');
});

test('a model answers in text only where it can, and then in no voice', () => {
  const generation = (model: string) =>
    setupOf(profileOf(model).profile, { modality: 'TEXT' })['generationConfig'] as Told;
  expect(generation('gemini-live-2.5-flash-preview')).toEqual({ responseModalities: ['TEXT'] });
  expect(setupOf(profileOf('gemini-live-2.5-flash-preview').profile, { modality: 'TEXT' })).not.toHaveProperty(
    'outputAudioTranscription',
  );
  expect(generation('gemini-3.8-live')).toMatchObject({ responseModalities: ['AUDIO'], speechConfig: {} });
});

test('with its own detection the service gets the guild’s pause, unless the operator has one, and its wish not to be interrupted', () => {
  const { profile } = profileOf('gemini-3.8-live');
  const settings = { ...DEFAULT_SETTINGS, pauseMs: 900, interrupt: 'off' } as const;
  const of = (tuning: LiveTuning) => setupOf(profile, { settings, tuning, detection: 'automatic' });
  expect(of({})['realtimeInputConfig']).toEqual({
    automaticActivityDetection: { silenceDurationMs: 900 },
    activityHandling: 'NO_INTERRUPTION',
    turnCoverage: 'TURN_INCLUDES_ONLY_ACTIVITY',
  });
  const tuning: LiveTuning = {
    turnCoverage: 'everything',
    automaticDetection: {
      startSensitivity: 'low',
      endSensitivity: 'high',
      prefixPaddingMs: 20,
      silenceDurationMs: 500,
    },
  };
  expect(of(tuning)['realtimeInputConfig']).toEqual({
    automaticActivityDetection: {
      startOfSpeechSensitivity: 'START_SENSITIVITY_LOW',
      endOfSpeechSensitivity: 'END_SENSITIVITY_HIGH',
      prefixPaddingMs: 20,
      silenceDurationMs: 500,
    },
    activityHandling: 'NO_INTERRUPTION',
    turnCoverage: 'TURN_INCLUDES_ALL_INPUT',
  });
});

test('with our own detection what a guild wants of interruptions changes nothing of the setup, so that nobody waits for it', () => {
  const { profile } = profileOf('gemini-3.8-live');
  const of = (interrupt: 'off' | 'quick') => setupOf(profile, { settings: { ...DEFAULT_SETTINGS, interrupt } });
  expect(of('off')).toEqual(of('quick'));
});

test('what an operator expects of people hints where a guild has no language of its own', () => {
  const { profile } = profileOf('gemini-3.8-live');
  const tuning: LiveTuning = { transcription: { languageHints: ['de-DE', 'ar-XA'] } };
  const of = (language: string) => setupOf(profile, { settings: { ...DEFAULT_SETTINGS, language }, tuning });
  expect(of('auto')['inputAudioTranscription']).toEqual({ languageCodes: ['de-DE', 'ar'] });
  expect(of('fr')['inputAudioTranscription']).toEqual({ languageCodes: ['fr'] });
  const off = setupOf(profile, { tuning: { transcription: { input: false, output: false } } });
  expect(off).not.toHaveProperty('inputAudioTranscription');
  expect(off).not.toHaveProperty('outputAudioTranscription');
});
