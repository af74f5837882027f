/**
 * @discordjs/voice 0.19.2 rejoins by itself on nearly every close code, at once and for ever: a voice server that closes with
 * 4017, 4021 or 4022 is asked again as fast as the network allows, and the gateway disconnects the whole shard.
 *
 * Upstream: discordjs/discord.js#11567 stops it for 4021 and 4022 on the main branch, unreleased; no back-off for the rest.
 * Until then the adapter refuses every payload that we did not ask for ourselves. The library answers a refusal by going to
 * `Disconnected/AdapterUnavailable` and staying there, which is where the rejoin policy wants it.
 * Remove when library-rejoin.test.ts fails.
 */

export interface PayloadGate {
  /** For the library's adapter. */
  sendPayload(payload: unknown): boolean;
  /** Runs `fn`; payloads that the library sends within it pass. */
  allow<T>(fn: () => T): T;
}

export interface PayloadGateOptions {
  readonly send: (payload: unknown) => boolean;
  /** The library wanted to rejoin by itself. */
  readonly refused: () => void;
}

export function createPayloadGate({ send, refused }: PayloadGateOptions): PayloadGate {
  let depth = 0;
  return {
    sendPayload(payload) {
      if (depth > 0) return send(payload);
      refused();
      return false;
    },
    allow(fn) {
      depth++;
      try {
        return fn();
      } finally {
        depth--;
      }
    },
  };
}
