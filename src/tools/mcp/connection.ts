/**
 * One connection with a server: the SDK's client over whatever leads there. Knows nothing of Discord; what goes over it is the
 * name of a tool and its arguments, and nothing that a server may ask of a host (sampling, roots, questions) is offered to it.
 */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { type Tool, ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import parley from '../../../package.json' with { type: 'json' };
import type { McpServerConfig } from '../../config/mcp-config.ts';
import { within } from '../../shutdown.ts';
import type { Clock } from '../../types/clock.ts';
import type { Log } from '../../types/log.ts';
import type { ChildGroups } from './child-groups.ts';
import { isRefusal, reasonOf } from './failures.ts';
import { createHeartbeat, type Heartbeat } from './heartbeat.ts';
import { listTools } from './list-tools.ts';
import { redactValues } from './redaction.ts';
import { createServerLog } from './server-log.ts';
import { type CallTool, createToolCall } from './tool-call.ts';
import { createWay } from './way.ts';

/** A tool as its server describes it. */
export type ListedTool = Tool;

export interface ConnectOptions {
  readonly config: McpServerConfig;
  readonly groups: ChildGroups;
  readonly clock: Clock;
  readonly log: Log;
  /** Gives up connecting. */
  readonly signal: AbortSignal;
  /** The connection that was made is of no use any more; not after `close`. The reason ends a sentence and holds no secret. */
  readonly onLost: (reason: string) => void;
  readonly onToolsChanged: () => void;
}

export interface McpConnection {
  /** @throws Error when the server does not answer; its message ends a sentence and holds no secret */
  listTools(): Promise<readonly ListedTool[]>;
  readonly callTool: CallTool;
  close(): Promise<void>;
}

/** @throws Error whose message ends a sentence and holds no secret */
export type Connect = (options: ConnectOptions) => Promise<McpConnection>;

/** `npx` fetches a server that is started for the first time. */
const CONNECT_MS = 90_000;
/** A program that is busy with something is not dead. */
const PING_MS = 30_000;
/** For a server at an address to take note of the end. */
const GOODBYE_MS = 1_000;

export const connect: Connect = async (options) => {
  const { config, groups, clock, log, signal, onLost, onToolsChanged } = options;
  const said = createServerLog(config, clock, log);
  let heartbeat: Heartbeat | null = null;
  let isOpen = false;
  const { transport, goodbye, howItEnded } = createWay({ config, groups, clock, onStderr: said.stderr });
  const client = createClient(onToolsChanged);
  client.onclose = () => {
    if (isOpen) onLost(howItEnded() ?? 'the connection has ended');
  };
  client.onerror = (error) => {
    said.error(error.message);
    // A program that is gone is seen to be gone.
    if (config.kind !== 'stdio') heartbeat?.check();
  };
  const close = async (): Promise<void> => {
    isOpen = false;
    heartbeat?.close();
    await within(GOODBYE_MS, clock, goodbye());
    await client.close();
    await transport.close();
  };
  try {
    await inTime(client.connect(transport, { timeout: CONNECT_MS }), clock, signal);
  } catch (error) {
    const reason = howItEnded() ?? reasonOf(error, said.redact);
    await close();
    throw new Error(reason);
  }
  isOpen = true;
  const onSilent = (error: unknown): void => onLost(reasonOf(error, said.redact));
  heartbeat = createHeartbeat({ clock, ping: () => ping(client), onSilent });
  const call = createToolCall({ client, redact: redactValues(config.secrets), onTrouble: () => heartbeat?.check() });
  return {
    listTools: () => listTools(client, log),
    callTool(...called) {
      said.becomesPersonal();
      return call(...called);
    },
    close,
  };
};

function createClient(onToolsChanged: () => void): Client {
  const client = new Client({ name: 'parley', version: parley.version }, { capabilities: {} });
  client.setNotificationHandler(ToolListChangedNotificationSchema, onToolsChanged);
  return client;
}

/** @throws Error when there is no answer; a refusal is one */
async function ping(client: Client): Promise<void> {
  try {
    await client.ping({ timeout: PING_MS });
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
}

/** @throws whatever `work` throws; Error when it takes too long or is given up */
async function inTime(work: Promise<void>, clock: Clock, signal: AbortSignal): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const giveUp = (): void => reject(new Error('it was given up'));
  const timer = clock.after(CONNECT_MS, () => reject(new Error(`it did not answer in ${CONNECT_MS / 1000} s`)));
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) giveUp();
  try {
    await Promise.race([work, promise]);
  } finally {
    timer.cancel();
    signal.removeEventListener('abort', giveUp);
    // One that is given up fails when its transport is closed.
    work.catch(() => undefined);
  }
}
