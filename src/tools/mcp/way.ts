/**
 * The way to a server: started here, or at an address.
 */
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { McpServerConfig } from '../../config/mcp-config.ts';
import type { Clock } from '../../types/clock.ts';
import type { ChildGroups } from './child-groups.ts';
import { createChildTransport } from './child-transport.ts';
import { createEndpointWay } from './endpoint-way.ts';

export interface Way {
  readonly transport: Transport;
  /** Tells a server that keeps sessions that this one is over; never rejects, and may hang. */
  readonly goodbye: () => Promise<void>;
  /** The end of a sentence about a program that has ended, else null. */
  readonly howItEnded: () => string | null;
}

export interface WayOptions {
  readonly config: McpServerConfig;
  readonly groups: ChildGroups;
  readonly clock: Clock;
  readonly onStderr: (text: string) => void;
}

export function createWay({ config, ...rest }: WayOptions): Way {
  if (config.kind !== 'stdio') return createEndpointWay(config);
  const { transport, howItEnded } = createChildTransport({ ...rest, program: config });
  // The end of its input is all the goodbye there is.
  return { transport, howItEnded, goodbye: async () => undefined };
}
