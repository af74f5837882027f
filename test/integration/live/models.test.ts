import { expect, test } from 'vitest';
import { MODEL_PROFILES } from '../../../src/catalogue/models.ts';
import { LIVE_VOICES } from '../../../src/catalogue/voices.ts';
import type { LiveSessionOptions } from '../../../src/live/session.ts';
import { HALF_CASCADE, SERVED_MODELS } from '../../../src/rehearsal/live/models.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import { toolDeclaration } from '../../kit/tool-declaration.ts';
import { startQuickLive, startTalk } from './harness.ts';

/** What is served, and what no longer is for who still offers it. */
const models = [...SERVED_MODELS, HALF_CASCADE, { ...HALF_CASCADE, id: 'gemini-2.0-flash-live-001' }];

const tools = [
  toolDeclaration('roll', { parameters: { type: 'OBJECT', properties: {} } }),
  toolDeclaration('look_up', { blocking: false, scheduling: 'INTERRUPT' }),
];
const seed = [
  { role: 'user', text: 'I am Anna.' },
  { role: 'model', text: 'Hello Anna.' },
] as const;

const variations: Readonly<Record<string, Partial<LiveSessionOptions>>> = {
  defaults: {},
  'a persona': { settings: { ...DEFAULT_SETTINGS, persona: 'A pirate.' }, channelPeople: 3 },
  'a language with a region': { settings: { ...DEFAULT_SETTINGS, language: 'de-DE' } },
  'a language without': { settings: { ...DEFAULT_SETTINGS, language: 'sq' } },
  'the last voice': { settings: { ...DEFAULT_SETTINGS, voice: LIVE_VOICES.at(-1)?.name ?? '' } },
  'a seed': { seed },
  functions: { tools },
  'functions without search': { tools, settings: { ...DEFAULT_SETTINGS, tools: { google_search: false } } },
  'code execution': { settings: { ...DEFAULT_SETTINGS, tools: { code_execution: true } } },
  'generation numbers': { tuning: { temperature: 0.7, topP: 0.9, topK: 40, maxOutputTokens: 512, seed: 3 } },
  'media resolution': { tuning: { mediaResolution: 'low' } },
  'thinking little': { tuning: { thinking: { level: 'minimal' } } },
  'thinking hard': { tuning: { thinking: { level: 'high' } } },
  'a thinking budget': { tuning: { thinking: { budgetTokens: 0 } } },
  compression: { tuning: { compression: { triggerTokens: 20_000, targetTokens: 4_000 } } },
  'no interruption': { tuning: { activityHandling: 'none' } },
  penalties: { tuning: { presencePenalty: -0.5, frequencyPenalty: 0.5 } },
  'another coverage': { tuning: { turnCoverage: 'activityAndVideo' } },
  'hints and words': { tuning: { transcription: { languageHints: ['de'], customVocabulary: ['Parley'] } } },
  'no transcription': { tuning: { transcription: { input: false, output: false } } },
  'dialog of the affective kind': { tuning: { affectiveDialog: true, proactiveAudio: true } },
};

test('every model that is served has a profile, and every profile is driven here', () => {
  expect(MODEL_PROFILES.map(({ id }) => id).toSorted()).toEqual(models.map(({ id }) => id).toSorted());
});

test.each(models.map(({ id }) => id))(
  '%s takes every setting and answers speech, text and after a resumption',
  async (model) => {
    await using live = await startQuickLive({ models });
    const rejected: unknown[] = [];
    live.on((event) => event.type === 'rejected' && rejected.push(event.rejection));
    await Promise.all(
      Object.values(variations).map(async (options) => {
        await using talk = startTalk(live, { model, ...options });
        talk.speak();
        await talk.untilSeen(() => talk.told.includes('turnComplete 1') && talk.told.includes('handle'));
        talk.session.applySettings({ ...DEFAULT_SETTINGS, voice: 'Puck' }, 1);
        await talk.until('applied 1');
        talk.session.sendText('and now?');
        await talk.until('turnComplete 2');
        expect(talk.problems).toEqual([]);
      }),
    );
    expect(rejected).toEqual([]);
    expect(live.violations).toEqual([]);
    expect(live.setups).toHaveLength(2 * Object.keys(variations).length);
  },
);

test.each(models.map(({ id }) => id))(
  '%s calls a function while people go on talking, and is answered',
  async (model) => {
    await using live = await startQuickLive({ models });
    live.control.nextAnswers({ kind: 'call', calls: [{ name: 'roll' }, { name: 'roll' }] });
    await using talk = startTalk(live, { model, tools });
    talk.speak();
    await talk.untilSeen(() => talk.calls.length === 2);
    talk.speak(900);
    talk.session.answerTools(talk.calls.map(({ id, name }) => ({ id, name, response: { output: 4 } })));
    await talk.untilSeen(() => talk.told.filter((it) => it.startsWith('turnComplete')).length >= 2);
    expect(talk.problems).toEqual([]);
    expect(talk.told).not.toContain('state resuming');
    expect(live.windows).toHaveLength(2);
    expect(live.violations).toEqual([]);
  },
);
