/** The entry of the media thread. Invisible to coverage, hence only this. What a task throws ends the thread. */
import { parentPort } from 'node:worker_threads';
import { type MediaTask, memoryOf } from './media-task.ts';
import { runMediaTask } from './run-media-task.ts';

const port = parentPort;
if (port === null) throw new Error('media-worker.ts is the entry of a worker thread');

port.on('message', async (task: MediaTask) => {
  const result = await runMediaTask(task);
  port.postMessage(result, memoryOf(result));
});
