import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EditOutcome } from '../../../src/discord/panel/edit-panel.ts';
import { createPanel, EDIT_MS, REPOST_MS } from '../../../src/discord/panel/panel.ts';
import type { PanelBody } from '../../../src/discord/panel/panel-body.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';

/** Lets everything run that waits for nothing but promises. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const bodyOf = (word: string): PanelBody => ({ type: 17, components: [{ type: 10, content: word }] });
const wordOf = ({ components: [first] }: PanelBody): string => (first?.type === 10 ? first.content : '');

type Answer = EditOutcome | Error;

/** A channel in which one panel is shown, as the members see it. */
function setUp() {
  const clock = createFakeClock();
  const log = createRecordingLog();
  const requests: { readonly at: number; readonly what: string }[] = [];
  const remembered = new Set<string>();
  const channel = {
    now: 'first',
    shown: null as string | null,
    mayPost: true,
    answers: [] as Answer[],
    before: Promise.resolve(),
  };
  const startedAt = clock.now();
  const note = (what: string): void => void requests.push({ at: clock.now() - startedAt, what });

  const panel = createPanel({
    board: {
      async postPanel(body) {
        note(`post ${wordOf(body)}`);
        if (!channel.mayPost) return null;
        channel.shown = wordOf(body);
        const messageId = `m${requests.length}`;
        return {
          channelId: 'lounge',
          messageId,
          async edit(next) {
            note(`edit ${wordOf(next)}`);
            await channel.before;
            const answer = channel.answers.shift() ?? 'edited';
            if (answer instanceof Error) throw answer;
            channel.shown = answer === 'edited' ? wordOf(next) : null;
            return answer;
          },
        };
      },
    },
    render: () => bodyOf(channel.now),
    memory: {
      remember: ({ messageId }) => void remembered.add(messageId),
      forget: async ({ messageId }) => void remembered.delete(messageId),
    },
    clock,
    log,
  });

  return {
    ...{ clock, log, channel, panel, remembered, requests },
    what: () => requests.map(({ what }) => what),
    async change(now: string) {
      channel.now = now;
      panel.changed();
      clock.advance(0);
      await settle();
    },
    async pass(ms: number) {
      clock.advance(ms);
      await settle();
    },
  };
}

async function posted() {
  const all = setUp();
  await all.panel.post();
  await all.pass(EDIT_MS);
  return all;
}

test('a change after a quiet while is shown at once', async () => {
  const { change, what } = await posted();
  await change('second');
  expect(what()).toEqual(['post first', 'edit second']);
});

test('a burst of changes takes two edits, and the last one is what stays', async () => {
  const { change, pass, what } = await posted();
  for (const word of ['a', 'b', 'c', 'd', 'e']) await change(word);
  await pass(EDIT_MS);
  await pass(60_000);
  expect(what()).toEqual(['post first', 'edit a', 'edit e']);
});

test('what looks the same is not edited, also when it was different in between', async () => {
  const { change, pass, what } = await posted();
  await change('first');
  await change('second');
  await change('third');
  await change('second');
  await pass(60_000);
  expect(what()).toEqual(['post first', 'edit second']);
});

test('a panel that was deleted is posted anew at the next change, with what is true then', async () => {
  const { channel, change, pass, what, remembered } = await posted();
  await pass(REPOST_MS);
  channel.answers.push('gone');
  await change('second');
  await pass(0);
  expect(what()).toEqual(['post first', 'edit second', 'post second']);
  expect([...remembered]).toEqual(['m3']);
});

test('whoever deletes it again and again sees it once a minute', async () => {
  const { channel, change, pass, requests } = await posted();
  for (let i = 0; i < 100; i++) {
    channel.answers = ['gone'];
    await change(`change ${i}`);
    await pass(3_000);
  }
  const posts = requests.filter(({ what }) => what.startsWith('post')).map(({ at }) => at);
  expect(posts).toHaveLength(6);
  const apart = posts.slice(1).map((at, index) => at - (posts[index] ?? 0));
  expect(Math.min(...apart)).toBeGreaterThanOrEqual(REPOST_MS);
});

test('where there was no place for it, it is posted at a change later, at most once a minute', async () => {
  const { channel, panel, change, pass, what } = setUp();
  channel.mayPost = false;
  expect(await panel.post()).toBe(false);
  await change('second');
  await change('third');
  channel.mayPost = true;
  await pass(REPOST_MS - 1);
  expect(what()).toEqual(['post first']);
  await pass(1);
  expect(what()).toEqual(['post first', 'post third']);
  expect(channel.shown).toBe('third');
});

test('what changes while it is being posted, or edited, is shown after that', async () => {
  const { channel, panel, pass } = setUp();
  const post = panel.post();
  await Promise.resolve();
  channel.now = 'second';
  panel.changed();
  await post;
  await pass(EDIT_MS);
  expect(channel.shown).toBe('second');
});

test('a change while it is being posted in vain does not have it tried again before its time', async () => {
  const { channel, panel, pass, what } = setUp();
  channel.mayPost = false;
  const post = panel.post();
  await Promise.resolve();
  channel.now = 'second';
  panel.changed();
  await post;
  await pass(REPOST_MS - 1);
  expect(what()).toEqual(['post first']);
  await pass(1);
  expect(what()).toEqual(['post first', 'post second']);
});

test('an edit that fails is logged and made good by the next change, even back to what was there', async () => {
  const { channel, change, pass, log } = await posted();
  channel.answers.push(new Error('500'));
  await change('second');
  await pass(EDIT_MS);
  expect(channel.shown).toBe('first');
  expect(log.messages('warn')).toEqual(['a panel could not be brought up to date']);
  await change('first');
  await pass(EDIT_MS);
  await change('third');
  await pass(EDIT_MS);
  expect(channel.shown).toBe('third');
});

test('closing shows the last words at once, though an edit was only just made, and nothing after them', async () => {
  const { channel, panel, change, clock, pass, what, remembered } = await posted();
  await change('second');
  channel.now = 'third';
  panel.changed();
  await panel.close(bodyOf('over'));
  panel.changed();
  expect(clock.pending).toBe(0);
  await pass(60_000);
  expect(what()).toEqual(['post first', 'edit second', 'edit over']);
  expect([...remembered]).toEqual([]);
});

test('closing while Discord takes its time drops the changes that were waiting', async () => {
  const { channel, panel, change, pass, what } = await posted();
  const slow = Promise.withResolvers<void>();
  channel.before = slow.promise;
  await change('second');
  await change('third');
  await pass(EDIT_MS);
  const closed = panel.close(bodyOf('over'));
  slow.resolve();
  await closed;
  await pass(60_000);
  expect(what()).toEqual(['post first', 'edit second', 'edit over']);
});

test('a panel that could not be switched off stays remembered; one that is gone does not', async () => {
  const failing = await posted();
  failing.channel.answers.push(new Error('503'));
  await failing.panel.close(bodyOf('over'));
  expect([...failing.remembered]).toEqual(['m1']);
  const deleted = await posted();
  deleted.channel.answers.push('gone');
  await deleted.panel.close(bodyOf('over'));
  await deleted.pass(REPOST_MS);
  expect([...deleted.remembered]).toEqual([]);
  expect(deleted.what()).toEqual(['post first', 'edit over']);
});

test('closed before it was posted, it is never posted', async () => {
  const { panel, what, pass } = setUp();
  await panel.close(bodyOf('over'));
  await panel.post();
  await pass(60_000);
  expect(what()).toEqual([]);
});

test('closed while it is being posted, it is posted and switched off', async () => {
  const { panel, what } = setUp();
  const post = panel.post();
  await Promise.resolve();
  await panel.close(bodyOf('over'));
  await post;
  expect(what()).toEqual(['post first', 'edit over']);
});

test('no click on another message is taken for one on the panel, once it is known which that is', async () => {
  const { panel } = setUp();
  expect(panel.isMessage('m1')).toBe(false);
  const post = panel.post();
  await Promise.resolve();
  // Discord shows it before it tells its id.
  expect(panel.isMessage('m1')).toBe(true);
  await post;
  expect([panel.isMessage('m1'), panel.isMessage('m0')]).toEqual([true, false]);
});

test('whatever happens, edits keep their distance, repeat nothing, and in the end show what is true', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('change' as const), word: fc.constantFrom('a', 'b', 'c') }),
    fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 5_000 }) }),
    fc.record({
      kind: fc.constant('answer' as const),
      answer: fc.constantFrom<Answer>('gone', new Error('500')),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { channel, change, pass, panel, requests } = setUp();
      await panel.post();
      for (const it of steps) {
        if (it.kind === 'change') await change(it.word);
        else if (it.kind === 'pass') await pass(it.ms);
        else channel.answers = [it.answer];
      }
      channel.answers = [];
      await pass(EDIT_MS);
      await change('last');
      for (let i = 0; i < 3; i++) await pass(REPOST_MS);
      expect(channel.shown).toBe('last');
      requests.slice(1).forEach(({ at, what }, index) => {
        const before = requests[index] ?? { at: 0, what: '' };
        if (what.startsWith('edit')) expect(at - before.at).toBeGreaterThanOrEqual(EDIT_MS);
      });
    }),
    { numRuns: 150 },
  );
});
