/** The entry of a room thread. Invisible to coverage, hence only this: the host does the work, wherever it runs. */
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../types/clock.ts';
import { createRoomHost } from './host.ts';
import type { RoomCommand } from './protocol.ts';
import type { ThreadMessage, ThreadStart } from './thread.ts';

const port = parentPort;
if (port === null) throw new Error('worker.ts is the entry of a worker thread');

const host = await createRoomHost({
  start: workerData as ThreadStart,
  say: (message: ThreadMessage) => port.postMessage(message),
  clock: systemClock,
});
port.on('message', (command: RoomCommand) => host.command(command));
