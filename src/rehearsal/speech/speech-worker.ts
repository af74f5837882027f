/**
 * The entry of the speech thread (speech-thread.ts starts it): passes requests on and replies back.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { createSpeechWorker, type SpeechRequest } from './speech-task.ts';

if (parentPort === null) throw new Error('speech-worker.ts is the entry of a worker thread');
const port = parentPort;
const work = createSpeechWorker(workerData);
port.on('message', (request: SpeechRequest) => {
  const reply = work(request);
  const buffer = reply.ok && reply.result instanceof Int16Array ? reply.result.buffer : null;
  // Every result is an array of the caller's own, so that its samples can be moved instead of copied.
  port.postMessage(reply, buffer instanceof ArrayBuffer ? [buffer] : []);
});
