import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isAlive, probe } from './hosted.ts';

/** Starts a process that hosts the probe. @returns it, and the probe's process id */
async function doom(entry: object, ending: string) {
  const host = spawn(process.execPath, [join(import.meta.dirname, 'doomed-host.ts'), JSON.stringify(entry), ending], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(host.stdout.setEncoding('utf8'), 'data')) as [string];
  return { host, pid: (JSON.parse(said) as { readonly pid: number }).pid };
}

test('a bot that is killed leaves no server behind', async () => {
  const { host, pid } = await doom(probe(), 'wait');
  expect(await isAlive(pid)).toBe(true);
  host.kill('SIGKILL');
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test('a bot that exits in a hurry leaves not even a stubborn one', async () => {
  const { pid } = await doom(probe(['--stubborn']), 'exit');
  await expect.poll(() => isAlive(pid)).toBe(false);
});
