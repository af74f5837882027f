import { DiscordAPIError } from 'discord.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTranscriptDraft, MOST_WAITING } from '../../../src/discord/transcript/transcript-draft.ts';
import type { StuckReason } from '../../../src/discord/transcript/transcript-failure.ts';
import type { Entry } from '../../../src/discord/transcript/transcript-pages.ts';
import { createTranscriptWriter, type TranscriptPlace } from '../../../src/discord/transcript/transcript-writer.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';

const entry = (key: string, text: string, change: Partial<Entry> = {}): Entry => ({
  ...{ key, names: ['Ada'], text, mark: null, final: true, fresh: false, continued: false },
  ...change,
});
const refusal = (code: number, status: number): DiscordAPIError =>
  new DiscordAPIError({ code, message: 'no' }, code, status, 'POST', 'url', {});

/** A thread that the test owns. */
function setUp({ intro = null as string | null } = {}) {
  const clock = createFakeClock();
  const messages = new Map<string, string>();
  const calls: string[] = [];
  const times: number[] = [];
  const stuck: StuckReason[] = [];
  let failure: Error | null = null;
  const called = (what: string): void => {
    calls.push(what);
    times.push(clock.now());
    if (failure !== null) throw failure;
  };
  const place: TranscriptPlace = {
    id: 'thread',
    async post(text) {
      called('post');
      const id = `m${messages.size + 1}`;
      messages.set(id, text);
      return id;
    },
    async edit(id, text) {
      called('edit');
      if (!messages.has(id)) throw refusal(10_008, 404);
      messages.set(id, text);
    },
    async remove(id) {
      called('remove');
      messages.delete(id);
    },
  };
  const writer = createTranscriptWriter({
    open: async () => {
      called('open');
      return { place, intro };
    },
    onStuck: (why) => stuck.push(why),
    clock,
    log: createRecordingLog(),
  });
  /** Lets seconds pass, and what is called in them be answered. */
  const pass = async (seconds: number): Promise<void> => {
    for (let tenth = 0; tenth <= seconds * 10; tenth++) {
      await new Promise(setImmediate);
      if (tenth < seconds * 10) clock.advance(100);
    }
  };
  const fail = (error: Error | null): void => {
    failure = error;
  };
  return { clock, writer, messages, calls, times, stuck, pass, fail, read: () => [...messages.values()] };
}

test('nothing is opened before somebody speaks; then the introduction comes first', async () => {
  const { writer, pass, calls, read } = setUp({ intro: 'This is a transcript.' });
  await pass(2);
  expect(calls).toEqual([]);
  writer.put(entry('1', 'Hello.'));
  await pass(3);
  expect(read()).toEqual(['This is a transcript.', '**Ada**: Hello\\.']);
  expect(writer.placeId).toBe('thread');
});

test('a turn that grows is one message, edited in place, with at most one call a second', async () => {
  const { writer, pass, times, calls, read } = setUp();
  for (const text of ['One', 'One two', 'One two three', 'One two three four']) {
    writer.put(entry('1', text, { final: false }));
    await pass(0.4);
  }
  writer.put(entry('1', 'One two three four five', { mark: 'interrupted' }));
  await pass(5);
  expect(read()).toEqual(['**Ada**: One two three four five *(interrupted)*']);
  expect(calls[0]).toBe('open');
  expect(calls.filter((call) => call === 'post')).toHaveLength(1);
  expect(calls.length).toBeLessThanOrEqual(4);
  for (const [index, at] of times.entries()) expect(at - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(1_000);
});

test('a turn that is taken away is gone from its message, and an empty message with it', async () => {
  const { writer, pass, read } = setUp();
  writer.put(entry('1', 'Secret', { final: false }));
  await pass(2);
  expect(read()).toHaveLength(1);
  writer.drop('1');
  await pass(2);
  expect(read()).toEqual([]);
});

test('a message that a moderator deletes stays deleted, and what comes after is written', async () => {
  const { writer, pass, messages, read } = setUp();
  writer.put(entry('1', 'Rude', { final: false }));
  await pass(2);
  messages.clear();
  writer.put(entry('1', 'Rude words'));
  await pass(2);
  writer.put(entry('2', 'Later', { fresh: true }));
  await pass(3);
  expect(read()).toEqual(['**Ada**: Later']);
});

test('when Discord is down everything is kept, tried again ever less often, and written in order', async () => {
  const { writer, pass, fail, calls, read, stuck } = setUp();
  fail(refusal(0, 503));
  for (let turn = 0; turn < 20; turn++) writer.put(entry(String(turn), `Turn ${turn}`));
  await pass(60);
  expect(calls.length).toBeLessThan(8);
  expect(stuck).toEqual([]);
  fail(null);
  await pass(70);
  expect(
    read()
      .join('\n')
      .match(/Turn \d+/g),
  ).toEqual(Array.from({ length: 20 }, (_, turn) => `Turn ${turn}`));
});

test('a lost permission is told once, and what was said meanwhile is there when it is given back', async () => {
  const { writer, pass, fail, stuck, calls, read } = setUp();
  writer.put(entry('1', 'Before'));
  await pass(3);
  fail(refusal(50_013, 403));
  writer.put(entry('2', 'During'));
  await pass(130);
  expect(stuck).toEqual(['forbidden']);
  expect(writer.stuck).toBe('forbidden');
  expect(calls.length).toBeLessThan(8);
  fail(null);
  await pass(61);
  expect(writer.stuck).toBeNull();
  expect(read()).toEqual(['**Ada**: Before\n**Ada**: During']);
});

test('a thread that was deleted is told once, and nobody writes to it again', async () => {
  const { writer, pass, fail, stuck, calls } = setUp();
  writer.put(entry('1', 'Before'));
  await pass(3);
  fail(refusal(10_003, 404));
  writer.put(entry('2', 'After'));
  await pass(2);
  const then = calls.length;
  writer.put(entry('3', 'Later'));
  await pass(120);
  expect(calls).toHaveLength(then);
  expect(stuck).toEqual(['gone']);
  await writer.finish();
});

test('whoever switches it on is told what is in the way', async () => {
  const { writer, fail, pass } = setUp();
  fail(refusal(160_006, 400));
  const begun = writer.begin();
  await pass(1);
  expect(await begun).toBe('threadLimit');
  const healthy = setUp({ intro: 'Hello' });
  const ready = healthy.writer.begin();
  await healthy.pass(2);
  expect(await ready).toBeNull();
  expect(healthy.read()).toEqual(['Hello']);
});

test('the end waits for the last words, and in a hurry no second is lost between them', async () => {
  const { writer, clock, read } = setUp({ intro: 'Intro' });
  writer.put(entry('1', 'Last', { final: false }));
  writer.put(entry('2', 'Words', { fresh: true }));
  writer.hurry();
  await writer.finish();
  expect(read()).toEqual(['Intro', '**Ada**: Last', '**Ada**: Words']);
  expect(clock.pending).toBe(0);
});

test('the end does not wait for a Discord that stays down', async () => {
  const { writer, fail, pass, clock } = setUp();
  fail(new Error('network'));
  writer.put(entry('1', 'Lost'));
  let over = false;
  void writer.finish().then(() => {
    over = true;
  });
  await pass(40);
  expect(over).toBe(true);
  expect(clock.pending).toBe(0);
});

test('of too many turns that wait the oldest are left out', () => {
  const draft = createTranscriptDraft();
  const kept = Array.from({ length: MOST_WAITING + 1 }, (_, turn) => draft.put(entry(String(turn), `Turn ${turn}`)));
  expect(kept.filter((it) => !it)).toHaveLength(1);
  const first = draft.next();
  expect(first?.type === 'post' && first.text.split('\n')[0]).toBe('**Ada**: Turn 1');
});

/** Two sides whose turns grow, end and are taken away, with calls in between. */
const steps = fc.array(
  fc.oneof(
    fc.record({ act: fc.constant('say' as const), side: fc.nat(1), words: fc.integer({ min: 1, max: 300 }) }),
    fc.record({ act: fc.constantFrom('end' as const, 'drop' as const), side: fc.nat(1) }),
    fc.record({ act: fc.constant('call' as const), count: fc.integer({ min: 1, max: 3 }) }),
  ),
  { maxLength: 60 },
);

test('whatever happens in whatever order, the messages end as the conversation was: nothing lost, twice or out of order', () => {
  fc.assert(
    fc.property(steps, (script) => {
      const draft = createTranscriptDraft();
      const messages: { id: string; text: string }[] = [];
      const said: { key: string; words: number }[] = [];
      const open: (string | null)[] = [null, null];
      let [turns, ids] = [0, 0];
      const call = (): boolean => {
        const change = draft.next();
        if (change === null) return false;
        const id = change.type === 'post' ? `m${++ids}` : change.messageId;
        const at = messages.findIndex((message) => message.id === id);
        if (change.type === 'post') messages.push({ id, text: change.text });
        else if (change.type === 'edit') messages[at] = { id, text: change.text };
        else messages.splice(at, 1);
        draft.made(change, id);
        return true;
      };
      const put = (key: string, words: number, final: boolean): void => {
        const text = Array.from({ length: words }, (_, index) => `${key}w${index}`).join(' ');
        draft.put(entry(key, text, { final }));
      };
      for (const step of script) {
        if (step.act === 'call') for (let n = 0; n < step.count; n++) call();
        else {
          const key = open[step.side] ?? null;
          const turn = said.find((it) => it.key === key);
          if (step.act === 'say') {
            const now = turn ?? { key: `t${++turns}`, words: 0 };
            if (turn === undefined) said.push(now);
            now.words += step.words;
            open[step.side] = now.key;
            put(now.key, now.words, false);
          } else if (turn !== undefined) {
            open[step.side] = null;
            if (step.act === 'end') put(turn.key, turn.words, true);
            else {
              said.splice(said.indexOf(turn), 1);
              draft.drop(turn.key);
            }
          }
        }
      }
      draft.end();
      for (let left = 1_000; call(); left--) expect(left).toBeGreaterThan(0);
      const read = messages.flatMap(({ text }) => text.match(/t\d+w\d+/g) ?? []);
      const wanted = said.flatMap(({ key, words }) => Array.from({ length: words }, (_, index) => `${key}w${index}`));
      expect(read).toEqual(wanted);
    }),
    { numRuns: 200 },
  );
}, 20_000);
