/**
 * The files that were posted, as the CDN serves them: under a signed address only, like Discord's own
 * (Discord, "Reference", Signed Attachment CDN URLs).
 */
import { randomBytes } from 'node:crypto';
import type { UploadedFile } from './rest/request.ts';
import type { AttachmentState } from './world/guild-state.ts';

/** What a message says about one of its files. */
export interface AttachmentBody {
  readonly id: string | number;
  readonly filename?: string;
  readonly description?: string | null;
  readonly duration_secs?: number;
  readonly waveform?: string;
}

export interface Files {
  keep(channelId: string, upload: Omit<UploadedFile, 'index'>, described?: AttachmentBody): AttachmentState;
  /** Undefined when there is no such file, or the signature is not the file's. */
  find(path: string, query: URLSearchParams): AttachmentState | undefined;
}

export interface FilesOptions {
  readonly nextId: () => string;
  /** Base of the CDN: `http://127.0.0.1:PORT`. */
  readonly cdn: () => string;
  /** ms since 1970 */
  readonly wallClock: () => number;
}

interface Kept {
  readonly file: AttachmentState;
  readonly signature: string;
}

/** What is kept at most: a rehearsal that is left running must not grow for ever. */
const MOST_FILES = 200;
const MOST_BYTES = 256 * 2 ** 20;
/** An address is good for a day. */
const SIGNED_MS = 24 * 60 * 60_000;

const hexSeconds = (ms: number): string => Math.floor(ms / 1_000).toString(16);

export function createFiles({ nextId, cdn, wallClock }: FilesOptions): Files {
  const kept = new Map<string, Kept>();
  let bytes = 0;

  const forgetOldest = (): void => {
    const [path, oldest] = kept.entries().next().value ?? [];
    if (path === undefined) return;
    bytes -= oldest?.file.bytes.length ?? 0;
    kept.delete(path);
  };

  return {
    keep(channelId, upload, described) {
      const id = nextId();
      const filename = (described?.filename ?? upload.name).replace(/\s/g, '_');
      const path = `/attachments/${channelId}/${id}/${encodeURIComponent(filename)}`;
      const signature = randomBytes(32).toString('hex');
      const now = wallClock();
      const file: AttachmentState = {
        id,
        filename,
        contentType: upload.contentType,
        bytes: upload.bytes,
        url: `${cdn()}${path}?ex=${hexSeconds(now + SIGNED_MS)}&is=${hexSeconds(now)}&hm=${signature}&`,
        description: described?.description ?? null,
        durationSecs: described?.duration_secs ?? null,
        waveform: described?.waveform ?? null,
      };
      kept.set(path, { file, signature });
      bytes += file.bytes.length;
      while (kept.size > MOST_FILES || (bytes > MOST_BYTES && kept.size > 1)) forgetOldest();
      return file;
    },
    find(path, query) {
      const found = kept.get(path);
      return found && query.get('hm') === found.signature ? found.file : undefined;
    },
  };
}
