/**
 * What the media worker does, and what comes of it, as they cross between the threads.
 */
import type { DecodedVoice, VoiceFault } from './decode-voice.ts';
import type { EncodedVoice, EncodeFault } from './encode-voice.ts';
import type { ImageFault, ImageRequest, PreparedImage } from './image.ts';

/** Each kind of task: what is asked, what comes out, and what may be wrong with what came in. */
export interface MediaTasks {
  readonly decodeVoice: {
    readonly input: { readonly file: Uint8Array };
    readonly result: DecodedVoice;
    readonly fault: VoiceFault;
  };
  readonly encodeVoice: {
    readonly input: { readonly pcm: Int16Array };
    readonly result: EncodedVoice;
    readonly fault: EncodeFault;
  };
  readonly prepareImage: { readonly input: ImageRequest; readonly result: PreparedImage; readonly fault: ImageFault };
}

export type MediaTaskKind = keyof MediaTasks;
export type MediaTask = { [K in MediaTaskKind]: { readonly kind: K } & MediaTasks[K]['input'] }[MediaTaskKind];
export type MediaResult =
  | MediaTasks[MediaTaskKind]['result']
  | { readonly ok: false; readonly reason: MediaTasks[MediaTaskKind]['fault'] };

/** The same with memory of its own, which can be handed over to another thread: a Buffer shares its memory with others. */
export function withOwnMemory(task: MediaTask): MediaTask {
  switch (task.kind) {
    case 'decodeVoice':
      return { ...task, file: new Uint8Array(task.file) };
    case 'encodeVoice':
      return { ...task, pcm: new Int16Array(task.pcm) };
    case 'prepareImage':
      return { ...task, bytes: new Uint8Array(task.bytes) };
  }
}

/** The memory of what is handed over instead of copied. */
export function memoryOf(message: MediaTask | MediaResult): ArrayBuffer[] {
  return Object.values(message).flatMap((value: unknown) =>
    ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer ? [value.buffer] : [],
  );
}
