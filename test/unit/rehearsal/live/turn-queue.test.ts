import { expect, test } from 'vitest';
import type { Turn } from '../../../../src/rehearsal/live/turn.ts';
import { createTurnQueue, type TurnQueue, type TurnRequest } from '../../../../src/rehearsal/live/turn-queue.ts';
import { createFakeClock } from '../../../kit/fake-clock.ts';

type Cause = TurnRequest['cause'];

/** A queue whose turns do nothing until they are ended by name. */
function startQueue(mayStart: (request: TurnRequest) => boolean = () => true) {
  const told: string[] = [];
  const clock = createFakeClock(0);
  let end: () => void = () => {};
  const queue: TurnQueue = createTurnQueue({
    clock,
    mayStart,
    start({ cause, texts }, over): Turn {
      const name = `${cause} ${texts.join()}`.trim();
      told.push(name);
      end = over;
      return {
        status: 'speaking',
        stop(at) {
          told.push(`stop ${name} at ${at}`);
        },
        answered: () => {},
        abandon() {
          told.push(`abandon ${name}`);
          over();
        },
      };
    },
    changed: () => {},
  });
  const add = (cause: Cause, text = ''): void =>
    queue.add({ cause, windows: [], texts: text === '' ? [] : [text], images: [], toolResponses: [], answer: null });
  return { queue, told, clock, add, end: () => end() };
}

test('there is one voice: turns come one after the other', () => {
  const { queue, told, add, end } = startQueue();
  add('text', 'a');
  add('text', 'b');
  expect(told).toEqual(['text a']);
  end();
  expect(told).toEqual(['text a', 'text b']);
  end();
  expect(queue.running).toBeNull();
});

test('an interruption stops what runs and what waits, at the time it was asked for; a tool’s result stays', () => {
  const { queue, told, add, end, clock } = startQueue();
  add('window', 'a');
  add('window', 'b');
  add('toolResponse');
  queue.interrupt(300);
  clock.advance(500);
  queue.interrupt(300);
  end();
  end();
  expect(told).toEqual([
    'window a',
    'stop window a at 300',
    'stop window a at 800',
    'window b',
    'stop window b at 300',
    'toolResponse',
  ]);
});

test('what may not start yet lets others pass, and starts when it may', () => {
  let mayTell = false;
  const { queue, told, add, end } = startQueue(({ cause }) => cause !== 'toolResponse' || mayTell);
  add('toolResponse');
  add('window');
  end();
  expect(told).toEqual(['window']);
  mayTell = true;
  queue.pump();
  expect(told).toEqual(['window', 'toolResponse']);
});

test('once closed, nothing starts any more', () => {
  const { queue, told, add } = startQueue();
  add('window');
  add('text');
  queue.close();
  add('text');
  queue.pump();
  expect(told).toEqual(['window', 'abandon window']);
});
