import { expect, test } from 'vitest';
import { type Clock, systemClock } from '../../../src/types/clock.ts';
import { isAlive, probe, startHost } from './hosted.ts';

/** Twenty times as fast. */
const quick: Clock = { now: systemClock.now, after: (ms, fn) => systemClock.after(ms / 20, fn) };

function isReady(it: Awaited<ReturnType<typeof startHost>>) {
  return expect.poll(() => it.host.tools().some(({ unavailable }) => unavailable === null));
}

async function pidOf(it: Awaited<ReturnType<typeof startHost>>): Promise<number> {
  return ((await it.ask('probe__identity')) as { readonly pid: number }).pid;
}

test('a program gets what it was given and what every program needs, and nothing else of the environment', async () => {
  process.env['DISCORD_TOKEN'] = 'the token';
  process.env['GEMINI_API_KEY'] = 'the key';
  process.env['NOT_FOR_SERVERS'] = 'anything';
  try {
    await using it = await startHost({ probe: probe([], { GIVEN: 'this' }) });
    await isReady(it).toBe(true);
    const environment = (await it.ask('probe__environment')) as Readonly<Record<string, string>>;
    expect(environment['GIVEN']).toBe('this');
    const needed = ['HOME', 'LOGNAME', 'PATH', 'SHELL', 'TERM', 'USER', 'GIVEN'];
    expect(Object.keys(environment).filter((name) => !needed.includes(name))).toEqual([]);
  } finally {
    for (const name of ['DISCORD_TOKEN', 'GEMINI_API_KEY', 'NOT_FOR_SERVERS']) delete process.env[name];
  }
});

test('a secret that it was given is told to nobody', async () => {
  await using it = await startHost({ probe: probe([], { API_KEY: 'a-very-long-secret' }) });
  await isReady(it).toBe(true);
  expect(await it.ask('probe__environment')).toMatchObject({ API_KEY: '[redacted]' });
  expect(JSON.stringify(it.log.lines)).not.toContain('a-very-long-secret');
});

test('it starts in the folder of the file', async () => {
  await using it = await startHost({ probe: probe() });
  await isReady(it).toBe(true);
  expect(await it.ask('probe__identity')).toMatchObject({ cwd: import.meta.dirname });
});

test('all pages of its list are read, a broken tool is left out and told of', async () => {
  await using it = await startHost({ probe: probe() });
  await isReady(it).toBe(true);
  expect(it.host.tools().map(({ name }) => name)).toEqual([
    'probe__environment',
    'probe__identity',
    'probe__cancelled',
    'probe__hang',
    'probe__crash',
    'probe__noise',
    'probe__grow',
    'probe__fail',
    'probe__huge_answer',
  ]);
  expect(it.log.messages('warn')).toEqual(['a tool of an MCP server cannot be understood']);
});

test('a tool that it announces is there', async () => {
  await using it = await startHost({ probe: probe() }, quick);
  await isReady(it).toBe(true);
  await it.call('probe__grow');
  await expect.poll(() => it.host.tools().map(({ name }) => name)).toContain('probe__extra');
});

test('it is told when nobody waits any more', async () => {
  await using it = await startHost({ probe: probe() });
  await isReady(it).toBe(true);
  const cancelling = new AbortController();
  const ends = expect(it.call('probe__hang', {}, cancelling.signal)).rejects.toThrow('it was cancelled');
  // Answered after the other call has begun.
  expect(await it.ask('probe__cancelled')).toBe(0);
  cancelling.abort(new Error('barge-in'));
  // Sooner than the call's own time is over.
  await expect.poll(() => it.ask('probe__cancelled'), { timeout: 5_000 }).toBe(1);
  await ends;
});

test('what it writes where it should not does no harm, and is logged as what people said', async () => {
  await using it = await startHost({ probe: probe() });
  await isReady(it).toBe(true);
  expect(await it.ask('probe__noise')).toBe('still here');
  await expect.poll(() => JSON.stringify(it.log.lines)).toContain('something private');
  const wrote = it.log.lines.filter(({ message }) => message === 'an MCP server wrote').map(({ fields }) => fields);
  expect(wrote).toEqual([
    { server: 'probe', text: 'the probe starts' },
    { server: 'probe', pii: { text: 'somebody said something private' } },
  ]);
  expect(await it.ask('probe__cancelled')).toBe(0);
});

test('an error of it is told in its words, a huge answer comes whole', async () => {
  await using it = await startHost({ probe: probe() });
  await isReady(it).toBe(true);
  await expect(it.call('probe__fail')).rejects.toThrow('It did not work.');
  expect(await it.ask('probe__huge_answer')).toHaveLength(900_000);
});

test('one that crashes in a call fails the call, says so meanwhile, and comes back as another process', async () => {
  await using it = await startHost({ probe: probe() });
  await isReady(it).toBe(true);
  const pid = await pidOf(it);
  await expect(it.call('probe__crash')).rejects.toThrow('its server cannot be reached just now');
  expect(it.tool('probe__crash').unavailable).toMatchObject({ why: 'serverDown', server: 'probe' });
  await isReady(it).toBe(true);
  expect(await pidOf(it)).not.toBe(pid);
  expect(it.log.lines.find(({ message }) => message.includes('trying again'))?.fields).toMatchObject({
    reason: 'it ended with code 3',
  });
});

test('one that is killed from outside is noticed and started again', async () => {
  await using it = await startHost({ probe: probe() }, quick);
  await isReady(it).toBe(true);
  const pid = await pidOf(it);
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => it.log.messages('warn')).toContain('an MCP server is not running; trying again');
  await isReady(it).toBe(true);
  expect(await pidOf(it)).not.toBe(pid);
});

test('a program that does not exist is told of, and harms nobody', async () => {
  await using it = await startHost({ lost: { command: 'no-such-program-anywhere' }, probe: probe() }, quick);
  await isReady(it).toBe(true);
  expect(it.log.lines.find(({ level }) => level === 'warn')?.fields).toMatchObject({
    server: 'lost',
    reason: expect.stringContaining('ENOENT'),
  });
});

test('what a program has started goes with it when it crashes, and cannot hide that it did', async () => {
  await using it = await startHost({ probe: probe(['--stubborn']) }, quick);
  await isReady(it).toBe(true);
  const pid = await pidOf(it);
  const children = await childrenOf(pid);
  expect(children).toHaveLength(1);
  await expect(it.call('probe__crash')).rejects.toThrow('its server cannot be reached just now');
  for (const child of children) await expect.poll(() => isAlive(child)).toBe(false);
  await isReady(it).toBe(true);
  expect(await pidOf(it)).not.toBe(pid);
});

test('a program that never answers and will not go is killed before the next try', async () => {
  const script = "process.on('SIGTERM', () => {}); setInterval(() => {}, 60_000); console.error('pid', process.pid)";
  const hasty: Clock = { now: systemClock.now, after: (ms, fn) => systemClock.after(ms / 60, fn) };
  await using it = await startHost({ mute: { command: process.execPath, args: ['-e', script] } }, hasty);
  await expect.poll(() => it.log.messages('warn')).toContain('an MCP server is not running; trying again');
  expect(it.log.lines.find(({ level }) => level === 'warn')?.fields).toMatchObject({
    reason: 'it did not answer in 90 s',
  });
  const [, pid] = /pid (\d+)/.exec(JSON.stringify(it.log.lines)) ?? [];
  await expect.poll(() => isAlive(Number(pid))).toBe(false);
});

test('closing leaves no process behind, be it ever so stubborn, nor what it has started', async () => {
  const it = await startHost({ probe: probe(['--stubborn']) }, quick);
  await isReady(it).toBe(true);
  const pid = await pidOf(it);
  const children = await childrenOf(pid);
  expect(children).toHaveLength(1);
  await it.host.close();
  for (const left of [pid, ...children]) await expect.poll(() => isAlive(left)).toBe(false);
});

async function childrenOf(pid: number): Promise<readonly number[]> {
  const { readFile } = await import('node:fs/promises');
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.split(' ').filter(Boolean).map(Number);
}
