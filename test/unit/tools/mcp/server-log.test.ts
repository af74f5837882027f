import { expect, test } from 'vitest';
import type { McpProgram } from '../../../../src/config/mcp-config.ts';
import { createServerLog } from '../../../../src/tools/mcp/server-log.ts';
import { createFakeClock } from '../../../kit/fake-clock.ts';
import { createRecordingLog } from '../../../kit/recording-log.ts';

const program: McpProgram = {
  kind: 'stdio',
  name: 'weather',
  id: 'weather',
  command: 'weather-server',
  args: [],
  env: { PLACE: 'Tirana' },
  cwd: '.',
  alwaysAllow: [],
  secrets: ['secret-of-an-argument'],
};

function start() {
  const log = createRecordingLog();
  const clock = createFakeClock();
  return { log, clock, said: createServerLog(program, clock, log) };
}

test('lines are put together from what comes, and nothing that was given to the server is in them', () => {
  const { log, said } = start();
  said.stderr('starting in Tir');
  said.stderr('ana\nwith secret-of-an-argument\r\n');
  expect(log.lines.map(({ fields }) => fields)).toEqual([
    { text: 'starting in [redacted]' },
    { text: 'with [redacted]' },
  ]);
  expect(log.messages('debug')).toHaveLength(2);
});

test('from the first call on it may be what people said, and is redacted', () => {
  const { log, said } = start();
  said.becomesPersonal();
  said.stderr('asked for the weather at home\n');
  said.error('Unexpected token in "the weather at home"');
  for (const { fields } of log.lines) expect(Object.keys(fields)).toEqual(['pii']);
});

test('a server that writes without end fills neither the log nor the memory', () => {
  const { log, clock, said } = start();
  for (let i = 0; i < 10_000; i++) said.stderr(`line ${i}\n`);
  said.stderr('x'.repeat(1_000_000));
  said.stderr('x\n');
  expect(log.lines).toHaveLength(50);
  clock.advance(10_000);
  said.stderr('again\n');
  expect(log.lines.slice(50).map(({ fields }) => fields)).toEqual([{ lines: 9_951 }, { text: 'again' }]);
  said.stderr(`${'y'.repeat(2_000)}\n`);
  expect(JSON.stringify(log.lines.at(-1)?.fields)).toHaveLength(500 + '{"text":""}'.length);
});
