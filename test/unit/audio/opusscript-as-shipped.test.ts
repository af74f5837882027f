/**
 * The companion of src/audio/opus-codec.ts: when one of these fails, opusscript has been mended and the wrapper can go.
 *
 * In a thread of its own, because the package keeps one heap for its whole thread and this ruins it.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { tone } from '../../kit/signals.ts';
import { tonePackets } from './opus-signals.ts';

/** Decodes the same packets with 1 encoder and so many decoders, and says how the decoders' results differ from the first's. */
const MANY_DECODERS = `
  const { parentPort, workerData: { packets, pcm, decoders } } = require('node:worker_threads');
  const OpusScript = require('opusscript');
  const open = () => new OpusScript(48000, 2, OpusScript.Application.VOIP);
  try {
    const reference = open();
    const expected = packets.map((packet) => reference.decode(packet));
    reference.delete();
    const encoder = open();
    const all = Array.from({ length: decoders }, open);
    let wrong = 0;
    for (const [n, packet] of packets.entries()) {
      encoder.encode(Buffer.from(pcm), 960);
      for (const decoder of all) if (!decoder.decode(packet).equals(expected[n])) wrong++;
    }
    parentPort.postMessage(wrong === 0 ? 'right' : 'wrong');
  } catch (error) {
    parentPort.postMessage('failed');
  }
`;

/** Encodes frames of so many ms with the build itself, in areas that are large enough, and closes the encoder. */
const BARE_BUILD = `
  const { parentPort, workerData: { frameMs } } = require('node:worker_threads');
  const native = require('opusscript/build/opusscript_native_wasm.js')();
  try {
    const samples = frameMs * 48;
    const pcm = native._malloc(samples * 16);
    const packet = native._malloc(4000);
    for (let i = 0; i < 3; i++) {
      const handler = new native.OpusScriptHandler(48000, 2, 2048);
      for (let n = 0; n < 10; n++) {
        for (let at = 0; at < samples * 4; at++) native.HEAPU16[(pcm >> 1) + at] = (at * 37) & 255;
        handler._encode(pcm, samples * 4, packet, samples);
      }
      native.OpusScriptHandler.destroy_handler(handler);
    }
    parentPort.postMessage('right');
  } catch (error) {
    parentPort.postMessage('failed');
  }
`;

async function run(program: string, workerData: object): Promise<unknown> {
  const worker = new Worker(program, { eval: true, workerData, stdout: true, stderr: true });
  onTestFinished(async () => void (await worker.terminate()));
  const [verdict] = await Promise.race([once(worker, 'message'), once(worker, 'exit').then(() => ['failed'])]);
  return verdict;
}

const packets = await tonePackets(440, { count: 20, channels: 2 });
const pcm = new Uint8Array(tone(300, { ms: 40, rate: 48_000 }).buffer);

test('upstream is sound with one decoder and ruins its heap with four', async () => {
  expect(await run(MANY_DECODERS, { packets, pcm, decoders: 1 })).toBe('right');
  expect(await run(MANY_DECODERS, { packets, pcm, decoders: 4 })).not.toBe('right');
});

test('the build itself is sound with frames of 20 ms and ruins its heap with frames of 60', async () => {
  expect(await run(BARE_BUILD, { frameMs: 20 })).toBe('right');
  expect(await run(BARE_BUILD, { frameMs: 60 })).not.toBe('right');
});
