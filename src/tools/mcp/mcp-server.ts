/**
 * One server and its tools, which stay when it goes: then they say that it is not running.
 */
import type { McpServerConfig } from '../../config/mcp-config.ts';
import type { Clock, Random } from '../../types/clock.ts';
import { type Count, type Log, withFields } from '../../types/log.ts';
import { DEADLINE_MS, type Tool, ToolFailure, type ToolTrouble } from '../define-tool.ts';
import type { ChildGroups } from './child-groups.ts';
import type { Connect, ListedTool, McpConnection } from './connection.ts';
import { createKeeper, type Hooks } from './keeper.ts';
import { createRefresh } from './refresh.ts';
import { toTools } from './to-tools.ts';
import type { CallTool } from './tool-call.ts';

export interface McpServerOptions {
  readonly config: McpServerConfig;
  readonly connect: Connect;
  readonly groups: ChildGroups;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly count: Count;
  /** Its tools are others, or can be called now, or cannot any more. */
  readonly onChange: () => void;
}

export interface McpServer {
  /** Those that it had when it was last there; the same objects for as long as the server says the same of them. */
  tools(): readonly Tool[];
  start(): void;
  close(): Promise<void>;
}

export function createMcpServer(options: McpServerOptions): McpServer {
  const { config, groups, clock, count, onChange } = options;
  const log = withFields(options.log, { server: config.name });
  let connection: McpConnection | null = null;
  let tools: readonly Tool[] = [];
  let listedAs = '';

  const trouble = (): ToolTrouble | null =>
    connection === null ? { why: 'serverDown', server: config.name, retryInMs: keeper.retryInMs() } : null;
  const call: CallTool = async (...args) => {
    if (connection === null) throw new ToolFailure('its server is not running just now');
    count('mcp_calls_total');
    return connection.callTool(...args);
  };

  /** @returns whether the server says anything else than the last time */
  const take = (listed: readonly ListedTool[]): boolean => {
    const as = JSON.stringify(listed);
    if (as === listedAs) return false;
    listedAs = as;
    tools = toTools(listed, { config, trouble, call, timeoutMs: DEADLINE_MS, log });
    log.info({ tools: tools.map(({ name }) => name) }, 'an MCP server has these tools');
    return true;
  };
  const takeAgain = async (): Promise<void> => {
    try {
      if (connection !== null && take(await connection.listTools())) onChange();
    } catch (error) {
      log.debug({ err: error }, 'the tools of an MCP server could not be listed again');
    }
  };
  const refresh = createRefresh(clock, takeAgain);

  const connect = async ({ signal, onLost }: Hooks): Promise<McpConnection> => {
    const onToolsChanged = (): void => refresh.ask();
    const made = await options.connect({ config, groups, clock, log, signal, onLost, onToolsChanged });
    const giveUp = (): void => void made.close();
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      take(await made.listTools());
      return made;
    } catch (error) {
      await made.close();
      throw error;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  };
  const onConnection = (value: McpConnection | null): void => {
    connection = value;
    onChange();
  };
  const keeper = createKeeper({ ...options, log, connect, onConnection });

  return {
    tools: () => tools,
    start: () => keeper.start(),
    async close() {
      refresh.close();
      await keeper.close();
    },
  };
}
