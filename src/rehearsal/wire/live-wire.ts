/**
 * The Live wire as the rehearsal follows it: the tap, the exchanges so far, and waiting for what is to come.
 */
import { type Exchange, type Exchanges, NO_EXCHANGES, stepExchanges } from './exchanges.ts';
import { openLiveTap } from './live-tap.ts';
import type { LiveWireEvent } from './live-wire-event.ts';

export interface LiveWire {
  /** For GEMINI_BASE_URL. */
  readonly url: string;
  readonly exchanges: readonly Exchange[];
  /** `setupComplete` has come on the current connection. */
  readonly ready: boolean;
  readonly model: string;
  /** Returns what ends the listening. */
  on(listener: (event: LiveWireEvent) => void): () => void;
  /** Resolves when the condition holds, looking after everything that passes; with false after `timeoutMs`. */
  until(condition: () => boolean, timeoutMs: number): Promise<boolean>;
  close(): Promise<void>;
}

export async function openLiveWire(upstream: string, now: () => number): Promise<LiveWire> {
  const listeners = new Set<(event: LiveWireEvent) => void>();
  let exchanges: Exchanges = NO_EXCHANGES;
  let ready = false;
  let model = '';
  const take = (event: LiveWireEvent): void => {
    exchanges = stepExchanges(exchanges, event);
    if (event.type === 'setup') model = event.model;
    if (event.type === 'setupComplete') ready = true;
    if (event.type === 'closed') ready = false;
    for (const listener of [...listeners]) listener(event);
  };
  const tap = await openLiveTap({ upstream, now, on: take });
  const on = (listener: (event: LiveWireEvent) => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    url: tap.url,
    get exchanges() {
      return exchanges.all;
    },
    get ready() {
      return ready;
    },
    get model() {
      return model;
    },
    on,
    until(condition, timeoutMs) {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const stop = on(() => {
        if (condition()) resolve(true);
      });
      const timer = setTimeout(resolve, timeoutMs, false);
      if (condition()) resolve(true);
      return promise.finally(() => {
        clearTimeout(timer);
        stop();
      });
    },
    close: () => tap.close(),
  };
}
