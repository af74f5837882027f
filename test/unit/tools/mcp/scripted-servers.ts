import type { McpServerConfig } from '../../../../src/config/mcp-config.ts';
import type { ConnectOptions, ListedTool, McpConnection } from '../../../../src/tools/mcp/connection.ts';
import { createMcpHost } from '../../../../src/tools/mcp/mcp-host.ts';
import { createFakeClock } from '../../../kit/fake-clock.ts';
import { createRecordingLog } from '../../../kit/recording-log.ts';

export function listed(name: string, more: Partial<ListedTool> = {}): ListedTool {
  return { name, description: `Does ${name}.`, inputSchema: { type: 'object', properties: {} }, ...more };
}

/** One connection, as the test steers it. */
export interface ScriptedConnection {
  readonly options: ConnectOptions;
  closed: boolean;
}

/** A host whose servers do what the test says: `tools` is what they list next, null for one that cannot be started. */
export function startScriptedHost(tools: readonly ListedTool[] | null) {
  const clock = createFakeClock();
  const log = createRecordingLog();
  const script = { tools, result: 'done' as unknown, calls: [] as unknown[] };
  const connections: ScriptedConnection[] = [];
  let attempts = 0;
  let changes = 0;
  const config: McpServerConfig = {
    kind: 'http',
    name: 'my server',
    id: 'my_server',
    url: 'http://127.0.0.1:9',
    headers: {},
    alwaysAllow: [],
    secrets: [],
  };

  const connect = async (options: ConnectOptions): Promise<McpConnection> => {
    attempts++;
    if (script.tools === null) throw new Error('it ended with code 1');
    const scripted: ScriptedConnection = { options, closed: false };
    connections.push(scripted);
    return {
      listTools: async () => script.tools ?? [],
      callTool: async (...call) => {
        script.calls.push(call);
        return script.result;
      },
      close: async () => {
        scripted.closed = true;
      },
    };
  };
  const host = createMcpHost({ servers: [config], clock, random: () => 1, log, count: () => undefined, connect });
  host.onChange(() => void changes++);
  host.start();
  return {
    host,
    clock,
    log,
    script,
    connections,
    get attempts() {
      return attempts;
    },
    get changes() {
      return changes;
    },
    /** Lets everything happen that waits for nothing but its turn. */
    settle: () => new Promise<void>((resolve) => setImmediate(resolve)),
  };
}
