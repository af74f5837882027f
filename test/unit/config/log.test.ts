import { expect, test } from 'vitest';
import { ParleyError } from '../../../src/errors.ts';
import { createLogger } from '../../../src/log.ts';

function record(level: string) {
  const lines: Record<string, unknown>[] = [];
  const log = createLogger(level, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { log, lines };
}

test('what a human said or is called never comes out', () => {
  const { log, lines } = record('info');
  log.info({ guildId: '1', pii: { name: 'Alice', text: 'my secret' } }, 'heard');
  log.info({ speaker: { id: '2', pii: { name: 'Alice' } } }, 'joined');
  log.child({ pii: { name: 'Alice' } }).info('bound');
  expect(JSON.stringify(lines)).not.toMatch(/Alice|my secret/);
  expect(lines[0]).toMatchObject({ level: 'info', guildId: '1', pii: '[redacted]', msg: 'heard' });
});

test('an error keeps its code, cause and stack, and loses the request that it carries', () => {
  const { log, lines } = record('info');
  const cause = Object.assign(new Error('Unknown interaction'), {
    code: 10062,
    status: 404,
    url: 'https://discord.com/api/v10/interactions/1/an-interaction-token/callback',
    requestBody: { json: { content: 'what somebody wrote' } },
  });
  log.error({ err: new ParleyError('LIVE_LOST', { details: { attempts: 3 }, cause }) }, 'failed');
  expect(lines[0]?.['err']).toMatchObject({
    type: 'ParleyError',
    code: 'LIVE_LOST',
    details: { attempts: 3 },
    stack: expect.stringContaining('log.test.ts'),
    cause: { code: 10062, status: 404, message: 'Unknown interaction' },
  });
  expect(JSON.stringify(lines)).not.toMatch(/an-interaction-token|what somebody wrote/);
});

test('lines below the level are not written', () => {
  const { log, lines } = record('warn');
  log.info({}, 'quiet');
  log.warn({}, 'loud');
  expect(lines.map(({ msg }) => msg)).toEqual(['loud']);
});
