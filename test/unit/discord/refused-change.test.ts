import { expect, test } from 'vitest';
import { ParleyError } from '../../../src/errors.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import { GUILD, setUp } from './settings-bench.ts';

const PUCK = { change: { voice: 'Puck' } };
const NO_SUCH_VOICE = { code: 'LIVE_SETUP_REFUSED', details: { setting: 'voice' } } as const;

test('what the Live service does not take is taken back, in the room and for the next one, and nobody is told that it is set', async () => {
  const { member, posted, rooms, openRoom, settle, store } = setUp();
  const room = openRoom();
  rooms.hang(true);
  const adam = member('Adam');
  const asked = adam.asks({ change: { voice: 'Puck', tools: { google_search: false } } });
  await settle();
  room.refuseSettings(NO_SUCH_VOICE);
  await asked;
  expect(adam.answers).toEqual(['Gemini does not take that. I am back to what was set before.']);
  expect(posted).toEqual([]);
  expect((await store.settings(GUILD)).settings).toEqual({ ...DEFAULT_SETTINGS, tools: { google_search: true } });
  expect(room.given.voice).toBe('Kore');
});

test('of two at once only the one whose setting is refused is taken back, and the other comes into force', async () => {
  const { member, rooms, openRoom, settle, store } = setUp();
  const room = openRoom();
  rooms.hang(true);
  const [adam, beth] = [member('Adam'), member('Beth')];
  const first = adam.asks(PUCK);
  const second = beth.asks({ change: { language: 'de' }, saved: 'German.' });
  await settle();
  room.refuseSettings(NO_SUCH_VOICE);
  await first;
  expect(adam.answers[0]).toContain('does not take that');
  expect(beth.answers).toEqual([]);
  expect((await store.settings(GUILD)).settings).toMatchObject({ voice: 'Kore', language: 'de' });
  room.applySettings();
  await second;
  expect(beth.answers).toEqual(['German. It is in force now.']);
});

test('where it does not say which, everything that was new is taken back, but not what was set again since', async () => {
  const { member, rooms, openRoom, settle, store } = setUp();
  const room = openRoom();
  rooms.hang(true);
  const all = [PUCK, { change: { voice: 'Leda' } }, { change: { language: 'de' } }];
  const asked = all.map((wanted) => member('Adam').asks(wanted));
  await settle();
  await store.saveSettings(GUILD, { language: 'fr' });
  room.refuseSettings({ code: 'LIVE_SETUP_REFUSED', details: { setting: 'setup' } });
  await Promise.all(asked);
  expect((await store.settings(GUILD)).settings).toMatchObject({ voice: 'Kore', language: 'fr' });
});

test('a refusal that cannot be saved is told with what to do', async () => {
  let saves = 0;
  const { member, rooms, openRoom, settle, log } = setUp({
    store: (inner) => ({
      saveSettings: (...given) =>
        saves++ === 0 ? inner.saveSettings(...given) : Promise.reject(new ParleyError('STORE_WRITE_FAILED')),
    }),
  });
  const room = openRoom();
  rooms.hang(true);
  const adam = member('Adam');
  const asked = adam.asks(PUCK);
  await settle();
  room.refuseSettings(NO_SUCH_VOICE);
  await asked;
  expect(adam.answers[0]).toContain('please set it again');
  expect(log.messages('error')).toHaveLength(1);
});
