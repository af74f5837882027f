/**
 * A loopback Live in a thread of its own, as the test speaks to it.
 */
import { Worker } from 'node:worker_threads';
import type { LoopbackLiveControl } from '../../src/rehearsal/live/live-control.ts';

export interface ServiceStart {
  /** Its time runs so many times faster than the wall's. */
  readonly times: number;
  readonly connectionLifetimeMs: number;
  readonly goAwayBeforeMs: number;
}

export interface ServiceReport {
  readonly begun: readonly number[];
  readonly damaged: number;
  readonly mostSockets: number;
  readonly openSockets: number;
  readonly resumed: number;
  readonly fresh: number;
  readonly violations: readonly string[];
}

export interface Order {
  readonly id: number;
  readonly what: keyof LoopbackLiveControl | 'report' | 'shutDown';
  readonly with: readonly unknown[];
}

export interface Service {
  readonly url: string;
  /** Makes the service do something; resolves when it has. */
  order(what: keyof LoopbackLiveControl, ...given: readonly unknown[]): Promise<void>;
  report(): Promise<ServiceReport>;
  close(): Promise<void>;
}

export async function startService(start: ServiceStart): Promise<Service> {
  const worker = new Worker(new URL('./service-worker.ts', import.meta.url), { workerData: start });
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  let ids = 0;
  const wait = (id: number): Promise<unknown> => {
    const deferred = Promise.withResolvers<unknown>();
    open.set(id, deferred);
    return deferred.promise;
  };
  worker.on('message', ({ id, value }: { id: number; value: unknown }) => {
    open.get(id)?.resolve(value);
    open.delete(id);
  });
  worker.on('error', (error) => {
    for (const { reject } of open.values()) reject(error);
  });
  const ask = (what: Order['what'], given: readonly unknown[]): Promise<unknown> => {
    const answer = wait(++ids);
    worker.postMessage({ id: ids, what, with: given } satisfies Order);
    return answer;
  };
  const url = (await wait(0)) as string;
  return {
    url,
    order: async (what, ...given) => void (await ask(what, given)),
    report: async () => (await ask('report', [])) as ServiceReport,
    async close() {
      await ask('shutDown', []);
      await worker.terminate();
    },
  };
}
