import { expect, test } from 'vitest';
import { BREAKER_AFTER, MOST_FAILURES, MOST_FAILURES_AT_FIRST, nextAttempt } from '../../../src/live/backoff.ts';
import { classifyClose } from '../../../src/live/close-reasons.ts';

const setup = { established: false, withHandle: false, handleFailures: 0, changed: false };
const resuming = { ...setup, withHandle: true };
const changed = { ...setup, changed: true };
const talking = { ...setup, established: true };

/** The table of reference/live-api.md §8.4. */
test.each([
  [1000, '', talking, 'resume'],
  [1005, '', talking, 'resume'],
  [1006, '', talking, 'resume'],
  [1006, '', setup, 'retry'],
  [1007, 'Request contains an invalid argument.', setup, 'fatal LIVE_SETUP_REFUSED'],
  [
    1007,
    `Invalid JSON payload received. Unknown name "x" at 'setup': Cannot find field.`,
    setup,
    'fatal LIVE_SETUP_REFUSED',
  ],
  [1007, 'Request contains an invalid argument.', resuming, 'dropHandle'],
  [1007, 'CONTENT_TYPE_AUDIO is not supported for this model configuration', talking, 'resume'],
  [1007, 'Request contains an invalid argument.', talking, 'resume'],
  [1007, `Requested voice api_name 'X' is not available for model models/Y`, resuming, 'fatal LIVE_SETUP_REFUSED'],
  [1007, 'Request contains an invalid argument.', changed, 'revert'],
  [1007, 'Request contains an invalid argument.', { ...changed, withHandle: true }, 'revert'],
  [1008, 'Requested entity was not found', { ...changed, withHandle: true }, 'dropHandle'],
  [1007, `Requested voice api_name 'X' is not available for model models/Y`, changed, 'revert'],
  [1007, 'API key not valid. Please pass a valid API key.', changed, 'fatal LIVE_KEY_REFUSED'],
  [1007, 'API key not valid. Please pass a valid API key.', resuming, 'fatal LIVE_KEY_REFUSED'],
  [1007, 'API key expired. Please renew the API key.', talking, 'fatal LIVE_KEY_REFUSED'],
  [1008, 'Your API key was reported as leaked. Please use another API key.', setup, 'fatal LIVE_KEY_REFUSED'],
  [1008, `Method doesn't allow unregistered callers`, setup, 'fatal LIVE_KEY_REFUSED'],
  [
    1008,
    'models/x is not found for API version v1beta, or is not supported for bidiGenerateContent',
    setup,
    'fatal LIVE_MODEL_REFUSED',
  ],
  [1008, 'Operation is not implemented, or supported, or enabled', talking, 'resume'],
  [1008, 'The operation was aborted', setup, 'retry'],
  [1008, 'Requested entity was not found', resuming, 'dropHandle'],
  [1011, 'Internal error encountered.', talking, 'retry'],
  [1011, 'The service is currently unavailable.', setup, 'retry'],
  [1011, 'Internal error encountered.', resuming, 'retry'],
  [1011, 'Internal error encountered.', { ...resuming, handleFailures: 1 }, 'dropHandle'],
  [1011, 'Deadline expired before operation could complete.', talking, 'resume'],
  [1011, 'You exceeded your current quota, please check your plan and billing details.', talking, 'quota'],
  [1013, '', talking, 'retry'],
] as const)('%i "%s" is met as it should be', (code, reason, context, expected) => {
  const verdict = classifyClose({ code, reason: reason.slice(0, 123), httpStatus: null }, context);
  expect(verdict.kind === 'fatal' ? `fatal ${verdict.code}` : verdict.kind).toBe(expected);
});

test.each([
  [401, 'fatal'],
  [403, 'fatal'],
  [404, 'retry'],
  [409, 'retry'],
  [429, 'quota'],
  [503, 'retry'],
])('a handshake answered with %i', (httpStatus, kind) => {
  expect(classifyClose({ code: 1006, reason: '', httpStatus }, setup).kind).toBe(kind);
});

test('delays grow with full jitter, then it is tried seldom, then it is over', () => {
  const at = (failures: number, random: number, everReady = true) =>
    nextAttempt({ failures, everReady, atLeastMs: null, random: () => random });
  expect(at(1, 0)).toEqual({ action: 'wait', ms: 0 });
  expect(at(1, 0.5)).toEqual({ action: 'wait', ms: 250 });
  expect(at(2, 0.5)).toEqual({ action: 'wait', ms: 500 });
  expect(at(BREAKER_AFTER, 0)).toEqual({ action: 'wait', ms: 30_000 });
  expect(at(MOST_FAILURES - 1, 0.9)).toEqual({ action: 'wait', ms: 57_000 });
  expect(at(MOST_FAILURES, 0)).toEqual({ action: 'giveUp' });
  expect(at(MOST_FAILURES_AT_FIRST, 0, false)).toEqual({ action: 'giveUp' });
  expect(nextAttempt({ failures: 1, everReady: true, atLeastMs: 9_000, random: () => 0 })).toEqual({
    action: 'wait',
    ms: 9_000,
  });
});
