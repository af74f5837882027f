/**
 * The bot as its hosts run it: a process of its own, with threads, settings from the environment, signals and exit codes.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'vitest';
import { type BotProcess, startBot } from '../../src/rehearsal/bot-process.ts';
import { type Cast, gather } from '../../src/rehearsal/cast.ts';
import type { Interaction } from '../../src/rehearsal/discord/interactions/interaction.ts';
import { openStage, type Stage } from '../../src/rehearsal/stage.ts';
import { spoken } from './harness.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const FAULTS = join(ROOT, 'test', 'kit', 'thread-faults.ts');
const answered = ({ state }: Interaction): boolean => state.status === 'answered';

interface Running {
  readonly stage: Stage;
  readonly bot: BotProcess;
  readonly cast: Cast;
}

/** The bot is in the lounge with Adam and Beth. */
async function startRunning(
  { onTestFinished }: TestContext,
  env: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const stage = await openStage({ live: { kind: 'loopback' } });
  onTestFinished(() => stage[Symbol.asyncDispose]());
  const bot = startBot({ ...stage.env, ...env }, () => undefined, { execArgv: ['--import', FAULTS] });
  onTestFinished(async () => void (await bot.stop()));
  await bot.ready;
  const cast = gather(stage.discord);
  await cast.people.Adam.command('join').until(answered);
  await stage.discord.voice.call(cast.channel.id)?.until((call) => call.botSecured, 20_000);
  await cast.listener.heard.until(({ voiced, flags }) => voiced.length > 0 && flags.at(-1)?.speaking === false);
  return { stage, bot, cast };
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(
  { onTestFinished }: TestContext,
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (part: Buffer) => (said.stdout += part.toString()));
  child.stderr.on('data', (part: Buffer) => (said.stderr += part.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, ...said };
}

test.concurrent('everything that is wrong with the settings is told at once, in words, and the exit code is 78', async (context) => {
  const { expect } = context;
  const { code, stderr, stdout } = await run(context, 'src/main.ts', [], {
    DATABASE_URL: 'postgres://db',
    HTTP_PORT: 'high',
    MAX_ROOMS: '-1',
    ROOM_THREADS: 'many',
  });
  expect(code).toBe(78);
  for (const name of ['DISCORD_TOKEN', 'GEMINI_API_KEY', 'DATABASE_URL', 'HTTP_PORT', 'MAX_ROOMS', 'ROOM_THREADS']) {
    expect(stderr).toContain(name);
  }
  expect(`${stdout}${stderr}`).not.toMatch(/\n\s+at /);
});

test.concurrent('a token that Discord refuses is told beside a database that cannot be used', async (context) => {
  const { expect } = context;
  const stage = await openStage({ live: { kind: 'loopback' } });
  context.onTestFinished(() => stage[Symbol.asyncDispose]());
  const { code, stderr } = await run(context, 'src/main.ts', [], {
    ...stage.env,
    DISCORD_TOKEN: 'MTIz.abc.not-the-token',
    DATABASE_URL: 'sqlite:package.json/parley.db',
  });
  expect(code).toBe(78);
  expect(stderr).toContain('DISCORD_TOKEN is refused');
  expect(stderr).toContain('package.json/parley.db');
  expect(stderr).not.toContain('not-the-token');
});

test.concurrent('told to end in the middle of an answer, it lets the sentence finish, leaves the channel and exits 0', async (context) => {
  const { expect } = context;
  const { stage, bot, cast } = await startRunning(context);
  stage.loopbackLive?.control.nextAnswers({ kind: 'long', seconds: 30 });
  const mark = cast.listener.heard.mark();
  await cast.voiceOf('Adam').speak(await spoken('something'));
  await cast.listener.heard.until(({ voiced }) => voiced.length > 25, { mark, timeoutMs: 20_000 });
  expect(await bot.stop()).toBe(0);
  expect(stage.discord.control.botChannel()).toBeNull();
  expect(stage.discord.control.channel('Lounge').messages.at(-1)?.content).toContain('restarted');
  expect(bot.troubles.filter(({ level }) => level === 'error')).toEqual([]);
  expect(stage.discord.violations).toEqual([]);
  expect(stage.discord.voice.violations).toEqual([]);
  expect(stage.loopbackLive?.violations).toEqual([]);
});

test.concurrent.for([
  ['dies', 'SIGUSR2'],
  ['hangs', 'SIGHUP'],
] as const)(
  'a room thread that %s is replaced: the room comes back into the channel and answers',
  async ([, signal], context) => {
    const { expect } = context;
    const { stage, bot, cast } = await startRunning(context, { ROOM_THREADS: '1' });
    const joined = stage.loopbackLive?.setups.length ?? 0;
    process.kill(bot.pid, signal);
    await expect.poll(() => stage.loopbackLive?.setups.length, { timeout: 25_000 }).toBe(joined + 1);
    await stage.discord.voice.call(cast.channel.id)?.until((call) => call.botSecured, 20_000);
    stage.loopbackLive?.control.nextAnswers({ kind: 'say', text: 'I am back.' });
    await cast.voiceOf('Beth').speak(await spoken('bring'));
    const windows = stage.loopbackLive?.windows ?? [];
    await expect.poll(() => windows[0]?.recognition?.best?.id, { timeout: 20_000 }).toBe('bring');
    const { endedAt } = windows[0] ?? {};
    expect(
      stage.discord.control
        .channel('Lounge')
        .messages.map(({ content }) => content)
        .join('\n'),
    ).toContain('Part of me crashed');
    await cast.listener.heard.until(({ voiced }) => voiced.some(({ at }) => at > (endedAt ?? Infinity)), {
      timeoutMs: 20_000,
    });
    expect(await bot.stop()).toBe(0);
  },
);

test.concurrent('a room that takes its thread down three times stays closed, and its channel reads why', async (context) => {
  const { expect } = context;
  const { stage, bot, cast } = await startRunning(context, { ROOM_THREADS: '1' });
  const setups = (): number => stage.loopbackLive?.setups.length ?? 0;
  for (let death = 1; death < 3; death++) {
    process.kill(bot.pid, 'SIGUSR2');
    await expect.poll(setups, { timeout: 25_000 }).toBe(1 + death);
    await stage.discord.voice.call(cast.channel.id)?.until((call) => call.botSecured, 20_000);
  }
  process.kill(bot.pid, 'SIGUSR2');
  const read = (): string =>
    stage.discord.control
      .channel('Lounge')
      .messages.map(({ content }) => content)
      .join('\n');
  await expect.poll(read, { timeout: 20_000 }).toContain('crashed several times');
  await expect.poll(() => stage.discord.control.botChannel()).toBeNull();
  expect(read().match(/Part of me crashed\./g)).toHaveLength(1);
  expect(await bot.stop()).toBe(0);
});

test.concurrent.for([
  ['an unknown option', ['--nonsense'], {}, 64, '--nonsense'],
  ['a recording that is not there', ['--say', 'no-such-file.wav'], {}, 64, 'no such file'],
  ['--real without a key', ['--real'], {}, 78, 'GEMINI_API_KEY'],
] as const)('the rehearsal ends on %s with words for a person', async ([, args, env, exitCode, words], context) => {
  const { expect } = context;
  const { code, stdout, stderr } = await run(
    context,
    'src/rehearsal/main.ts',
    [...args, '--out', await folder(context)],
    env,
  );
  expect(code).toBe(exitCode);
  expect(`${stdout}${stderr}`).toContain(words);
  expect(`${stdout}${stderr}`).not.toMatch(/\n\s+at /);
});

test.concurrent('the rehearsal tells of a file that is no sound', async (context) => {
  const { expect } = context;
  const out = await folder(context);
  const file = join(out, 'notes.wav');
  await writeFile(file, 'these are notes, not a recording');
  const { code, stdout, stderr } = await run(context, 'src/rehearsal/main.ts', ['--say', file, '--out', out], {});
  expect(code).toBe(64);
  expect(`${stdout}${stderr}`).toContain('notes.wav');
});

async function folder({ onTestFinished }: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'parley-test-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}
