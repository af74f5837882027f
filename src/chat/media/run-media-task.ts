/**
 * Does one task of the media worker.
 */
import { decodeVoice } from './decode-voice.ts';
import { encodeVoice } from './encode-voice.ts';
import { prepareImage } from './image.ts';
import type { MediaResult, MediaTask } from './media-task.ts';

/** @throws what nobody expected: the thread dies of it, since what a codec did to its memory before that is not known */
export function runMediaTask(task: MediaTask): Promise<MediaResult> {
  switch (task.kind) {
    case 'decodeVoice':
      return decodeVoice(task.file);
    case 'encodeVoice':
      return encodeVoice(task.pcm);
    case 'prepareImage':
      return prepareImage(task);
  }
}
