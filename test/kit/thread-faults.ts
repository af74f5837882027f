/**
 * Loaded before the bot (`--import`), in every thread of it: makes its worker threads die (SIGUSR2) or hang (SIGHUP), as a fault in
 * a native module or an endless loop would.
 */
import { BroadcastChannel, isMainThread } from 'node:worker_threads';

const channel = new BroadcastChannel('thread-faults');
channel.unref();

if (isMainThread) {
  process.on('SIGUSR2', () => channel.postMessage('die'));
  process.on('SIGHUP', () => channel.postMessage('hang'));
} else {
  channel.onmessage = (event) => {
    if ((event as { readonly data: unknown }).data === 'hang') for (;;);
    setImmediate(() => {
      throw new Error('this thread was told to die');
    });
  };
}
