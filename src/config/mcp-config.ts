/**
 * What `MCP_CONFIG` may hold: an `mcp.json` in the form that other hosts of MCP servers use, so that what works there can be
 * pasted here. Strict, so that a misspelt name is a problem at start-up and not a server that silently lacks something.
 *
 * What is said of a problem never repeats a value: it may well be a secret.
 */
import { dirname, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { expandVariables } from './expand-variables.ts';
import { type Parsed, parsePlainly, sentence, wrong } from './plain-parse.ts';
import type { Variables } from './secret-files.ts';

interface McpServerBase {
  /** As the file calls it, for the log. */
  readonly name: string;
  /** The first part of the names of its tools: `[a-z][a-z0-9_]*` without two `_` in a row. */
  readonly id: string;
  /** Names of tools that need nobody's confirmation, whatever the server says of them. */
  readonly alwaysAllow: readonly string[];
  /** Values that look like secrets by what they are called; none of them is ever logged or told to the model. */
  readonly secrets: readonly string[];
}

/** A program that is started and spoken with over its standard streams. */
export interface McpProgram extends McpServerBase {
  readonly kind: 'stdio';
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where it is started: the folder of the file unless told. */
  readonly cwd: string;
}

/** A server at an address; `sse` is the way of before 2025. */
export interface McpEndpoint extends McpServerBase {
  readonly kind: 'http' | 'sse';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type McpServerConfig = McpProgram | McpEndpoint;

const NAME = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,31}$/;
/** What a variable or header with a secret in it is called. */
const SECRET_NAME = /key|token|secret|pass|pwd|auth|cred|cookie|dsn|(^|_)pat($|_)/i;
/** Shorter ones would be found in every other word. */
const SHORTEST_SECRET = 8;

const FileSchema = z.strictObject({
  $schema: z.string().optional(),
  mcpServers: z.record(z.string(), z.unknown()),
});

const common = {
  disabled: z.boolean().default(false),
  /** Two hosts, two names for the same. */
  alwaysAllow: z.array(z.string()).default([]),
  autoApprove: z.array(z.string()).default([]),
};

const ProgramSchema = z.strictObject({
  ...common,
  type: z.literal('stdio').optional(),
  command: z.string().min(1),
  args: z.array(z.string()).default([]),
  env: z.record(z.string().regex(/^[^=\0]+$/), z.string()).default({}),
  cwd: z.string().min(1).optional(),
});

const EndpointSchema = z.strictObject({
  ...common,
  type: z.enum(['http', 'streamable-http', 'streamableHttp', 'sse']).optional(),
  url: z.string(),
  headers: z.record(z.string(), z.string()).default({}),
});

/**
 * The servers of a file's text, or what is wrong with it, one plain sentence a fault.
 *
 * @param path of the file, for what is relative to it
 * @param env what `${NAME}` in the file may stand for
 */
export function parseMcpConfig(
  text: string,
  path: string,
  env: Variables,
): { servers: readonly McpServerConfig[] } | { problems: readonly string[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problems: ['is not valid JSON'] };
  }
  const file = parsePlainly(FileSchema, json, []);
  if (!('value' in file)) return { problems: file.problems };
  const entries = Object.entries(file.value.mcpServers);
  const results = entries.map(([name, entry]) => readServer(name, entry, dirname(path), env));
  const servers = results.flatMap((it) => ('value' in it && it.value !== null ? [it.value] : []));
  const problems = [...results.flatMap((it) => it.problems), ...sameIds(servers)];
  return problems.length > 0 ? { problems } : { servers };
}

/** Null for a server that is switched off. */
function readServer(name: string, entry: unknown, folder: string, env: Variables): Parsed<McpServerConfig | null> {
  const where = ['mcpServers', name];
  if (!NAME.test(name))
    return wrong(
      where,
      'has a name that is not 1 to 32 letters, digits, spaces and . _ - beginning with a letter or digit',
    );
  const fields = typeof entry === 'object' && entry !== null ? entry : {};
  const isProgram = 'command' in fields;
  if (isProgram === 'url' in fields)
    return wrong(where, 'must have either "command" (a program) or "url" (an address)');
  return isProgram ? readProgram(name, entry, folder, env) : readEndpoint(name, entry, env);
}

function readProgram(name: string, entry: unknown, folder: string, env: Variables): Parsed<McpServerConfig | null> {
  const where = ['mcpServers', name];
  const parsed = parsePlainly(ProgramSchema, entry, where);
  if (!('value' in parsed)) return parsed;
  const { disabled, alwaysAllow, autoApprove, command, args, env: given, cwd = '.' } = parsed.value;
  if (disabled) return { value: null, problems: [] };
  const expanded = expandVariables({ command, args, env: given, cwd }, env);
  if ('problems' in expanded) return wrong(where, ...expanded.problems);
  const { value, used } = expanded;
  const secrets = secretsAmong({ ...used, ...value.env });
  const base = { name, id: idOf(name), alwaysAllow: [...alwaysAllow, ...autoApprove], secrets };
  return {
    value: { ...base, ...value, kind: 'stdio', cwd: isAbsolute(value.cwd) ? value.cwd : join(folder, value.cwd) },
    problems: [],
  };
}

function readEndpoint(name: string, entry: unknown, env: Variables): Parsed<McpServerConfig | null> {
  const where = ['mcpServers', name];
  const parsed = parsePlainly(EndpointSchema, entry, where);
  if (!('value' in parsed)) return parsed;
  const { disabled, alwaysAllow, autoApprove, type, url, headers } = parsed.value;
  if (disabled) return { value: null, problems: [] };
  const expanded = expandVariables({ url, headers }, env);
  if ('problems' in expanded) return wrong(where, ...expanded.problems);
  const { value, used } = expanded;
  const problems = [...urlProblems(value.url), ...headerProblems(value.headers)];
  if (problems.length > 0) return wrong(where, ...problems);
  const secrets = [...secretsAmong(used), ...Object.values(value.headers).filter(isLong)];
  const base = { name, id: idOf(name), alwaysAllow: [...alwaysAllow, ...autoApprove], secrets };
  return { value: { ...base, ...value, kind: type === 'sse' ? 'sse' : 'http' }, problems: [] };
}

function urlProblems(text: string): readonly string[] {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    return ['has a "url" that is not an http:// or https:// address'];
  if (url.username !== '' || url.password !== '') return ['has a user or password in its "url": put it in "headers"'];
  return [];
}

function headerProblems(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    try {
      new Headers([[name, value]]);
      return [];
    } catch {
      return [`has a header that cannot be sent: ${name}`];
    }
  });
}

/** Names of tools begin with it, so it is made of what those may hold, and begins with a letter. */
function idOf(name: string): string {
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/_$/, '');
  return /^[a-z]/.test(id) ? id : `mcp_${id}`;
}

function sameIds(servers: readonly McpServerConfig[]): readonly string[] {
  return servers
    .filter(({ id }, at) => servers.findIndex((other) => other.id === id) !== at)
    .map(({ name, id }) => sentence(['mcpServers', name], `has the same name as another server: both are "${id}"`));
}

function secretsAmong(named: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(named).flatMap(([name, value]) => (SECRET_NAME.test(name) && isLong(value) ? [value] : []));
}

function isLong(value: string): boolean {
  return value.length >= SHORTEST_SECRET;
}
