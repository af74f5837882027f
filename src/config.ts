/**
 * The configuration: the environment, checked once, as a value. Everything that is wrong is said at once, in plain words,
 * and nothing that is said repeats a secret.
 */
import { availableParallelism } from 'node:os';
import { type Environment, environmentSchema } from './config/environment.ts';
import { parseLiveOptions } from './config/live-options.ts';
import { type McpServerConfig, parseMcpConfig } from './config/mcp-config.ts';
import { type ReadFile, readText } from './config/read-text.ts';
import { type Variables, withSecretFiles } from './config/secret-files.ts';
import type { LiveTuning } from './types/live-tuning.ts';
import type { LiveEndpoint, RoomTuning } from './types/settings.ts';

export interface SpendingLimits {
  /** Voice rooms of the whole process at once. */
  readonly maxRooms: number;
  /** Minutes of open voice rooms a guild and UTC day; null for no limit. */
  readonly maxMinutesPerDay: number | null;
  /** Tokens of the Live service a guild and UTC day; null for no limit. */
  readonly maxTokensPerDay: number | null;
}

export interface DiscordConfig {
  readonly token: string;
  /** REST base without the version; null for Discord's own. */
  readonly apiUrl: string | null;
  /** Registers commands in this guild only; null for everywhere. */
  readonly devGuildId: string | null;
  /** Asks for the privileged intent. */
  readonly messageContent: boolean;
}

export interface Config {
  readonly discord: DiscordConfig;
  readonly live: LiveEndpoint;
  /** A file, or `:memory:`. */
  readonly databasePath: string;
  readonly http: { readonly host: string; readonly port: number };
  /** Most worker threads of the audio plane; 0 runs rooms in the main thread. */
  readonly roomThreads: number;
  readonly tuning: RoomTuning;
  readonly eagerTurns: boolean;
  /** Guilds that may use the bot; null for all. */
  readonly allowedGuilds: readonly string[] | null;
  readonly limits: SpendingLimits;
  /** Servers whose tools the model may use. */
  readonly mcpServers: readonly McpServerConfig[];
  readonly logLevel: Environment['LOG_LEVEL'];
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | {
      readonly ok: false;
      readonly problems: readonly string[];
      /** What could be understood all the same, so that the rest of what is wrong can be found at once. */
      readonly understood: { readonly discord: DiscordConfig | null; readonly databasePath: string | null };
    };

/**
 * Reads the whole environment. Pure: files come through `readFile`, the number of cores as an argument.
 *
 * @param readFile reads what `*_FILE`, `LIVE_OPTIONS` and `MCP_CONFIG` name
 */
export function readConfig(env: Variables, readFile: ReadFile, cores: number = availableParallelism()): ConfigResult {
  const secrets = withSecretFiles(env, readFile);
  const spokenFor = (name: string) => secrets.problems.some((problem) => problem.startsWith(`${name}_FILE `));
  const result = environmentSchema(cores).safeParse(secrets.env);
  const problems = [...secrets.problems];
  for (const { path, message } of result.error?.issues ?? []) {
    if (!spokenFor(String(path[0]))) problems.push(`${String(path[0])} ${message}`);
  }
  const liveOptions = readLiveOptions(secrets.env['LIVE_OPTIONS'], readFile);
  const mcp = readMcpConfig(secrets.env, readFile);
  problems.push(...liveOptions.problems, ...mcp.problems);
  if (!result.success || problems.length > 0)
    return { ok: false, problems, understood: understand(secrets.env, cores) };
  return { ok: true, config: toConfig(result.data, liveOptions.options, mcp.servers) };
}

function understand(env: Variables, cores: number) {
  const schema = environmentSchema(cores);
  const discord = schema
    .pick({ DISCORD_TOKEN: true, DISCORD_API_URL: true, DEV_GUILD_ID: true, MESSAGE_CONTENT: true })
    .safeParse(env);
  const database = schema.pick({ DATABASE_URL: true }).safeParse(env);
  return {
    discord: discord.success ? toDiscordConfig(discord.data) : null,
    databasePath: database.success ? database.data.DATABASE_URL : null,
  };
}

function readLiveOptions(path: string | undefined, readFile: ReadFile) {
  if (path === undefined) return { options: {}, problems: [] };
  const read = readText(path, readFile);
  if ('problem' in read) return { options: {}, problems: [`LIVE_OPTIONS ${read.problem}`] };
  const parsed = parseLiveOptions(read.text);
  if ('options' in parsed) return { options: parsed.options, problems: [] };
  return { options: {}, problems: parsed.problems.map((problem) => `LIVE_OPTIONS (${path}) ${problem}`) };
}

function readMcpConfig(env: Variables, readFile: ReadFile) {
  const path = env['MCP_CONFIG'];
  if (path === undefined) return { servers: [], problems: [] };
  const read = readText(path, readFile);
  if ('problem' in read) return { servers: [], problems: [`MCP_CONFIG ${read.problem}`] };
  const parsed = parseMcpConfig(read.text, path, env);
  if ('servers' in parsed) return { servers: parsed.servers, problems: [] };
  return { servers: [], problems: parsed.problems.map((problem) => `MCP_CONFIG (${path}) ${problem}`) };
}

function toConfig(env: Environment, live: LiveTuning, mcpServers: readonly McpServerConfig[]): Config {
  return {
    discord: toDiscordConfig(env),
    live: { apiKey: env.GEMINI_API_KEY, baseUrl: env.GEMINI_BASE_URL ?? null, model: env.GEMINI_MODEL },
    databasePath: env.DATABASE_URL,
    http: { host: env.HTTP_HOST, port: env.HTTP_PORT },
    roomThreads: env.ROOM_THREADS,
    tuning: { voiceActivity: env.VOICE_ACTIVITY, turnDetection: env.TURN_DETECTION, live },
    eagerTurns: env.EAGER_TURNS,
    allowedGuilds: env.ALLOWED_GUILDS ?? null,
    limits: {
      maxRooms: env.MAX_ROOMS,
      maxMinutesPerDay: env.MAX_MINUTES_PER_DAY,
      maxTokensPerDay: env.MAX_TOKENS_PER_DAY,
    },
    mcpServers,
    logLevel: env.LOG_LEVEL,
  };
}

function toDiscordConfig(
  env: Pick<Environment, 'DISCORD_TOKEN' | 'DISCORD_API_URL' | 'DEV_GUILD_ID' | 'MESSAGE_CONTENT'>,
): DiscordConfig {
  return {
    token: env.DISCORD_TOKEN,
    apiUrl: env.DISCORD_API_URL ?? null,
    devGuildId: env.DEV_GUILD_ID ?? null,
    messageContent: env.MESSAGE_CONTENT,
  };
}

/** Settings that are checked but that nothing obeys yet, for whoever set one to be told. */
export function settingsWithoutEffect(config: Config): readonly string[] {
  return config.eagerTurns ? ['EAGER_TURNS'] : [];
}

/** The configuration as fields of a log line: everything but the secrets, addresses without a user and password. */
export function describeConfig(config: Config): Readonly<Record<string, unknown>> {
  const { discord, live, mcpServers, tuning, ...rest } = config;
  return {
    ...rest,
    // Not what they hold: a vocabulary may be names of people.
    tuning: { ...tuning, live: Object.keys(tuning.live) },
    discord: {
      apiUrl: withoutUser(discord.apiUrl),
      devGuildId: discord.devGuildId,
      messageContent: discord.messageContent,
    },
    live: { baseUrl: withoutUser(live.baseUrl), model: live.model },
    mcpServers: mcpServers.map(({ name }) => name),
  };
}

function withoutUser(address: string | null): string | null {
  if (address === null) return null;
  const url = new URL(address);
  return `${url.protocol}//${url.host}${url.pathname}`;
}
