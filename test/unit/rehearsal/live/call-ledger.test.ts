import { expect, test } from 'vitest';
import { createCallLedger } from '../../../../src/rehearsal/live/call-ledger.ts';

const call = (id: string, behaviour: 'BLOCKING' | 'NON_BLOCKING') => ({ id, name: 'roll', behaviour });
const response = (id: string, more: object = {}) => ({ id, name: 'roll', response: {}, ...more });

test('a blocking batch is complete with its last response, and holds them all', () => {
  const ledger = createCallLedger();
  ledger.issue([call('a', 'BLOCKING'), call('b', 'BLOCKING')]);
  expect(ledger.blockingOpen).toBe(true);
  expect(ledger.respond(response('b'))).toEqual({ type: 'blocking', complete: null });
  expect(ledger.respond(response('b'))).toEqual({ type: 'duplicate' });
  expect(ledger.respond(response('a'))).toEqual({ type: 'blocking', complete: [response('b'), response('a')] });
  expect(ledger.blockingOpen).toBe(false);
});

test('a call that does not block stays open while more is to come', () => {
  const ledger = createCallLedger();
  ledger.issue([call('a', 'NON_BLOCKING')]);
  expect([ledger.blockingOpen, ledger.anyOpen]).toEqual([false, true]);
  expect(ledger.respond(response('a', { willContinue: true }))).toEqual({ type: 'non-blocking' });
  expect(ledger.anyOpen).toBe(true);
  expect(ledger.respond(response('a'))).toEqual({ type: 'non-blocking' });
  expect(ledger.anyOpen).toBe(false);
});

test('cancelling takes the blocking ones, with what was answered of them already', () => {
  const ledger = createCallLedger();
  ledger.issue([call('a', 'BLOCKING'), call('b', 'BLOCKING'), call('c', 'NON_BLOCKING')]);
  ledger.respond(response('a'));
  expect(ledger.cancelBlocking()).toEqual(['b']);
  expect(ledger.cancelBlocking()).toEqual([]);
  expect(ledger.respond(response('b'))).toEqual({ type: 'cancelled' });
  ledger.issue([call('d', 'BLOCKING')]);
  expect(ledger.respond(response('d'))).toEqual({ type: 'blocking', complete: [response('d')] });
  expect(ledger.respond(response('c'))).toEqual({ type: 'non-blocking' });
});

test('a call that was never made is unknown', () => {
  const ledger = createCallLedger();
  expect(ledger.respond(response('x'))).toEqual({ type: 'unknown' });
  expect(ledger.behaviourOf('x')).toBeNull();
});
