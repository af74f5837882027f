import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeConfig, readConfig, settingsWithoutEffect } from '../../../src/config.ts';

const TOKEN = 'token-that-nobody-may-see';
const KEY = 'key-that-nobody-may-see';
const SECRETS = { DISCORD_TOKEN: TOKEN, GEMINI_API_KEY: KEY };
const CORES = 4;

function files(contents: Readonly<Record<string, string>>) {
  return (path: string): string => {
    const text = contents[path];
    if (text === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
    return text;
  };
}

function read(env: Record<string, string>, contents: Record<string, string> = {}) {
  return readConfig(env, files(contents), CORES);
}

function config(env: Record<string, string> = {}, contents: Record<string, string> = {}) {
  const result = read({ ...SECRETS, ...env }, contents);
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.config;
}

function problems(env: Record<string, string>, contents: Record<string, string> = {}): readonly string[] {
  const result = read(env, contents);
  return result.ok ? [] : result.problems;
}

test('two secrets are enough: everything else has the documented default', () => {
  expect(config()).toEqual({
    discord: { token: TOKEN, apiUrl: null, devGuildId: null, messageContent: false },
    live: { apiKey: KEY, baseUrl: null, model: 'gemini-3.8-live' },
    databasePath: 'data/parley.db',
    http: { host: '127.0.0.1', port: 8787 },
    roomThreads: CORES,
    tuning: { voiceActivity: 'neural', turnDetection: 'manual', live: {} },
    eagerTurns: false,
    allowedGuilds: null,
    limits: { maxRooms: 8, maxMinutesPerDay: 240, maxTokensPerDay: null },
    mcpServers: [],
    logLevel: 'info',
  });
});

test('there are at least two room threads, and none if somebody says so', () => {
  const threads = (env: Record<string, string>, cores: number) => {
    const result = readConfig({ ...SECRETS, ...env }, files({}), cores);
    return result.ok ? result.config.roomThreads : null;
  };
  expect(threads({}, 1)).toBe(2);
  expect(threads({ ROOM_THREADS: '0' }, 16)).toBe(0);
});

test('every problem is listed at once, each beginning with the name of its variable', () => {
  const found = problems({
    DISCORD_API_URL: 'discord.com',
    GEMINI_BASE_URL: 'ftp://example.com',
    GEMINI_MODEL: 'No Such Model',
    DATABASE_URL: 'postgres://localhost/parley',
    DEV_GUILD_ID: 'my-server',
    HTTP_HOST: 'my host',
    HTTP_PORT: '99999',
    ROOM_THREADS: '-1',
    ALLOWED_GUILDS: '123, abc',
    MAX_ROOMS: '0',
    MAX_MINUTES_PER_DAY: '1.5',
    MAX_TOKENS_PER_DAY: 'many',
    MESSAGE_CONTENT: 'maybe',
    TURN_DETECTION: 'magic',
    VOICE_ACTIVITY: 'psychic',
    EAGER_TURNS: 'later',
    MCP_CONFIG: 'missing.json',
    LIVE_OPTIONS: 'missing.json',
    LOG_LEVEL: 'loud',
  });
  const names = found.map((problem) => problem.split(' ')[0]);
  expect(names.toSorted()).toEqual([
    'ALLOWED_GUILDS',
    'DATABASE_URL',
    'DEV_GUILD_ID',
    'DISCORD_API_URL',
    'DISCORD_TOKEN',
    'EAGER_TURNS',
    'GEMINI_API_KEY',
    'GEMINI_BASE_URL',
    'GEMINI_MODEL',
    'HTTP_HOST',
    'HTTP_PORT',
    'LIVE_OPTIONS',
    'LOG_LEVEL',
    'MAX_MINUTES_PER_DAY',
    'MAX_ROOMS',
    'MAX_TOKENS_PER_DAY',
    'MCP_CONFIG',
    'MESSAGE_CONTENT',
    'ROOM_THREADS',
    'TURN_DETECTION',
    'VOICE_ACTIVITY',
  ]);
});

test('a variable that is set to nothing counts as not set', () => {
  expect(config({ MAX_ROOMS: '', DEV_GUILD_ID: '  ' })).toEqual(config());
  expect(problems({ ...SECRETS, DISCORD_TOKEN: '' })).toEqual([expect.stringContaining('DISCORD_TOKEN is missing')]);
});

test('secrets may come out of files, without the newline at their end', () => {
  const env = { DISCORD_TOKEN_FILE: '/run/token', GEMINI_API_KEY_FILE: '/run/key' };
  const result = read(env, { '/run/token': `${TOKEN}\n`, '/run/key': `${KEY}\r\n` });
  expect(result.ok && [result.config.discord.token, result.config.live.apiKey]).toEqual([TOKEN, KEY]);
});

test('a secret file that is missing, empty, or beside the variable itself is one problem, not two', () => {
  const env = { GEMINI_API_KEY: KEY };
  expect(problems({ ...env, DISCORD_TOKEN_FILE: '/no' })).toEqual([
    'DISCORD_TOKEN_FILE names a file that does not exist: /no',
  ]);
  expect(problems({ ...env, DISCORD_TOKEN_FILE: '/empty' }, { '/empty': '\n' })).toEqual([
    'DISCORD_TOKEN_FILE names an empty file',
  ]);
  expect(problems({ ...SECRETS, DISCORD_TOKEN_FILE: '/run/token' }, { '/run/token': 'other' })).toEqual([
    'DISCORD_TOKEN and DISCORD_TOKEN_FILE are both set: keep one of them',
  ]);
});

test('no problem and no description ever repeats a secret', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 8 }), (tail) => {
      const secret = `hunter2-${tail}`;
      const env = { DISCORD_TOKEN: secret, GEMINI_API_KEY: secret, HTTP_PORT: secret, DATABASE_URL: secret };
      expect(problems(env).join('\n')).not.toContain('hunter2');
    }),
  );
  const described = JSON.stringify(describeConfig(config({ DISCORD_API_URL: 'http://user:hunter2@127.0.0.1:1/api' })));
  expect(described).not.toContain(TOKEN);
  expect(described).not.toContain(KEY);
  expect(described).not.toContain('hunter2');
  expect(described).toContain('http://127.0.0.1:1/api');
});

test('addresses lose their last slash, and an address with a version is a problem', () => {
  expect(config({ DISCORD_API_URL: 'http://127.0.0.1:8080/api/' }).discord.apiUrl).toBe('http://127.0.0.1:8080/api');
  expect(problems({ ...SECRETS, DISCORD_API_URL: 'https://discord.com/api/v10' })).toEqual([
    'DISCORD_API_URL must end before the version: leave out /v10',
  ]);
});

test('database addresses: relative, absolute, in memory', () => {
  const path = (url: string) => config({ DATABASE_URL: url }).databasePath;
  expect(path('sqlite:data/x.db')).toBe('data/x.db');
  expect(path('sqlite:/var/lib/x.db')).toBe('/var/lib/x.db');
  expect(path('sqlite:///var/lib/x.db')).toBe('/var/lib/x.db');
  expect(path('sqlite::memory:')).toBe(':memory:');
});

test('lists, limits, flags and models are read as people write them', () => {
  const read = config({
    ALLOWED_GUILDS: ' 111111111111111111,222222222222222222 ,',
    MAX_MINUTES_PER_DAY: 'none',
    MAX_TOKENS_PER_DAY: '1000000',
    MESSAGE_CONTENT: 'Yes',
    GEMINI_MODEL: 'models/gemini-3.1-flash-live-preview',
  });
  expect(read.allowedGuilds).toEqual(['111111111111111111', '222222222222222222']);
  expect(read.limits).toEqual({ maxRooms: 8, maxMinutesPerDay: null, maxTokensPerDay: 1_000_000 });
  expect(read.discord.messageContent).toBe(true);
  expect(read.live.model).toBe('gemini-3.1-flash-live-preview');
});

test('LIVE_OPTIONS says where its file does not fit', () => {
  const env = { ...SECRETS, LIVE_OPTIONS: 'live.json' };
  expect(problems(env, { 'live.json': '{"temperature":' })).toEqual(['LIVE_OPTIONS (live.json) is not valid JSON']);
  const wrong = { temprature: 1, compression: { triggerTokens: 8000, targetTokens: 16000 } };
  expect(problems(env, { 'live.json': JSON.stringify(wrong) })).toEqual([
    expect.stringContaining('compression: targetTokens must be less than triggerTokens'),
    expect.stringContaining('temprature'),
  ]);
  const doubtful = { transcription: { languageHints: ['de', 'klingon'] }, seed: 2 ** 31, turnCoverage: 'all' };
  expect(problems(env, { 'live.json': JSON.stringify(doubtful) })).toEqual([
    expect.stringContaining('seed'),
    expect.stringContaining('turnCoverage'),
    expect.stringContaining('transcription.languageHints.1'),
  ]);
});

test('LIVE_OPTIONS holds everything that the setup can say, and the log is told the names alone', () => {
  const right = {
    ...{
      temperature: 0.7,
      topP: 0.9,
      topK: 40,
      maxOutputTokens: 512,
      seed: -3,
      presencePenalty: -1,
      frequencyPenalty: 2,
    },
    mediaResolution: 'low',
    thinking: { level: 'low' },
    automaticDetection: {
      ...{ startSensitivity: 'low', endSensitivity: 'high', prefixPaddingMs: 20, silenceDurationMs: 700 },
    },
    ...{ activityHandling: 'none', turnCoverage: 'everything' },
    compression: { triggerTokens: 20_000, targetTokens: 10_000 },
    transcription: { input: true, output: false, languageHints: ['de-DE', 'sq'], customVocabulary: ['Ada Lovelace'] },
    ...{ affectiveDialog: true, proactiveAudio: false },
  };
  const read = config({ ...SECRETS, LIVE_OPTIONS: 'live.json' }, { 'live.json': JSON.stringify(right) });
  expect(read.tuning.live).toEqual(right);
  expect(JSON.stringify(describeConfig(read))).toContain('transcription');
  expect(JSON.stringify(describeConfig(read))).not.toContain('Lovelace');
});

test('a setting that nothing obeys yet is named', () => {
  expect(settingsWithoutEffect(config())).toEqual([]);
  expect(settingsWithoutEffect(config({ EAGER_TURNS: 'true', TURN_DETECTION: 'automatic' }))).toEqual(['EAGER_TURNS']);
});

test('with wrong settings, what is right about Discord and the database is still understood', () => {
  const result = read({ ...SECRETS, HTTP_PORT: 'x' });
  expect(!result.ok && result.understood).toEqual({
    discord: { token: TOKEN, apiUrl: null, devGuildId: null, messageContent: false },
    databasePath: 'data/parley.db',
  });
});

test('.env.example names every variable, and is valid once the two secrets are filled in', () => {
  const text = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
  const lines = text.split('\n').flatMap((line) => /^#?([A-Z_]+)=(.*)$/.exec(line)?.slice(1, 3) ?? []);
  const example: Record<string, string> = {};
  for (let i = 0; i < lines.length; i += 2) example[lines[i] ?? ''] = lines[i + 1] ?? '';
  const wrong = Object.fromEntries(Object.keys(example).map((name) => [name, 'a b']));
  const complained = problems(wrong).map((problem) => problem.split(' ')[0]);
  expect(complained.toSorted()).toEqual(Object.keys(example).toSorted());
  const { DISCORD_API_URL, GEMINI_BASE_URL, ...rest } = example;
  expect(config({ ...rest, ...SECRETS })).toEqual(config());
  expect([DISCORD_API_URL, GEMINI_BASE_URL]).toEqual([
    'https://discord.com/api',
    'https://generativelanguage.googleapis.com',
  ]);
});
