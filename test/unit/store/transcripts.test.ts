import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { StoredTurn } from '../../../src/store/store.ts';
import { TURNS_A_GUILD } from '../../../src/store/transcripts-tables.ts';
import { connect, freshPath, openStore } from '../../kit/database-file.ts';

const turn = (change: Partial<StoredTurn> = {}): StoredTurn => ({
  guildId: 'g',
  roomId: 'r',
  channelId: 'lounge',
  at: 1_000,
  role: 'user',
  speakers: [{ id: '1', name: 'Ada' }],
  text: 'Hello.',
  interrupted: false,
  ...change,
});

test('where the transcript goes is kept over a restart, changed, and taken away', async () => {
  const path = freshPath();
  const first = openStore(path);
  expect(await first.transcriptTarget('g')).toBeNull();
  await first.saveTranscriptTarget('g', { channelId: 'general', switchedOnBy: '1', place: null });
  first.close();
  const second = openStore(path);
  expect(await second.transcriptTarget('g')).toEqual({ channelId: 'general', switchedOnBy: '1', place: null });
  const place = { id: 'thread', name: 'Lounge · 2026-11-24' };
  await second.saveTranscriptTarget('g', { channelId: 'general', switchedOnBy: '1', place });
  expect((await second.transcriptTarget('g'))?.place).toEqual(place);
  expect(await second.transcriptTarget('h')).toBeNull();
  await second.saveTranscriptTarget('g', null);
  expect(await second.transcriptTarget('g')).toBeNull();
});

test('turns come back as they were, in order, by room', async () => {
  const store = openStore(':memory:');
  const answer = turn({
    role: 'model',
    speakers: [{ id: 'bot', name: 'Parley' }],
    text: 'Hi "you", \n',
    interrupted: true,
  });
  await store.addTranscriptTurns([turn({ at: 5 }), answer, turn({ roomId: 'other' }), turn({ guildId: 'h' })]);
  expect(await store.transcript('g', 'r')).toEqual([turn({ at: 5 }), answer]);
  expect(await store.transcript('h', 'other')).toEqual([]);
});

test('conversations are listed the latest first, a room that was moved once for each channel', async () => {
  const store = openStore(':memory:');
  await store.addTranscriptTurns([turn({ roomId: 'a', at: 10 }), turn({ roomId: 'b', at: 20 })]);
  await store.addTranscriptTurns([turn({ roomId: 'b', at: 30 }), turn({ roomId: 'b', channelId: 'studio', at: 40 })]);
  expect(await store.conversations('g')).toEqual([
    { roomId: 'b', channelId: 'studio', firstAt: 40, lastAt: 40 },
    { roomId: 'b', channelId: 'lounge', firstAt: 20, lastAt: 30 },
    { roomId: 'a', channelId: 'lounge', firstAt: 10, lastAt: 10 },
  ]);
});

test('of a guild the newest turns are kept, and those of others are left alone', async () => {
  const store = openStore(':memory:');
  await store.addTranscriptTurns([turn({ guildId: 'h', text: 'old' })]);
  const many = Array.from({ length: TURNS_A_GUILD + 3 }, (_, index) => turn({ text: String(index) }));
  await store.addTranscriptTurns(many.slice(0, -1));
  await store.addTranscriptTurns(many.slice(-1));
  const kept = await store.transcript('g', 'r');
  expect(kept).toHaveLength(TURNS_A_GUILD);
  expect(kept[0]?.text).toBe('3');
  expect(kept.at(-1)?.text).toBe(String(TURNS_A_GUILD + 2));
  expect(await store.transcript('h', 'r')).toHaveLength(1);
});

test('old turns are deleted, and their words are gone from the file', async () => {
  const path = freshPath();
  const store = openStore(path);
  await store.addTranscriptTurns([turn({ at: 99, text: 'pomegranate '.repeat(50) }), turn({ at: 100 })]);
  expect(await store.deleteTranscriptsBefore(100)).toBe(1);
  expect(await store.transcript('g', 'r')).toEqual([turn({ at: 100 })]);
  store.close();
  expect(readFileSync(path).includes('pomegranate')).toBe(false);
});

test('with a guild that is forgotten its transcript goes', async () => {
  const store = openStore(':memory:');
  await store.addTranscriptTurns([turn()]);
  await store.saveTranscriptTarget('g', { channelId: 'general', switchedOnBy: '1', place: null });
  expect(await store.guilds()).toEqual(['g']);
  await store.guildGone('g', 1);
  await store.forgetGuildsGoneBefore(2);
  expect(await store.transcript('g', 'r')).toEqual([]);
  expect(await store.transcriptTarget('g')).toBeNull();
});

test('a row that was damaged costs its names, not the transcript', async () => {
  const path = freshPath();
  const store = openStore(path);
  await store.addTranscriptTurns([turn()]);
  connect(path).exec(`UPDATE transcript_turns SET speakers = '{'`);
  expect(await store.transcript('g', 'r')).toEqual([turn({ speakers: [] })]);
});
