import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quotable, refusedSetting } from '../../../src/live/refused-setting.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import { createLiveHarness, handleMessage, type LiveHarness } from './harness.ts';

const withVoice = (voice: string) => ({ ...DEFAULT_SETTINGS, voice });
const NO_SUCH_VOICE = { code: 1007, reason: `Requested voice api_name 'Puck' is not available for model models/x` };
const INVALID = { code: 1007, reason: 'Request contains an invalid argument.' };

/** A room that talks, with a handle, and has just been told to change its voice. */
function changing(): LiveHarness {
  const live = createLiveHarness({ revision: 1 });
  live.start();
  live.latest().says(handleMessage('h1'));
  live.session.applySettings(withVoice('Puck'), 2);
  live.latest().ends({ code: 1000 });
  live.latest().opens();
  return live;
}

const voiceOf = (setup: unknown): unknown => /"voiceName":"(\w+)"/.exec(JSON.stringify(setup))?.[1];
const handleOf = (setup: Readonly<Record<string, unknown>>): unknown => setup['sessionResumption'];

test.each([NO_SUCH_VOICE, INVALID])(
  'a voice that the service does not take is taken back, and the conversation goes on ($reason)',
  (refusal) => {
    const live = changing();
    expect(voiceOf(live.latest().expect('setup'))).toBe('Puck');
    live.latest().ends(refusal);
    const setup = live.latest().becomesReady();
    expect([voiceOf(setup), handleOf(setup)]).toEqual(['Kore', { handle: 'h1' }]);
    expect(live.told.slice(-2)).toEqual(['state ready', 'refused 2']);
    expect(live.refusals[0]).toMatchObject({ code: 'LIVE_SETUP_REFUSED', details: { reason: refusal.reason } });
    expect(live.problems).toEqual([]);
    expect(live.told).not.toContain('applied 2');
  },
);

test('what the reason names is told as the setting to change', () => {
  const live = changing();
  live.latest().ends(NO_SUCH_VOICE);
  live.latest().becomesReady();
  expect(live.refusals[0]?.details['setting']).toBe('voice');
});

test('settings that are set after a refusal come into force as ever', () => {
  const live = changing();
  live.latest().ends(NO_SUCH_VOICE);
  live.latest().becomesReady();
  live.session.applySettings(withVoice('Kore'), 3);
  expect(live.told.at(-1)).toBe('applied 3');
  live.session.applySettings(withVoice('Leda'), 4);
  live.latest().ends({ code: 1000 });
  expect(voiceOf(live.latest().becomesReady())).toBe('Leda');
  expect(live.told.at(-1)).toBe('applied 4');
});

test('when it was the handle after all, the change comes into force without it, and nothing is refused', () => {
  const live = changing();
  live.latest().ends(INVALID);
  live.latest().opens();
  live.latest().ends(INVALID);
  const setup = live.latest().becomesReady();
  expect([voiceOf(setup), handleOf(setup)]).toEqual(['Puck', {}]);
  expect(live.told.at(-1)).toBe('applied 2');
  live.latest().ends({ code: 1000 });
  live.clock.advance(500);
  live.latest().becomesReady();
  expect(live.refusals).toEqual([]);
});

test('when it was both, the old settings go on in a session of their own, and the change is refused', () => {
  const live = changing();
  live.latest().ends(INVALID);
  live.latest().opens();
  live.latest().ends(INVALID);
  live.latest().opens();
  live.latest().ends(INVALID);
  const setup = live.latest().becomesReady();
  expect([voiceOf(setup), handleOf(setup)]).toEqual(['Kore', {}]);
  expect(live.told.at(-1)).toBe('refused 2');
});

test('a service that takes nothing any more ends the room, after a handful of connections', () => {
  const live = changing();
  for (let tries = 0; tries < 10 && live.session.state.status !== 'closed'; tries++) {
    live.latest().opens();
    live.latest().ends(INVALID);
  }
  expect(live.session.state.status).toBe('closed');
  expect(live.connections.length).toBeLessThanOrEqual(6);
  expect(live.problems.map(({ code }) => code)).toEqual(['LIVE_SETUP_REFUSED']);
  expect(live.refusals).toEqual([]);
});

test('what was set while the old settings came back is tried, and only what was refused is told as refused', () => {
  const live = changing();
  live.latest().ends(NO_SUCH_VOICE);
  live.session.applySettings(withVoice('Leda'), 3);
  expect(voiceOf(live.latest().becomesReady())).toBe('Kore');
  live.latest().ends({ code: 1000 });
  expect(voiceOf(live.latest().becomesReady())).toBe('Leda');
  expect(live.told.filter((it) => /^(refused|applied)/.test(it))).toEqual(['applied 1', 'refused 2', 'applied 3']);
});

test('settings that never worked end the room and name what to change', () => {
  const live = createLiveHarness({ revision: 1 });
  live.session.open();
  live.latest().opens();
  live.latest().ends({ code: 1007, reason: `Invalid value at 'setup.generation_config.thinking_config'` });
  expect(live.problems).toEqual([
    { code: 'LIVE_SETUP_REFUSED', details: expect.objectContaining({ setting: 'LIVE_OPTIONS.thinking' }) },
  ]);
});

test.each([
  [
    `Invalid JSON payload received. Unknown name "presencePenalty" at 'setup.generation_config': Cannot find field.`,
    'LIVE_OPTIONS.presencePenalty',
  ],
  [`Invalid value at 'setup.realtime_input_config.turn_coverage'`, 'LIVE_OPTIONS.turnCoverage'],
  [
    `Invalid JSON payload received. Unknown name "proactivity" at 'setup': Cannot find field.`,
    'LIVE_OPTIONS.proactiveAudio',
  ],
  [`Invalid value at 'setup.input_audio_transcription.language_codes[0]'`, 'language'],
  [`Invalid value at 'setup.tools[0].function_declarations[0].name'`, 'tools'],
  [`Requested voice api_name 'X' is not available for model models/Y`, 'voice'],
  ['The session was stopped.', 'setup'],
  ['Request contains an invalid argument.', 'setup'],
  ['', 'setup'],
])('%s is about %s', (reason, setting) => {
  expect(refusedSetting(reason)).toBe(setting);
});

test('a reason can be quoted in a log, whatever it is made of', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (reason) => {
      const quoted = quotable(reason);
      expect(Buffer.byteLength(quoted)).toBeLessThanOrEqual(123);
      expect(quoted).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
  );
  expect(quotable('Ключ не подходит')).toBe('Ключ не подходит');
  expect(quotable(`${'x'.repeat(122)}é`)).toBe('x'.repeat(122));
});
