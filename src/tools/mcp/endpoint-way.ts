/**
 * A server at an address: streamable HTTP, or the server-sent events of before 2025.
 */
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { FetchLike, Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { McpEndpoint } from '../../config/mcp-config.ts';
import type { Way } from './way.ts';

/** The same bound as for a message of a program (the SDK's `ReadBuffer`). */
const LARGEST_ANSWER_BYTES = 10 * 1024 * 1024;

export function createEndpointWay({ kind, url, headers }: McpEndpoint): Way {
  const options = { requestInit: { headers: { ...headers } }, fetch: boundedFetch };
  const address = new URL(url);
  const howItEnded = () => null;
  if (kind === 'sse')
    return { transport: new SSEClientTransport(address, options), goodbye: async () => undefined, howItEnded };
  const transport = new StreamableHTTPClientTransport(address, options);
  return {
    // Its types are written for compilers that do not tell a missing field from an undefined one.
    transport: transport as Transport,
    goodbye: () => transport.terminateSession().catch(() => undefined),
    howItEnded,
  };
}

/** An answer that does not end would fill the memory. A stream of notifications, which is asked for by GET, may go on for ever. */
const boundedFetch: FetchLike = async (url, init) => {
  const response = await fetch(url, init);
  if (response.body === null || (init?.method ?? 'GET') === 'GET') return response;
  let bytes = 0;
  const bound = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > LARGEST_ANSWER_BYTES) controller.error(new Error('the answer is too large'));
      else controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(bound), { status, statusText, headers });
};
