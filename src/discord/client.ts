/**
 * The connection to Discord: what the bot asks for, how it logs in, and which refusals are final.
 */
import {
  Client,
  type ClientOptions,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  Options,
  Partials,
} from 'discord.js';
import type { DiscordConfig } from '../config.ts';
import { ParleyError } from '../errors.ts';
import type { Clock, Random } from '../types/clock.ts';
import type { Log } from '../types/log.ts';

/** @param config where Discord is, and whether to ask for the privileged intent */
export function createClient({ apiUrl, messageContent }: Pick<DiscordConfig, 'apiUrl' | 'messageContent'>): Client {
  const options: ClientOptions = {
    // Voice states are what voice stands on: without that intent joining hangs for ever.
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildVoiceStates,
      GatewayIntentBits.GuildMessages,
      ...(messageContent ? [GatewayIntentBits.MessageContent] : []),
    ],
    // Of a message that is deleted nothing is known here any more but its id, and that is told only so.
    partials: [Partials.Message],
    shards: 'auto',
    allowedMentions: { parse: [] },
    // Nothing here looks back at messages, reactions or presences; a big server has very many of them.
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
      PresenceManager: 0,
    }),
  };
  return new Client(apiUrl === null ? options : { ...options, rest: { api: apiUrl } });
}

export interface LoginOptions {
  readonly token: string;
  /** A new client with every listener attached; one that failed to log in cannot be used again (discord.js 14). */
  readonly create: () => Client;
  readonly signal: AbortSignal;
}

export interface ConnectOptions extends LoginOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

/**
 * Logs in and waits until the servers have arrived. Trouble with the network is waited out, for as long as it takes.
 *
 * @throws ParleyError `DISCORD_TOKEN_REFUSED`, `DISCORD_INTENT_REFUSED`; `SHUTTING_DOWN` when aborted
 */
export async function connectDiscord({ clock, random, log, ...login }: ConnectOptions): Promise<Client> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await logIn(login);
    } catch (error) {
      if (!(error instanceof ParleyError) || error.code !== 'DISCORD_UNREACHABLE') throw error;
      const retryInMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt) * (0.5 + random() / 2);
      log.warn({ err: error, retryInMs }, 'Discord cannot be reached; trying again');
      await pause(clock, retryInMs, login.signal);
    }
  }
}

/**
 * Tries once.
 *
 * @throws ParleyError as `connectDiscord`, and `DISCORD_UNREACHABLE`
 */
export async function logIn({ token, create, signal }: LoginOptions): Promise<Client> {
  if (signal.aborted) throw new ParleyError('SHUTTING_DOWN');
  const client = create();
  try {
    await ready(client, token, signal);
    return client;
  } catch (error) {
    await client.destroy();
    if (error instanceof ParleyError) throw error;
    throw new ParleyError(refusalOf(error) ?? 'DISCORD_UNREACHABLE', { cause: error });
  }
}

/** What discord.js has to say for itself; an `error` event without a listener would end the process. */
export function logClient(client: Client, log: Log): void {
  client.on(Events.Error, (error) => log.error({ err: error }, 'discord.js reports an error'));
  client.on(Events.ShardError, (error, shardId) => {
    // A refusal ends the login and is told in plain words there.
    if (refusalOf(error) === null) log.warn({ err: error, shardId }, 'gateway connection error');
  });
  client.on(Events.ShardReconnecting, (shardId) => log.info({ shardId }, 'gateway connection lost, reconnecting'));
  client.on(Events.ShardResume, (shardId, replayed) => log.info({ shardId, replayed }, 'gateway session resumed'));
  client.on(Events.Warn, (message) => log.warn({ detail: message }, 'discord.js warns'));
}

/** Tells when Discord refuses the running bot for good: its token was reset, an intent was taken away. */
export function onRefused(client: Client, refused: (problem: ParleyError) => void): void {
  client.on(Events.ShardDisconnect, ({ code }) => {
    if (client.isReady()) refused(new ParleyError(refusalCode(code) ?? 'DISCORD_UNREACHABLE', { details: { code } }));
  });
}

async function ready(client: Client, token: string, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  client.once(Events.ClientReady, () => resolve());
  client.once(Events.ShardDisconnect, ({ code }) =>
    reject(new ParleyError(refusalCode(code) ?? 'DISCORD_UNREACHABLE')),
  );
  const abort = (): void => reject(new ParleyError('SHUTTING_DOWN'));
  signal.addEventListener('abort', abort, { once: true });
  try {
    await Promise.all([client.login(token), promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function refusalCode(closeCode: number): 'DISCORD_TOKEN_REFUSED' | 'DISCORD_INTENT_REFUSED' | null {
  if (closeCode === GatewayCloseCodes.AuthenticationFailed) return 'DISCORD_TOKEN_REFUSED';
  if (closeCode === GatewayCloseCodes.DisallowedIntents) return 'DISCORD_INTENT_REFUSED';
  if (closeCode === GatewayCloseCodes.InvalidIntents) return 'DISCORD_INTENT_REFUSED';
  return null;
}

/** The words of `@discordjs/ws` 1.2 for closes that end a login; it hands over no code (WebSocketShard.onClose). */
const REFUSALS = new Map<string, 'DISCORD_TOKEN_REFUSED' | 'DISCORD_INTENT_REFUSED'>([
  ['Authentication failed', 'DISCORD_TOKEN_REFUSED'],
  ['Used disallowed intents', 'DISCORD_INTENT_REFUSED'],
  ['Used invalid intents', 'DISCORD_INTENT_REFUSED'],
]);

function refusalOf(error: unknown): 'DISCORD_TOKEN_REFUSED' | 'DISCORD_INTENT_REFUSED' | null {
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid)
    return 'DISCORD_TOKEN_REFUSED';
  return error instanceof Error ? (REFUSALS.get(error.message) ?? null) : null;
}

function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = clock.after(ms, resolve);
  const abort = (): void => {
    timer.cancel();
    resolve();
  };
  signal.addEventListener('abort', abort, { once: true });
  return promise.finally(() => signal.removeEventListener('abort', abort));
}
