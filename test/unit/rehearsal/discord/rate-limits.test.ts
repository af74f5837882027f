import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRateLimits } from '../../../../src/rehearsal/discord/rest/rate-limits.ts';

const START = 1_700_000_000_000;
const messages = (channel: number) => `/channels/${channel}/messages`;

test('a limit is used up, told by the headers, and starts again when its time is over', () => {
  const limits = createRateLimits();
  const take = (now: number) => limits.take('POST', messages(1), START + now);
  expect([0, 1, 2, 3, 4].map((now) => take(now).headers['X-RateLimit-Remaining'])).toEqual(['4', '3', '2', '1', '0']);
  const refused = take(1_500);
  expect(refused).toMatchObject({ allowed: false, global: false, retryAfterMs: 3_500 });
  expect(refused.headers).toMatchObject({
    'X-RateLimit-Reset-After': '3.500',
    'X-RateLimit-Reset': ((START + 5_000) / 1_000).toFixed(3),
    'X-RateLimit-Scope': 'user',
    'Retry-After': '4',
  });
  expect(take(4_999).allowed).toBe(false);
  expect(take(5_000)).toMatchObject({ allowed: true, headers: { 'X-RateLimit-Remaining': '4' } });
});

test('a channel has its own limit, a message has not', () => {
  const limits = createRateLimits();
  const left = (path: string) => limits.take('PATCH', path, START).headers['X-RateLimit-Remaining'];
  expect(left(`${messages(1)}/5`)).toBe('4');
  expect(left(`${messages(1)}/6`)).toBe('3');
  expect(left(`${messages(2)}/7`)).toBe('4');
});

test('the bucket’s name is the route’s: whatever channel, message or token is meant', () => {
  const limits = createRateLimits();
  const bucket = (method: string, path: string) => limits.take(method, path, START).headers['X-RateLimit-Bucket'];
  expect(bucket('POST', messages(1))).toBe(bucket('POST', messages(2)));
  expect(bucket('POST', messages(1))).not.toBe(bucket('GET', messages(1)));
  expect(bucket('POST', '/webhooks/1/abc')).toBe(bucket('POST', '/webhooks/1/xyz9'));
});

test('interactions are answered however much else is going on', () => {
  const limits = createRateLimits();
  for (let count = 0; count < 50; count++) limits.take('GET', `/users/${count}`, START);
  expect(limits.take('GET', '/users/99', START)).toMatchObject({ allowed: false, global: true, retryAfterMs: 1_000 });
  expect(limits.take('POST', '/interactions/1/abc/callback', START)).toMatchObject({ allowed: true, headers: {} });
  expect(limits.take('PATCH', '/webhooks/1/abc/messages/@original', START).allowed).toBe(true);
  expect(limits.take('GET', '/users/99', START + 1_000).allowed).toBe(true);
});

test('a client that waits as long as it is told is never refused twice', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2_000), { maxLength: 60 }), (pauses) => {
      const limits = createRateLimits();
      let now = START;
      for (const pause of pauses) {
        now += pause;
        const verdict = limits.take('POST', messages(1), now);
        if (verdict.allowed) continue;
        now += verdict.retryAfterMs;
        expect(limits.take('POST', messages(1), now).allowed).toBe(true);
      }
    }),
  );
});

test('no more than the limit gets through in any window', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(800), { minLength: 20, maxLength: 80 }), (pauses) => {
      const limits = createRateLimits();
      const allowed: number[] = [];
      let now = START;
      for (const pause of pauses) {
        now += pause;
        if (limits.take('POST', messages(1), now).allowed) allowed.push(now);
      }
      // Windows begin with their first request: five are allowed in each, so the sixth after one is in a later window.
      for (const [at, time] of allowed.entries()) {
        const tenth = allowed[at + 10];
        if (tenth !== undefined) expect(tenth - time).toBeGreaterThanOrEqual(5_000);
      }
    }),
  );
});
