import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { rehearse } from '../../src/rehearsal/rehearse.ts';
import type { RehearsalReport } from '../../src/rehearsal/report.ts';
import { CONVERSATION } from '../../src/rehearsal/script.ts';
import { measure } from '../../src/rehearsal/speech/loudness.ts';
import { decodeWav, toMono } from '../../src/rehearsal/speech/wav.ts';

test('the rehearsal: a question, an answer that is interrupted, what was heard and said as WAV files, and a report that says so', async () => {
  const out = await mkdtemp(join(tmpdir(), 'parley-test-'));
  onTestFinished(() => rm(out, { recursive: true, force: true }));
  const abandon = new AbortController();
  onTestFinished(() => abandon.abort());
  const told: string[] = [];
  let document = '';
  const code = await rehearse(
    { say: 'assets/speech/goforward.wav', out, json: true, strict: false, real: false, keepRunning: false },
    {
      tell: (line) => void told.push(line),
      stdout: (text) => {
        document += text;
      },
      env: {},
      ended: Promise.resolve(),
      abandoned: abandon.signal,
    },
    CONVERSATION.slice(2, 4),
  );
  const report = JSON.parse(document) as RehearsalReport;
  expect(report.problems).toEqual([]);
  expect(report.violations).toEqual({ discord: [], live: [] });
  expect(code).toBe(0);
  expect(report).toMatchObject({ schema: 1, ok: true, live: 'loopback', model: 'gemini-3.8-live' });
  expect(report.turns.map(({ kind, speaker, answer }) => [kind, speaker, answer?.interrupted])).toEqual([
    ['utterance', 'Adam', true],
    ['barge-in', 'Beth', false],
    ['say', 'Adam', false],
  ]);
  expect(report.turns[1]?.input).toBe('Wait, stop, one more thing.');
  for (const { heardWav, answer } of report.turns) {
    expect(await spanMs(heardWav)).toBeGreaterThan(1_000);
    expect(await spanMs(answer?.wav ?? null)).toBeGreaterThan(1_000);
  }
  const timeline = told.join('\n');
  expect(timeline).toContain('a stand-in, not Gemini');
  expect(timeline).toMatch(/Beth\s+speaks/);
  expect(timeline).toContain('barge-in → silence');
});

async function spanMs(path: string | null): Promise<number> {
  if (path === null) return 0;
  const wav = decodeWav(await readFile(path));
  const { span } = measure(toMono(wav), wav.rate);
  return span === null ? 0 : span.endMs - span.startMs;
}
