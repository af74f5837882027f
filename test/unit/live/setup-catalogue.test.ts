import { expect, test } from 'vitest';
import {
  LANGUAGE_CODES,
  SPEECH_LANGUAGE_CODES,
  speechLanguageCode,
  transcriptionHint,
} from '../../../src/catalogue/languages.ts';
import { MODEL_PROFILES, profileOf } from '../../../src/catalogue/models.ts';
import { isEnabled, SERVICE_TOOLS } from '../../../src/catalogue/service-tools.ts';
import { LIVE_VOICES } from '../../../src/catalogue/voices.ts';
import { setupFrame } from '../../../src/live/setup.ts';
import { isRejection, readClientMessage } from '../../../src/rehearsal/live/client-message.ts';
import { HALF_CASCADE, SERVED_MODELS } from '../../../src/rehearsal/live/models.ts';
import { checkSetup } from '../../../src/rehearsal/live/setup-check.ts';
import { doubtsOf } from '../../../src/rehearsal/live/setup-doubts.ts';
import { DEFAULT_SETTINGS, type RoomSettings } from '../../../src/types/settings.ts';

/** What is served, and what no longer is for who still offers it. */
const models = [...SERVED_MODELS, HALF_CASCADE, { ...HALF_CASCADE, id: 'gemini-2.0-flash-live-001' }];
const languages = ['auto', ...LANGUAGE_CODES, ...SPEECH_LANGUAGE_CODES];

/** What the strict service has against a room's setup; nothing, if it takes it. */
function objections(model: string, settings: RoomSettings, handle: string | null = null): unknown[] {
  const frame = setupFrame({ profile: profileOf(model).profile, settings, selfName: 'Parley', handle, seed: [] });
  const message = readClientMessage(JSON.stringify(frame));
  if (isRejection(message) || message.type !== 'setup') return [message];
  const checked = checkSetup(message.setup, { models, version: 'v1beta' });
  return [...(isRejection(checked) ? [checked] : []), ...doubtsOf(message.setup)];
}

test.each(MODEL_PROFILES.map(({ id }) => id))(
  '%s takes every language, fresh and in a session that goes on',
  (model) => {
    for (const language of languages) {
      const settings = { ...DEFAULT_SETTINGS, language };
      expect(objections(model, settings), language).toEqual([]);
      expect(objections(model, settings, 'a-handle'), language).toEqual([]);
    }
  },
);

test.each(MODEL_PROFILES.map(({ id }) => id))('%s takes every voice, with every tool on and off', (model) => {
  for (const { name } of LIVE_VOICES) {
    for (const on of [true, false]) {
      const tools = Object.fromEntries(SERVICE_TOOLS.map((tool) => [tool.name, on]));
      expect(objections(model, { ...DEFAULT_SETTINGS, voice: name, tools }), name).toEqual([]);
    }
  }
});

test('a persona of the longest kind, with half a character at its end, is taken', () => {
  const persona = `${'é😀'.repeat(1_333)}\ud83d`;
  for (const { id } of MODEL_PROFILES) expect(objections(id, { ...DEFAULT_SETTINGS, persona })).toEqual([]);
  const frame = setupFrame({
    ...{ profile: profileOf('gemini-3.8-live').profile, selfName: 'Parley', handle: null, seed: [] },
    settings: { ...DEFAULT_SETTINGS, persona },
  });
  expect(JSON.stringify(frame)).not.toContain('\\ud83d');
});

test.each([
  ['de', 'de-DE'],
  ['en', 'en-US'],
  ['es', 'es-ES'],
  ['fr', 'fr-FR'],
  ['pt', 'pt-BR'],
  ['ar', 'ar-XA'],
  ['zh', 'cmn-CN'],
  ['zh-TW', 'cmn-CN'],
  ['ja', 'ja-JP'],
  ['en-GB', 'en-GB'],
  ['EN-gb', 'en-GB'],
  ['fr-CA', 'fr-CA'],
  ['de-AT', 'de-DE'],
  ['sq', null],
  ['auto', null],
  ['constructor', null],
])('a model that is told its language speaks %s as %s', (code, expected) => {
  expect(speechLanguageCode(code)).toBe(expected);
});

test('every regional code is spoken as it is, and every language that has one in one of its regions', () => {
  for (const code of SPEECH_LANGUAGE_CODES) expect(speechLanguageCode(code)).toBe(code);
  const spoken = LANGUAGE_CODES.map(speechLanguageCode).filter((code) => code !== null);
  expect(spoken.every((code) => SPEECH_LANGUAGE_CODES.includes(code))).toBe(true);
  expect(new Set(spoken).size).toBe(new Set(SPEECH_LANGUAGE_CODES.map((code) => code.split('-')[0])).size);
});

test('transcription is given codes of the service’s own list where Google’s speech has names of its own', () => {
  expect(transcriptionHint('ar-XA')).toBe('ar');
  expect(transcriptionHint('cmn-CN')).toBe('zh');
  expect(transcriptionHint('de-DE')).toBe('de-DE');
  expect(transcriptionHint('auto')).toBeNull();
});

test('a name that no tool has is nobody’s setting', () => {
  expect(isEnabled({}, 'google_search')).toBe(true);
  expect(isEnabled({}, 'code_execution')).toBe(false);
  expect(isEnabled({ google_search: false }, 'google_search')).toBe(false);
  expect(SERVICE_TOOLS.map((tool) => tool.isAvailable(profileOf('gemini-3.8-live').profile))).toEqual([true, false]);
  expect(SERVICE_TOOLS.map((tool) => tool.isAvailable(profileOf(HALF_CASCADE.id).profile))).toEqual([true, true]);
});
