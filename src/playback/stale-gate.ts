/**
 * The stale gate: keeps the rest of an answer that was cut off from being heard.
 *
 * After a barge-in the service goes on sending the old answer until it has noticed (100 to 600 ms, reference/live-api.md).
 * Those chunks look like any others, so they are dropped until the service says that the turn is over. Pure: time comes in as
 * an argument.
 */

export type StaleGate =
  | { readonly status: 'open' }
  /** Chunks of this generation, and of those before it, are dropped. `until` in ms; null: however long it takes. */
  | { readonly status: 'shut'; readonly generation: number; readonly until: number | null };

export type StaleGateEvent =
  /** Playback was flushed for a barge-in; `turnComplete`: the service had already ended that generation. */
  | { readonly type: 'flushed'; readonly generation: number; readonly turnComplete: boolean; readonly at: number }
  /**
   * Playback was flushed by `/stop`: nothing tells the service, so it will send the answer to its end. It may not have begun:
   * then `generation` is the number that it will get.
   */
  | { readonly type: 'stopped'; readonly generation: number; readonly turnComplete: boolean }
  /** Something new was asked; `begun`: the last answer of which anything has come. */
  | { readonly type: 'asked'; readonly begun: number }
  | { readonly type: 'interrupted'; readonly generation: number }
  | { readonly type: 'turnComplete'; readonly generation: number };

/**
 * The longest that chunks are dropped after a barge-in, ms.
 *
 * The slowest `interrupted` seen took 600 ms. If none comes at all the service has not understood, and what it says by then
 * is more likely the next answer than the old one: dropping on would make the bot mute.
 */
export const STALE_MS = 2_500;

export const OPEN_GATE: StaleGate = { status: 'open' };

export function stepStaleGate(gate: StaleGate, event: StaleGateEvent): StaleGate {
  switch (event.type) {
    case 'flushed':
      if (event.turnComplete || isAlreadyShut(gate, event.generation, event.at)) return gate;
      return { status: 'shut', generation: event.generation, until: event.at + STALE_MS };
    case 'stopped':
      return event.turnComplete ? gate : { status: 'shut', generation: event.generation, until: null };
    case 'asked':
      // The service may drop what was asked before without a word, and the number that was to be its answer's is the next one's.
      return gate.status === 'shut' && gate.generation > event.begun ? OPEN_GATE : gate;
    case 'interrupted':
    case 'turnComplete':
      return gate.status === 'shut' && event.generation >= gate.generation ? OPEN_GATE : gate;
  }
}

/** Whether an answer with that number is dropped to its end already. */
export function isStopped(gate: StaleGate, generation: number): boolean {
  return gate.status === 'shut' && gate.until === null && generation <= gate.generation;
}

/** Whether a chunk that arrives at `now` (ms) may be heard. */
export function mayPlay(gate: StaleGate, generation: number, now: number): boolean {
  if (gate.status === 'open' || generation > gate.generation) return true;
  return gate.until !== null && now >= gate.until;
}

/** A second barge-in must not give the old answer more time, and one after `/stop` must not let it through after all. */
function isAlreadyShut(gate: StaleGate, generation: number, now: number): boolean {
  return gate.status === 'shut' && !mayPlay(gate, generation, now);
}
