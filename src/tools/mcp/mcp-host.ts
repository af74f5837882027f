/**
 * The servers of `MCP_CONFIG`: their tools, while they come and go.
 */
import type { McpServerConfig } from '../../config/mcp-config.ts';
import type { Clock, Random } from '../../types/clock.ts';
import type { Count, Log } from '../../types/log.ts';
import type { Tool } from '../define-tool.ts';
import { createChildGroups } from './child-groups.ts';
import type { Connect } from './connection.ts';
import { createMcpServer } from './mcp-server.ts';

export interface McpHostOptions {
  readonly servers: readonly McpServerConfig[];
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly count: Count;
  readonly connect?: Connect;
}

export interface McpHost {
  /** Every tool of every server, also of those that are not running: these say so in `unavailable`. */
  tools(): readonly Tool[];
  /** @returns ends it */
  onChange(listener: () => void): () => void;
  /** Begins to connect with the servers, and waits for none. */
  start(): void;
  /** Ends the programs that it has started; within 3 s. */
  close(): Promise<void>;
}

/** The SDK is loaded by those who have a server: it takes a tenth of a second. */
const connectWithSdk: Connect = async (options) => {
  const { connect } = await import('./connection.ts');
  return connect(options);
};

export function createMcpHost(options: McpHostOptions): McpHost {
  const groups = createChildGroups();
  const listeners = new Set<() => void>();
  const onChange = (): void => {
    for (const listener of listeners) listener();
  };
  const { connect = connectWithSdk } = options;
  const servers = options.servers.map((config) => createMcpServer({ ...options, config, connect, groups, onChange }));

  return {
    tools: () => servers.flatMap((server) => server.tools()),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start() {
      for (const server of servers) server.start();
    },
    async close() {
      listeners.clear();
      await Promise.all(servers.map((server) => server.close()));
      groups.close();
    },
  };
}
