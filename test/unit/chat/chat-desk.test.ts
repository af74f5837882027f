import { expect, test } from 'vitest';
import { createChatDesk } from '../../../src/chat/chat-desk.ts';
import type { Problem } from '../../../src/errors.ts';
import type { ChatStore } from '../../../src/store/chat.ts';
import { DEFAULT_SETTINGS, type LiveEndpoint } from '../../../src/types/settings.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createMemoryRooms, type MemoryRoom } from '../../kit/memory-rooms.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';
import { createTestPlace, questionOf, settled, type TestPlace } from './questions.ts';

const LIVE: LiveEndpoint = { apiKey: 'no-key', baseUrl: null, model: 'gemini-3.8-live' };
const NO_STORE: ChatStore = {
  chatSettings: async () => [],
  saveChatSettings: async () => undefined,
  textRoom: async () => null,
  saveTextRoom: async () => undefined,
  removeTextRoom: async () => undefined,
};

function setUp({ spent = null as Problem | null } = {}) {
  const clock = createFakeClock();
  const log = createRecordingLog();
  const rooms = createMemoryRooms({ on: (event) => desk.on(event) });
  const desk = createChatDesk({
    ...{ rooms, store: NO_STORE, live: LIVE, clock, log, now: () => clock.now() },
    choices: { of: () => ({ channelId: 'chosen', images: 'medium' }) },
    media: {
      encodeVoice: async (pcm) => ({
        ok: true,
        file: new Uint8Array(1),
        durationSecs: pcm.length / 24_000,
        waveform: '',
      }),
    },
    readSettings: async () => ({ settings: DEFAULT_SETTINGS, revision: 0 }),
    selfIn: () => ({ selfId: 'parley', selfName: 'Parley' }),
    spent: async () => spent,
  });
  const openVoice = (channelId = 'lounge'): MemoryRoom => {
    const place = { guildId: 'guild', channelId, channelKind: 'voice', selfId: 'parley', selfName: 'Parley' } as const;
    rooms.open({ ...place, settings: DEFAULT_SETTINGS, revision: 0, roster: [], live: LIVE, handle: null, seed: [] });
    return rooms.latest();
  };
  const ask = async (change: Parameters<typeof questionOf>[0] = {}): Promise<TestPlace> => {
    const place = createTestPlace(change.channelId);
    desk.ask(questionOf({ place, ...change }));
    await settled();
    return place;
  };
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await settled();
  };
  return { clock, log, rooms, desk, openVoice, ask, pass };
}

test('from the voice channel’s chat and the chosen channel it goes into the voice room, from elsewhere into the channel’s own', async () => {
  const { rooms, openVoice, ask } = setUp();
  await ask({ channelId: 'chosen', text: 'Before' });
  const voice = openVoice();
  await ask({ channelId: 'chosen', text: 'Chosen' });
  voice.typing.answer({ status: 'done', text: 'Yes.' });
  await settled();
  await ask({ channelId: 'lounge', text: 'Lounge' });
  await ask({ channelId: 'general', text: 'General' });
  expect(voice.typing.turns.map(({ text }) => text)).toEqual(['Ada: Chosen', 'Ada: Lounge']);
  expect(rooms.openedText.map(({ channelId }) => channelId)).toEqual(['chosen', 'general']);
});

test('a model that says nothing gives a short answer that says so, and so does one that has sent only blanks', async () => {
  const { rooms, ask } = setUp();
  const first = await ask();
  rooms.latestText().typing.answer({ status: 'silent' });
  await settled();
  expect(first.read).toEqual(['I have no answer to that.']);
  const second = await ask();
  rooms.latestText().typing.answer({ status: 'done', text: ' ' });
  await settled();
  expect(second.read).toEqual(['I have no answer to that.']);
});

test('a text room that gives no sign for a minute is not waited for, and what it says later is nobody’s', async () => {
  const { rooms, ask, pass, clock } = setUp();
  const place = await ask();
  const { typing } = rooms.latestText();
  await pass(59_000);
  expect(place.read).toEqual([]);
  rooms.hang(true);
  await pass(2_000);
  expect(typing.dropped).toHaveLength(1);
  expect(place.read).toEqual(['I have no answer to that.']);
  await pass(200_000);
  expect(rooms.latestText().status.status).toBe('ended');
  expect(clock.pending).toBe(0);
});

test('an answer that breaks off says so, and nothing is asked again', async () => {
  const { rooms, ask, pass } = setUp();
  const place = await ask();
  rooms.latestText().typing.answer({ status: 'growing', text: 'It is' });
  await settled();
  await pass(61_000);
  expect(place.read).toEqual(['It is\n-# The connection broke off here. Ask again for the rest.']);
  expect(rooms.openedText).toHaveLength(1);
});

test('what was not begun when a voice room ended is asked in writing, in its order', async () => {
  const { rooms, openVoice, ask, pass } = setUp();
  const voice = openVoice();
  const places = [await ask({ channelId: 'lounge', text: 'One' })];
  places.push(await ask({ channelId: 'lounge', text: 'Two' }));
  places.push(await ask({ channelId: 'chosen', text: 'Three', alone: true }));
  voice.end({ kind: 'left' });
  await settled();
  await settled();
  const [lounge, chosen] = rooms.openedText;
  expect([lounge?.channelId, chosen?.channelId]).toEqual(['lounge', 'chosen']);
  lounge?.typing.answer({ status: 'done', text: 'First.' });
  chosen?.typing.answer({ status: 'done', text: 'Third.' });
  await pass(1_000);
  lounge?.typing.answer({ status: 'done', text: 'Second.' });
  await settled();
  expect(lounge?.typing.turns.map(({ text }) => text)).toEqual(['One', 'Two']);
  expect(places.map(({ read }) => read)).toEqual([['First.'], ['Second.'], ['Third.']]);
});

test('a room that cannot be opened, or fails, is told in words that fit writing; each question once', async () => {
  const { rooms, ask } = setUp();
  const waiting = await ask();
  rooms.latestText().end({ kind: 'failed', problem: { code: 'LIVE_LOST', details: {} } });
  await settled();
  expect(waiting.refusals).toEqual(['I have lost the connection to Gemini. Ask again in a minute.']);
  expect(waiting.read).toEqual([]);
});

test('when nothing more may be spent, nothing is asked', async () => {
  const { rooms, ask } = setUp({ spent: { code: 'TOKENS_LIMIT', details: { reset: 'soon' } } });
  const place = await ask();
  expect(place.refusals).toEqual(['This server’s token limit for today is used up. It starts again soon.']);
  expect(rooms.openedText).toEqual([]);
});

test('a question that has waited for five minutes is not asked any more', async () => {
  const { openVoice, ask, pass } = setUp();
  const voice = openVoice();
  await ask({ channelId: 'lounge', text: 'One' });
  const late = await ask({ channelId: 'lounge', text: 'Two', alone: true });
  await pass(299_000);
  voice.typing.answer({ status: 'growing', text: 'Well' });
  await pass(2_000);
  expect(late.refusals).toEqual(['I did not get to this in time. Ask again if you still want to know.']);
  voice.typing.answer({ status: 'done', text: 'Well.' });
  await pass(2_000);
  expect(voice.typing.turns).toHaveLength(1);
});

test('the sound of an answer becomes one voice message; where nobody asked for it there is none', async () => {
  const { rooms, ask } = setUp();
  const place = await ask({ byVoice: true });
  const { typing } = rooms.latestText();
  const { turnId = '', wantsSound } = typing.turns[0] ?? {};
  expect(wantsSound).toBe(true);
  typing.sound(turnId, new Int16Array(24_000), false);
  typing.answer({ status: 'done', text: 'A tone.' });
  await settled();
  typing.sound(turnId, new Int16Array(12_000), true);
  await settled();
  expect(place.spoken).toEqual([1.5]);
  const silent = await ask();
  const next = typing.turns[1]?.turnId ?? '';
  typing.sound(next, new Int16Array(24_000), true);
  await settled();
  expect(silent.spoken).toEqual([]);
});

test('twenty wait, the next is told so; and everything is let go of in the end', async () => {
  const { rooms, desk, ask, pass, clock } = setUp();
  const asker = { guildId: 'guild', channelId: 'general', memberId: 'ada' };
  const places = [await ask()];
  for (let n = 0; n < 20; n++) places.push(await ask({ text: `Question ${n}` }));
  expect(desk.admit(asker)?.(((key: string) => key) as never)).toBe('chat.full');
  desk.drain();
  await settled();
  expect(places.slice(1).map(({ refusals }) => refusals)).toEqual(
    Array.from({ length: 20 }, () => ['I am being restarted. Try again in a minute.']),
  );
  expect((await ask()).refusals).toEqual(['I am being restarted. Try again in a minute.']);
  rooms.latestText().end({ kind: 'shutdown' });
  await settled();
  expect(places[0]?.refusals).toEqual(['I am being restarted. Try again in a minute.']);
  await desk.close();
  await pass(0);
  expect(clock.pending).toBe(0);
});
