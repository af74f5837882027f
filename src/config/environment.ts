/**
 * The variables of the environment, each with its default. `.env.example` is the same list for people.
 */
import { z } from 'zod';
import {
  flag,
  hostName,
  httpUrl,
  limit,
  modelId,
  oneOf,
  path,
  secret,
  snowflake,
  snowflakes,
  sqlitePath,
  wholeNumber,
} from './fields.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** More threads than this cannot be meant: each takes eight rooms, and 33 MB before the first. */
const MOST_THREADS = 64;
const MOST_ROOMS = 512;

/** What stands where a required variable is missing. */
const REQUIRED = {
  DISCORD_TOKEN: 'is missing: the bot token, from https://discord.com/developers/applications, page "Bot"',
  GEMINI_API_KEY: 'is missing: the key of a billed project, from https://aistudio.google.com/apikey',
} as const;

export const SECRETS = ['DISCORD_TOKEN', 'GEMINI_API_KEY'] as const;

/** @param cores how many cores the machine has, for the default of `ROOM_THREADS` */
export function environmentSchema(cores: number) {
  return z.object({
    DISCORD_TOKEN: required('DISCORD_TOKEN', secret('the Developer Portal')),
    DISCORD_API_URL: httpUrl({ versioned: false }).optional(),
    GEMINI_API_KEY: required('GEMINI_API_KEY', secret('AI Studio')),
    GEMINI_BASE_URL: httpUrl({ versioned: true }).optional(),
    GEMINI_MODEL: modelId().default('gemini-3.8-live'),
    DATABASE_URL: sqlitePath().default('data/parley.db'),
    DEV_GUILD_ID: snowflake().optional(),
    HTTP_HOST: hostName().default('127.0.0.1'),
    HTTP_PORT: wholeNumber({ from: 0, to: 65_535 }).default(8787),
    ROOM_THREADS: wholeNumber({ from: 0, to: MOST_THREADS }).default(Math.min(MOST_THREADS, Math.max(2, cores))),
    ALLOWED_GUILDS: snowflakes().optional(),
    MAX_ROOMS: wholeNumber({ from: 1, to: MOST_ROOMS }).default(8),
    MAX_MINUTES_PER_DAY: limit().default(240),
    MAX_TOKENS_PER_DAY: limit().default(null),
    MESSAGE_CONTENT: flag().default(false),
    TURN_DETECTION: oneOf(['manual', 'automatic']).default('manual'),
    VOICE_ACTIVITY: oneOf(['neural', 'energy']).default('neural'),
    EAGER_TURNS: flag().default(false),
    MCP_CONFIG: path().optional(),
    LIVE_OPTIONS: path().optional(),
    LOG_LEVEL: oneOf(LOG_LEVELS).default('info'),
  });
}

export type Environment = z.infer<ReturnType<typeof environmentSchema>>;

function required<Schema extends z.ZodType<unknown, string>>(name: keyof typeof REQUIRED, schema: Schema) {
  return z.string({ error: REQUIRED[name] }).pipe(schema);
}
