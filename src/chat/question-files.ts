/**
 * What people send along with a question: fetched from Discord, decoded in the media thread, refused in plain words.
 */
import { imageProblem, speechProblem } from './file-problem.ts';
import type { FetchAttachment } from './media/fetch-attachment.ts';
import type { ImageResolution } from './media/image.ts';
import type { Media, MediaOutcome } from './media/media.ts';
import { MOST_IMAGE_BYTES, MOST_VOICE_BYTES } from './media/media-limits.ts';
import type { Attached } from './question.ts';

/** A file as Discord speaks of it. */
export interface PostedFile {
  readonly url: string;
  readonly sizeBytes: number;
  /** What it is said to be, e.g. `image/png`. */
  readonly contentType: string | null;
}

/** Of one message; what is in more of them is looked at by nobody. */
export const MOST_IMAGES = 4;

export interface WantedFiles {
  /** At most `MOST_IMAGES`. */
  readonly images: readonly PostedFile[];
  /** A voice message. */
  readonly voice: PostedFile | null;
  readonly resolution: ImageResolution;
}

/** Never rejects. Aborted, the files are refused. */
export type LoadFiles = (wanted: WantedFiles, signal: AbortSignal) => Promise<Attached>;

export interface LoadFilesOptions {
  readonly fetch: FetchAttachment;
  readonly media: Pick<Media, 'decodeVoice' | 'prepareImage'>;
}

export function createLoadFiles({ fetch, media }: LoadFilesOptions): LoadFiles {
  const image = async (file: PostedFile, resolution: ImageResolution, signal: AbortSignal) => {
    const fetched = await download(file, MOST_IMAGE_BYTES, signal);
    if (!fetched.ok) return fetched;
    return media.prepareImage({ bytes: fetched.bytes, resolution, declaredType: file.contentType }, signal);
  };

  const voice = async (
    file: PostedFile,
    signal: AbortSignal,
  ): Promise<MediaOutcome<'decodeVoice'> | Exclude<Awaited<ReturnType<FetchAttachment>>, { ok: true }>> => {
    const fetched = await download(file, MOST_VOICE_BYTES, signal);
    return fetched.ok ? media.decodeVoice(fetched.bytes, signal) : fetched;
  };

  /** What Discord says of its size is enough to leave it alone. */
  const download = async ({ url, sizeBytes }: PostedFile, mostBytes: number, signal: AbortSignal) =>
    sizeBytes > mostBytes ? ({ ok: false, reason: 'tooLarge' } as const) : fetch({ url, mostBytes, signal });

  return async ({ images, voice: recording, resolution }, signal) => {
    const spoken = recording === null ? null : await voice(recording, signal);
    if (spoken?.ok === false) return { refused: (t) => speechProblem(t, spoken.reason) };
    const jpegs: Uint8Array[] = [];
    // One after the other: a message with four of them is not to take the thread from everybody else.
    for (const file of images) {
      const prepared = await image(file, resolution, signal);
      if (!prepared.ok) return { refused: (t) => imageProblem(t, prepared.reason) };
      jpegs.push(prepared.jpeg);
    }
    const isCutOff = spoken?.cutOff === true;
    return { images: jpegs.map((jpeg) => ({ jpeg })), speech: spoken?.pcm ?? null, isCutOff, context: [] };
  };
}
