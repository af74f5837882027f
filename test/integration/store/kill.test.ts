import { expect, test } from 'vitest';
import { connect, freshPath, openStore } from '../../kit/database-file.ts';
import { run } from './process.ts';

const DAY = '2026-11-24';

test('a file whose writer is killed in the middle of a write has every write that was acknowledged, whole, and is sound', async () => {
  const path = freshPath();
  let before = { tokens: 0, revision: 0 };
  // Each round goes on with the file, and its log, as the one before has left them.
  for (const writes of [1, 40, 7, 120, 19]) {
    const writer = run('endless-writer.ts', path);
    await writer.printed(writes);
    writer.child.kill('SIGKILL');
    await writer.ended;
    expect(writer.child.signalCode).toBe('SIGKILL');
    expect(writer.lines[0]).toBe(String(before.tokens + 1));
    const acknowledged = writer.lines.length;
    // At most the one more that the kill has cut off from being acknowledged.
    const possible = (from: number): number[] => [from + acknowledged, from + acknowledged + 1];

    const store = openStore(path);
    expect(connect(path).prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    const { tokens, voiceMs } = await store.usage('g', DAY);
    expect(possible(before.tokens)).toContain(tokens);
    expect(voiceMs).toBe(tokens);
    const report = await store.usageReport('g', { fromDay: DAY });
    expect(report.tokens.map((it) => it.tokens)).toEqual([2 * tokens]);
    const { settings, revision } = await store.settings('g');
    expect(possible(before.revision)).toContain(revision);
    expect(Number.parseInt(settings.persona, 10)).toBe(before.tokens + revision - before.revision);
    store.close();
    before = { tokens, revision };
  }
  expect(before.revision).toBeGreaterThanOrEqual(187);
});
