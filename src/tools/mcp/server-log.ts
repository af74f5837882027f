/**
 * What a server says of itself, in the log: without its secrets, and redacted from the first call on, because then it may hold
 * what people said.
 */
import type { McpServerConfig } from '../../config/mcp-config.ts';
import type { Clock } from '../../types/clock.ts';
import type { Log } from '../../types/log.ts';
import type { Redact } from '../redact.ts';
import { redactValues } from './redaction.ts';
import { createTextLog, intoLines } from './text-log.ts';

export interface ServerLog {
  /** Takes everything out that the server was given. */
  readonly redact: Redact;
  /** Takes what is wrong on the connection. */
  readonly error: (message: string) => void;
  /** Takes what a program writes to its standard error, cut anywhere. */
  readonly stderr: (text: string) => void;
  /** Something that people said goes to the server now. */
  becomesPersonal(): void;
}

export function createServerLog(config: McpServerConfig, clock: Clock, log: Log): ServerLog {
  const given = Object.values(config.kind === 'stdio' ? config.env : config.headers);
  const redact = redactValues([...config.secrets, ...given]);
  let isPersonal = false;
  const common = { clock, log, redact, isPersonal: () => isPersonal };
  return {
    redact,
    error: createTextLog({ ...common, message: 'an error on the connection with an MCP server' }),
    stderr: intoLines(createTextLog({ ...common, message: 'an MCP server wrote' })),
    becomesPersonal() {
      isPersonal = true;
    },
  };
}
