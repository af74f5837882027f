import { expect, test } from 'vitest';
import { SHORT_ANSWER, startWorld } from '../e2e/harness.ts';

const ROOMS = 8;

/** Sockets and timers that keep a process alive, by kind. */
function resources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

test('rooms that were opened, talked in and left leave no socket and no timer behind', async (context) => {
  const { discord, live, log, enter, join, say, answer, command } = await startWorld(context);
  const adam = enter('Adam');
  const talk = async (): Promise<void> => {
    await join('Adam');
    const index = live.windows.length;
    live.control.nextAnswers({ kind: 'say', text: SHORT_ANSWER });
    await say(adam, 'go-on');
    await answer(index);
  };
  const leave = async (): Promise<void> => {
    expect(await command('Adam', 'leave')).toContain('I have left');
    await expect.poll(() => live.openSockets).toBe(0);
    await expect.poll(() => discord.control.botChannel()).toBeNull();
  };
  // What is kept for the next room (a warm codec, the loopbacks' own connections) is there after the first.
  await talk();
  await leave();
  const before = resources();
  for (let room = 1; room < ROOMS; room++) {
    await join('Adam');
    await leave();
  }
  for (const kind of ['TCPSocketWrap', 'UDPWrap', 'TLSWrap', 'Timeout'] as const) {
    await expect.poll(() => resources()[kind] ?? 0, { message: kind }).toBeLessThanOrEqual((before[kind] ?? 0) + 2);
  }
  expect(log.messages('error')).toEqual([]);
});
