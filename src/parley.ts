/**
 * The running bot: its parts, started in order and let go of in the reverse one.
 */
import { randomInt } from 'node:crypto';
import { type Client, Events, Status } from 'discord.js';
import { commands, messageCommands } from '../commands/index.ts';
import { fitTuning } from './catalogue/fit-tuning.ts';
import { profileOf } from './catalogue/models.ts';
import { type Config, describeConfig, settingsWithoutEffect } from './config.ts';
import { createControlPlane, type RoomsFate } from './control-plane.ts';
import { connectDiscord, createClient, logClient, onRefused } from './discord/client.ts';
import { inviteLink } from './discord/invite.ts';
import { registersCommands, syncCommands } from './discord/registration.ts';
import type { ParleyError } from './errors.ts';
import { createCounts } from './http/counts.ts';
import { startHealthServer } from './http/health-server.ts';
import { createRooms, type Rooms, type RoomsOptions } from './room/rooms.ts';
import { within } from './shutdown.ts';
import { openSqliteStore } from './store/sqlite-store.ts';
import { createUsageLedger } from './store/usage-ledger.ts';
import { createBuiltinTools } from './tools/builtin/index.ts';
import { createMcpHost } from './tools/mcp/mcp-host.ts';
import { createToolRegistry } from './tools/tool-registry.ts';
import { type Clock, type Random, systemClock } from './types/clock.ts';
import type { Log } from './types/log.ts';

/** Lets the sentence being spoken finish. With what follows it stays below the 10 s that a supervisor gives. */
const DRAIN_MS = 3_000;
/** For the last use to be saved. */
const LAST_SAVE_MS = 1_500;

/** For dice, on which people may bet. */
const unguessable: Random = () => randomInt(2 ** 47) / 2 ** 47;

export interface ParleyDeps {
  readonly log: Log;
  /** Aborts a start that is still going on. */
  readonly signal: AbortSignal;
  /** Discord has refused the running bot for good. */
  readonly onRefused: (problem: ParleyError) => void;
  readonly clock?: Clock;
  readonly random?: Random;
  /** The calendar, ms since 1970. */
  readonly now?: () => number;
  readonly createRooms?: (options: RoomsOptions) => Rooms;
  readonly createTools?: typeof createBuiltinTools;
  readonly createClient?: typeof createClient;
}

export interface Parley {
  readonly invite: string;
  /** Null when health checks are not available. */
  readonly httpPort: number | null;
  /**
   * Leaves every channel and lets go of everything; the sentence being spoken may take `drainMs` more. The next process starts
   * without rooms, unless they are to be kept for it.
   */
  close(drainMs?: number, fate?: RoomsFate): Promise<void>;
}

/**
 * Starts the bot; resolves when it is ready for commands.
 *
 * @throws ParleyError `STORE_UNUSABLE`, `DISCORD_TOKEN_REFUSED`, `DISCORD_INTENT_REFUSED`; `SHUTTING_DOWN` when aborted
 */
export async function startParley(config: Config, deps: ParleyDeps): Promise<Parley> {
  const { log, clock = systemClock, random = Math.random, now = Date.now } = deps;
  log.info({ config: describeConfig(config) }, 'starting');
  for (const name of settingsWithoutEffect(config)) log.warn({ name }, 'this setting has no effect yet');
  noteModel(config, log);
  await using parts = new AsyncDisposableStack();
  const { count, snapshot } = createCounts();
  let client: Client | null = null;
  let draining = false;
  let drain = DRAIN_MS;
  // A start that fails leaves to the next one what it has found.
  let roomsFate: RoomsFate = 'keep';

  const mcp = createMcpHost({ servers: config.mcpServers, clock, random, log, count });
  // Let go of last: a server that will not go takes no time from what has to be saved.
  parts.defer(() => mcp.close());
  const store = openSqliteStore(config.databasePath, clock);
  parts.defer(() => store.close());
  if (store.readOnly) log.warn({ path: config.databasePath }, 'the database is read-only: nothing will be saved');
  const ledger = createUsageLedger({ store, clock, now, log });
  parts.defer(() => within(LAST_SAVE_MS, clock, ledger.close()));
  const health = await startHealthServer({ ...config.http, notReady: () => notReady(client, draining), log });
  parts.defer(() => health.close());
  parts.defer(() => log.debug({ counts: snapshot() }, 'counted since the start'));
  parts.defer(async () => {
    // To discord.js its own goodbye looks like a connection that was lost, and the log would say so.
    client?.removeAllListeners(Events.ShardReconnecting);
    await client?.destroy();
  });
  const rooms = deps.createRooms ?? createRooms;
  const own = (deps.createTools ?? createBuiltinTools)({ now, random: unguessable });
  const functions = createToolRegistry(own, [mcp], log);
  const common = { config, store, ledger, functions, clock, random, now, log, count };
  const plane = await createControlPlane({ ...common, createRooms: rooms });
  parts.defer(async () => {
    await Promise.all([plane.close(drain, roomsFate), mcp.close()]);
    functions.close();
  });
  mcp.start();

  const create = (): Client => {
    const fresh = (deps.createClient ?? createClient)(config.discord);
    logClient(fresh, log);
    onRefused(fresh, deps.onRefused);
    plane.attach(fresh);
    return fresh;
  };
  client = await connectDiscord({ ...config.discord, create, signal: deps.signal, clock, random, log });
  const applicationId = client.application?.id ?? '';
  await register(client, applicationId, config.discord.devGuildId, log);
  const started = { invite: inviteLink(applicationId), httpPort: health.port };
  log.info({ ...started, guilds: client.guilds.cache.size }, 'ready');

  const owned = parts.move();
  return {
    ...started,
    async close(drainMs = DRAIN_MS, fate = 'forget') {
      draining = true;
      drain = drainMs;
      roomsFate = fate;
      await owned.disposeAsync();
    },
  };
}

/** Once a process, and not with every room. */
function noteModel({ live, tuning }: Config, log: Log): void {
  const { profile, known } = profileOf(live.model);
  if (!known) log.warn({ model: live.model }, 'unknown Live model, treated like gemini-3.8-live');
  const { leftOut } = fitTuning(tuning.live, profile, tuning.turnDetection);
  if (leftOut.length === 0) return;
  const { turnDetection } = tuning;
  log.warn({ model: live.model, turnDetection, leftOut }, 'what this model does not take of LIVE_OPTIONS is left out');
}

/** A bot whose commands could not be brought up to date is still the bot that it was. */
async function register(client: Client, applicationId: string, guildId: string | null, log: Log): Promise<void> {
  if (!registersCommands(client.ws.shards)) return log.info({}, 'the process with shard 0 registers the commands');
  try {
    const result = await syncCommands(client.rest, applicationId, guildId, [...commands, ...messageCommands]);
    log.info({ result, guildId }, 'commands are registered');
  } catch (error) {
    log.error({ err: error, guildId }, 'commands could not be registered; those that Discord has stay');
  }
}

/** Why no work can be taken just now, or null. */
function notReady(client: Client | null, draining: boolean): string | null {
  if (draining) return 'shutting down';
  if (client === null) return 'connecting to Discord';
  const { shards } = client.ws;
  return shards.every((shard) => shard.status === Status.Ready) ? null : 'reconnecting to Discord';
}
