import { expect, test } from 'vitest';
import { lengthOff, startWorld } from '../e2e/harness.ts';

/** The same network in every run. */
function repeatable(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state / 0x8000_0000;
  };
}

test.concurrent.for([
  ['1 % of the packets lost', { loss: 0.01, random: repeatable(3) }],
  ['5 % of the packets lost', { loss: 0.05, random: repeatable(5) }],
  ['packets out of order, some twice', { reorder: 0.1, duplicate: 0.05, random: repeatable(7) }],
  ['60 ms of jitter', { jitterMs: 60, random: repeatable(9) }],
  ['packets of 40 ms', { frameMs: 40 }],
  ['packets of 60 ms', { frameMs: 60 }],
  ['header extensions', { headerExtension: true }],
] as const)('with %s the utterance keeps its length and is understood', async ([, network], context) => {
  const { live, log, enter, join, say, window } = await startWorld(context);
  const adam = enter('Adam');
  await join('Adam');
  live.control.nextAnswers({ kind: 'nothing' });
  await say(adam, 'something', network);
  const heard = await window(0);
  expect(heard.recognition?.best?.id).toBe('something');
  expect(Math.abs(lengthOff(heard))).toBeLessThanOrEqual(60);
  expect(log.messages('error')).toEqual([]);
});

test.concurrent.for(['forged', 'garbageOpus', 'undecryptable', 'clear'] as const)(
  'after a burst of %s packets the room hears and talks',
  async (kind, context) => {
    const { live, log, enter, join, say, window, answer } = await startWorld(context);
    const adam = enter('Adam');
    await join('Adam');
    await adam.sendRaw(kind, { count: 60 });
    live.control.nextAnswers({ kind: 'say', text: 'Yes, I hear you.' });
    await say(adam, 'something');
    const heard = live.windows.findLast(({ recognition }) => recognition?.best) ?? (await window(0));
    expect(heard.recognition?.best?.id).toBe('something');
    expect((await answer(heard.index)).audioMs).toBeGreaterThan(0);
    await adam.heard.until(({ voiced }) => voiced.some(({ at }) => at > (heard.endedAt ?? 0)));
    expect(log.messages('error')).toEqual([]);
  },
);

test.concurrent('a member of whom the call was never told leaves the room hearing and talking', async (context) => {
  const { discord, live, enter, join, say, window } = await startWorld(context);
  const adam = enter('Adam');
  await join('Adam');
  discord.voice.call(discord.control.channel('Lounge').id)?.unannouncedJoins();
  enter('Beth');
  live.control.nextAnswers({ kind: 'nothing' });
  await discord.voice.call(discord.control.channel('Lounge').id)?.until((call) => call.botSecured);
  await say(adam, 'something');
  expect((await window(0)).recognition?.best?.id).toBe('something');
});
