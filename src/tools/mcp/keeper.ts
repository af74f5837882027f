/**
 * Keeps a connection with a server: makes it, notices that it is lost, waits, makes it again, for as long as the bot runs.
 */
import type { Clock, Random } from '../../types/clock.ts';
import type { Count, Log, LogFields } from '../../types/log.ts';
import type { McpConnection } from './connection.ts';
import { connected, connecting, failed, type ServerState } from './server-state.ts';

export interface Hooks {
  /** Gives up connecting. */
  readonly signal: AbortSignal;
  readonly onLost: (reason: string) => void;
}

export interface KeeperOptions {
  /** Resolves when it can be used. @throws Error whose message ends a sentence */
  readonly connect: (hooks: Hooks) => Promise<McpConnection>;
  /** Null when it is lost. */
  readonly onConnection: (connection: McpConnection | null) => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly count: Count;
}

export interface Keeper {
  start(): void;
  /** Until the next try, ms; 0 while there is one, null when there will be none. */
  retryInMs(): number | null;
  close(): Promise<void>;
}

/** The same is told once a minute, however often a server falls over. */
const TOLD_AGAIN_MS = 60_000;

export function createKeeper(options: KeeperOptions): Keeper {
  const { connect, onConnection, clock, random, log, count } = options;
  const ending = new AbortController();
  const lastWord = new Promise<string>((resolve) => {
    ending.signal.addEventListener('abort', () => resolve('it is not needed any more'), { once: true });
  });
  let state: ServerState = { status: 'idle' };
  let running: Promise<void> = Promise.resolve();
  const tellLoss = onceIn(TOLD_AGAIN_MS, clock, log, 'warn');
  const tellReady = onceIn(TOLD_AGAIN_MS, clock, log, 'info');

  /** Until it is lost, or was never there. @returns why, the end of a sentence */
  const live = async (): Promise<string> => {
    state = connecting(state);
    const lost = Promise.withResolvers<string>();
    let whyLost: string | null = null;
    const onLost = (reason: string): void => {
      whyLost ??= reason;
      lost.resolve(reason);
    };
    let connection: McpConnection | null = null;
    try {
      connection = await connect({ signal: ending.signal, onLost });
      state = connected(state, clock.now());
      count('mcp_connections_total');
      tellReady({}, 'an MCP server is ready');
      onConnection(connection);
      return await Promise.race([lost.promise, lastWord]);
    } catch (error) {
      // What was being asked fails because of it, and knows less.
      return whyLost ?? (error instanceof Error ? error.message : String(error));
    } finally {
      if (connection !== null) onConnection(null);
      await connection?.close();
    }
  };

  const pause = async (ms: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = clock.after(ms, resolve);
    await Promise.race([promise, lastWord]);
    timer.cancel();
  };

  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const reason = await live();
      if (ending.signal.aborted) return;
      const waiting = failed(state, clock.now(), random);
      state = waiting;
      count('mcp_losses_total');
      const retryInMs = Math.round(waiting.retryAt - clock.now());
      tellLoss({ reason, failures: waiting.failures, retryInMs }, 'an MCP server is not running; trying again');
      await pause(retryInMs);
    }
  };

  return {
    start() {
      if (state.status === 'idle') running = run();
    },
    retryInMs() {
      if (state.status === 'closed') return null;
      return state.status === 'waiting' ? Math.max(0, Math.round(state.retryAt - clock.now())) : 0;
    },
    async close() {
      ending.abort();
      await running;
      state = { status: 'closed' };
    },
  };
}

/** At the level the first time, and again when enough time has gone by; in between for debugging only. */
function onceIn(ms: number, clock: Clock, log: Log, level: 'info' | 'warn') {
  let quietUntil = Number.NEGATIVE_INFINITY;
  return (fields: LogFields, message: string): void => {
    const isQuiet = clock.now() < quietUntil;
    log[isQuiet ? 'debug' : level](fields, message);
    if (!isQuiet) quietUntil = clock.now() + ms;
  };
}
