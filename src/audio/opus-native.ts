/**
 * The part of opusscript's wasm build that Parley uses, typed; the package describes only its own wrapper, which is broken
 * (see opus-codec.ts).
 */
import { createRequire } from 'node:module';

/** An encoder and a decoder in one, whatever is used of it. */
export interface NativeHandler {
  /** Bytes of the packet written at `packetPtr`, or a negative libopus error. */
  _encode(pcmPtr: number, pcmBytes: number, packetPtr: number, samples: number): number;
  /** Samples a channel written at `pcmPtr`, or a negative libopus error. */
  _decode(packetPtr: number, packetBytes: number, pcmPtr: number): number;
  _encoder_ctl(request: number, value: number): number;
  _decoder_ctl(request: number, value: number): number;
}

export interface NativeOpus {
  /** Both are replaced whenever the heap grows: never keep one. */
  readonly HEAPU8: Uint8Array;
  readonly HEAPU16: Uint16Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  readonly OpusScriptHandler: {
    new (rate: number, channels: number, application: number): NativeHandler;
    destroy_handler(handler: NativeHandler): void;
  };
}

const load = createRequire(import.meta.url);

/** A wasm heap of its own at every call, ready at once (8 ms, 16 MB of address space). */
export function loadNativeOpus(): NativeOpus {
  const create: () => NativeOpus = load('opusscript/build/opusscript_native_wasm.js');
  return create();
}
