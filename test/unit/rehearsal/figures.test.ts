import { expect, test } from 'vitest';
import { latenciesOf, type Moments } from '../../../src/rehearsal/evidence.ts';
import { figuresOf, figureTable } from '../../../src/rehearsal/figures.ts';
import { readOptions } from '../../../src/rehearsal/options.ts';
import type { TurnReport } from '../../../src/rehearsal/report.ts';

const moments: Moments = {
  speechStartedAt: 1_000,
  speechEndedAt: 3_000,
  activityEndAt: 3_620.04,
  firstChunkAt: 3_900,
  firstPacketAt: 3_912,
  oldAnswerSilentAt: null,
};

const turn = (change: Partial<Moments> = {}): TurnReport => ({
  index: 1,
  speaker: 'Adam',
  kind: 'utterance',
  window: null,
  input: '',
  output: '',
  answer: null,
  heardWav: null,
  latencyMs: latenciesOf({ ...moments, ...change }),
});

test('latencies are spans between what was seen, and nothing where something was not', () => {
  expect(turn().latencyMs).toEqual({
    speechEndToActivityEnd: 620,
    activityEndToChunk: 280,
    chunkToPacket: 12,
    speechEndToPacket: 912,
    bargeInToSilence: null,
  });
  expect(turn({ firstChunkAt: null }).latencyMs.chunkToPacket).toBeNull();
});

test('a budget is missed by the worst turn, and the table says so', () => {
  const rows = figuresOf([turn(), turn(), turn({ oldAnswerSilentAt: 1_400 })]);
  const missed = rows.filter((row) => row.missed).map(({ name }) => name);
  expect(missed).toEqual(['barge-in → silence']);
  const table = figureTable(rows).join('\n');
  expect(table).toMatch(/barge-in → silence +400 +400 +300 +MISSED/);
  expect(table.match(/MISSED/g)).toHaveLength(1);
});

test('without a turn there is a table all the same', () => {
  expect(figureTable(figuresOf([])).join('\n')).toContain('–');
});

test('options are read, and what is wrong with them is told with the usage', () => {
  const read = readOptions(['--say', 'x.wav', '--json', '--strict', '--out', 'there']);
  expect(read).toEqual({
    ok: true,
    options: { say: 'x.wav', out: 'there', json: true, strict: true, real: false, keepRunning: false },
  });
  expect(readOptions(['--help'])).toMatchObject({ ok: false, exitCode: 0 });
  for (const args of [['--nonsense'], ['file.wav'], ['--say'], ['--json=yes']]) {
    const refused = readOptions(args);
    expect(refused).toMatchObject({ ok: false, exitCode: 64 });
    expect(refused.ok ? '' : refused.message).toContain('Usage: npm run rehearse');
  }
});
