import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseMcpConfig } from '../../../src/config/mcp-config.ts';
import { describeConfig, readConfig } from '../../../src/config.ts';

const PATH = '/etc/parley/mcp.json';

/** How the file asks for a variable. */
function ref(name: string): string {
  return `\${${name}}`;
}

function parse(mcpServers: unknown, env: Record<string, string> = {}) {
  return parseMcpConfig(JSON.stringify({ mcpServers }), PATH, env);
}

function servers(mcpServers: unknown, env: Record<string, string> = {}) {
  const result = parse(mcpServers, env);
  if ('problems' in result) throw new Error(result.problems.join('\n'));
  return result.servers;
}

function problems(mcpServers: unknown, env: Record<string, string> = {}): readonly string[] {
  const result = parse(mcpServers, env);
  return 'problems' in result ? result.problems : [];
}

test('a file of another host is taken as it is: programs and addresses', () => {
  const found = servers({
    'brave-search': { command: 'npx', args: ['-y', 'some-server'], env: { REGION: 'de' } },
    'My Notes': { type: 'http', url: 'https://example.com/mcp', headers: { 'X-Place': 'here' } },
    old: { type: 'sse', url: 'http://127.0.0.1:9/sse' },
    resting: { command: 'x', disabled: true },
  });
  expect(found).toEqual([
    {
      kind: 'stdio',
      name: 'brave-search',
      id: 'brave_search',
      command: 'npx',
      args: ['-y', 'some-server'],
      env: { REGION: 'de' },
      cwd: '/etc/parley',
      alwaysAllow: [],
      secrets: [],
    },
    {
      kind: 'http',
      name: 'My Notes',
      id: 'my_notes',
      url: 'https://example.com/mcp',
      headers: { 'X-Place': 'here' },
      alwaysAllow: [],
      secrets: [],
    },
    { kind: 'sse', name: 'old', id: 'old', url: 'http://127.0.0.1:9/sse', headers: {}, alwaysAllow: [], secrets: [] },
  ]);
});

test('a name becomes the first part of the names of tools: a letter first, never two underscores in a row', () => {
  const names = ['GitHub', '3d-print', 'a__b', 'x - y.'];
  const ids = servers(Object.fromEntries(names.map((name) => [name, { command: 'x' }]))).map(({ id }) => id);
  expect(ids).toEqual(['github', 'mcp_3d_print', 'a_b', 'x_y']);
});

test('a program starts in the folder of the file, or where it says', () => {
  const found = servers({ a: { command: 'x', cwd: 'sub' }, b: { command: 'x', cwd: '/srv' } });
  expect(found.map((it) => it.kind === 'stdio' && it.cwd)).toEqual(['/etc/parley/sub', '/srv']);
});

test('what several hosts call tools that need no confirmation is one list', () => {
  expect(servers({ a: { command: 'x', alwaysAllow: ['p'], autoApprove: ['q'] } })[0]?.alwaysAllow).toEqual(['p', 'q']);
});

test('variables of the environment are filled in where they are asked for by name, everywhere', () => {
  const env = { HOME_DIR: '/home/a', API_TOKEN: 'a-long-secret', EMPTY: '' };
  const [program, endpoint] = servers(
    {
      a: {
        command: '$' + '{HOME_DIR}/bin',
        args: [`--token=${ref('API_TOKEN')}`, ref('MODE:-fast')],
        env: { T: ref('env:API_TOKEN') },
      },
      b: { url: `https://example.com/${ref('PART:-mcp')}`, headers: { Authorization: `Bearer ${ref('API_TOKEN')}` } },
    },
    env,
  );
  expect(program).toMatchObject({
    command: '/home/a/bin',
    args: ['--token=a-long-secret', 'fast'],
    env: { T: 'a-long-secret' },
    secrets: ['a-long-secret'],
  });
  expect(endpoint).toMatchObject({
    url: 'https://example.com/mcp',
    headers: { Authorization: 'Bearer a-long-secret' },
    secrets: ['a-long-secret', 'Bearer a-long-secret'],
  });
});

test('the examples of the README and of .env.example are taken as they stand', () => {
  const env = { WEATHER_KEY: 'w', NOTES_TOKEN: 'n' };
  const page = (name: string) => readFileSync(join(import.meta.dirname, '../../..', name), 'utf8');
  const [, inReadme = ''] = /```json\n(\{\s*"mcpServers"[\s\S]*?)```/.exec(page('README.md')) ?? [];
  const [, inEnvironment = ''] = /^# (\{"mcpServers".*)$/m.exec(page('.env.example')) ?? [];
  expect(parseMcpConfig(inReadme, PATH, env)).toMatchObject({ servers: [{ name: 'weather' }, { name: 'notes' }] });
  expect(parseMcpConfig(inEnvironment, PATH, env)).toMatchObject({ servers: [{ env: { API_KEY: 'w' } }] });
});

test('a variable that is not set is a problem, not an empty text', () => {
  expect(problems({ a: { command: 'x', env: { K: ref('MISSING_ONE') } } })).toEqual([
    `at mcpServers.a asks for ${ref('MISSING_ONE')}, which is not set`,
  ]);
});

test('no server is ever handed the token or the key of the bot', () => {
  const env = { DISCORD_TOKEN: 'token-of-the-bot', GEMINI_API_KEY: 'key-of-the-bot' };
  const found = problems(
    { a: { command: 'x', env: { T: ref('DISCORD_TOKEN') } }, b: { url: `http://h/${ref('GEMINI_API_KEY:-x')}` } },
    env,
  );
  expect(found).toEqual([
    `at mcpServers.a asks for ${ref('DISCORD_TOKEN')}, which is Parley's own and handed to no server`,
    `at mcpServers.b asks for ${ref('GEMINI_API_KEY')}, which is Parley's own and handed to no server`,
  ]);
  expect(found.join()).not.toMatch(/of-the-bot/);
});

test.each([
  ['{', 'is not valid JSON'],
  ['[]', 'must be an object'],
  ['{}', 'at mcpServers is missing'],
  ['{"mcpServers":{},"inputs":[]}', 'has something that is not known: "inputs"'],
])('%s: %s', (text, problem) => {
  expect(parseMcpConfig(text, PATH, {})).toEqual({ problems: [problem] });
});

test.each([
  [{}, 'at mcpServers.a must have either "command" (a program) or "url" (an address)'],
  [null, 'at mcpServers.a must have either "command" (a program) or "url" (an address)'],
  [{ command: 'x', url: 'http://h' }, 'at mcpServers.a must have either "command" (a program) or "url" (an address)'],
  [{ command: '' }, 'at mcpServers.a.command must not be empty'],
  [{ command: 'x', args: 'y' }, 'at mcpServers.a.args must be a list'],
  [{ command: 'x', args: [1] }, 'at mcpServers.a.args.0 must be text in quotes'],
  [{ command: 'x', env: { A: 1 } }, 'at mcpServers.a.env.A must be text in quotes'],
  [{ command: 'x', enviroment: {} }, 'at mcpServers.a has something that is not known: "enviroment"'],
  [{ command: 'x', type: 'http' }, 'at mcpServers.a.type must be one of "stdio"'],
  [{ url: 'ftp://h' }, 'at mcpServers.a has a "url" that is not an http:// or https:// address'],
  [{ url: 'http://me:secret@h' }, 'at mcpServers.a has a user or password in its "url": put it in "headers"'],
  [{ url: 'http://h', headers: { 'no good': 'x' } }, 'at mcpServers.a has a header that cannot be sent: no good'],
  [{ url: 'http://h', headers: { A: 'x\ny' } }, 'at mcpServers.a has a header that cannot be sent: A'],
])('%j: %s', (server, problem) => {
  expect(problems({ a: server })).toEqual([problem]);
});

test('two servers whose tools would have the same names are a problem, a name that is none is one', () => {
  expect(problems({ 'a-b': { command: 'x' }, a_b: { command: 'y' } })).toEqual([
    'at mcpServers.a_b has the same name as another server: both are "a_b"',
  ]);
  expect(problems({ '': { command: 'x' }, ['n'.repeat(33)]: { command: 'x' }, ä: { command: 'x' } })).toHaveLength(3);
});

test('every problem of every server is said at once, with the name of the variable and the file', () => {
  const text = JSON.stringify({ mcpServers: { a: { command: 1, cwd: 2 }, b: {} } });
  const env = { DISCORD_TOKEN: 't', GEMINI_API_KEY: 'k', MCP_CONFIG: 'mcp.json' };
  const result = readConfig(env, () => text, 2);
  expect(!result.ok && result.problems).toEqual([
    'MCP_CONFIG (mcp.json) at mcpServers.a.command must be text in quotes',
    'MCP_CONFIG (mcp.json) at mcpServers.a.cwd must be text in quotes',
    'MCP_CONFIG (mcp.json) at mcpServers.b must have either "command" (a program) or "url" (an address)',
  ]);
});

test('the log is told the names of servers and nothing else of them', () => {
  const text = JSON.stringify({
    mcpServers: {
      a: { command: 'c', args: ['hidden-1'], env: { K: 'hidden-2' } },
      b: { url: 'http://hidden-3', headers: { Authorization: 'hidden-4' } },
    },
  });
  const env = { DISCORD_TOKEN: 't', GEMINI_API_KEY: 'k', MCP_CONFIG: 'mcp.json' };
  const result = readConfig(env, () => text, 2);
  const described = result.ok ? describeConfig(result.config) : {};
  expect(described['mcpServers']).toEqual(['a', 'b']);
  expect(JSON.stringify(described)).not.toContain('hidden');
});
