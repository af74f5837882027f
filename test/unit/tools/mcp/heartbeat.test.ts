import { expect, test } from 'vitest';
import { createHeartbeat } from '../../../../src/tools/mcp/heartbeat.ts';
import { createFakeClock } from '../../../kit/fake-clock.ts';

function start() {
  const clock = createFakeClock();
  const seen = { asked: 0, silent: [] as unknown[] };
  let answer: (() => Promise<void>) | null = null;
  const heartbeat = createHeartbeat({
    clock,
    ping: () => {
      seen.asked++;
      return answer === null ? Promise.resolve() : answer();
    },
    onSilent: (error) => seen.silent.push(error),
  });
  return {
    clock,
    seen,
    heartbeat,
    answerWith: (next: () => Promise<void>) => {
      answer = next;
    },
    settle: () => new Promise<void>((resolve) => setImmediate(resolve)),
  };
}

test('a server is asked once a minute whether it is there', async () => {
  const it = start();
  for (let minute = 0; minute < 3; minute++) {
    it.clock.advance(60_000);
    await it.settle();
  }
  expect(it.seen).toEqual({ asked: 3, silent: [] });
  it.heartbeat.close();
  expect(it.clock.pending).toBe(0);
});

test('one that does not answer is told of once, and not asked again', async () => {
  const it = start();
  it.answerWith(() => Promise.reject(new Error('refused')));
  it.clock.advance(60_000);
  await it.settle();
  it.heartbeat.check();
  it.clock.advance(600_000);
  await it.settle();
  expect(it.seen).toEqual({ asked: 1, silent: [new Error('refused')] });
});

test('trouble has it asked at once, but trouble with every question does not make it ask without end', async () => {
  const it = start();
  it.answerWith(async () => it.heartbeat.check());
  it.heartbeat.check();
  it.clock.advance(0);
  await it.settle();
  expect(it.seen.asked).toBe(1);
  for (let second = 0; second < 10; second++) {
    it.heartbeat.check();
    it.clock.advance(1_000);
    await it.settle();
  }
  expect(it.seen.asked).toBe(3);
  it.heartbeat.close();
});

test('a question that is open when the connection ends tells nobody anything', async () => {
  const it = start();
  const { promise, reject } = Promise.withResolvers<void>();
  it.answerWith(() => promise);
  it.clock.advance(60_000);
  it.heartbeat.close();
  reject(new Error('closed'));
  await it.settle();
  expect(it.seen.silent).toEqual([]);
  expect(it.clock.pending).toBe(0);
});
