/**
 * A REST request as the routes see it: read whole, its path decoded, its body parsed.
 */
import type { IncomingMessage } from 'node:http';

export interface UploadedFile {
  /** `n` of the part's name `files[n]`. */
  readonly index: number;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

export interface ApiRequest {
  readonly method: string;
  /** Decoded, without the version: `/channels/1/messages`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Undefined without a body. */
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
}

/** Discord takes 10 MB of uploads a request on servers without boosts; a little more for the rest of the form. */
const MAX_BODY_BYTES = 11 * 2 ** 20;

export class BodyError extends Error {
  override readonly name = 'BodyError';
  readonly fault: 'not-json' | 'too-large';

  constructor(fault: 'not-json' | 'too-large') {
    super(fault);
    this.fault = fault;
  }
}

/** @throws BodyError */
export async function readBody(message: IncomingMessage): Promise<Pick<ApiRequest, 'body' | 'files'>> {
  const bytes = await readAll(message);
  const type = message.headers['content-type'] ?? '';
  if (bytes.length === 0) return { body: undefined, files: [] };
  if (type.startsWith('multipart/form-data')) return readForm(bytes, type);
  return { body: parseJson(bytes.toString('utf8')), files: [] };
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of message) {
    size += (part as Buffer).length;
    if (size <= MAX_BODY_BYTES) parts.push(part as Buffer);
  }
  if (size > MAX_BODY_BYTES) throw new BodyError('too-large');
  return Buffer.concat(parts);
}

/** `payload_json` and `files[n]` (Discord, "Uploading Files"); the platform's own parser reads the form. */
async function readForm(bytes: Buffer, contentType: string): Promise<Pick<ApiRequest, 'body' | 'files'>> {
  try {
    const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();
    const json = form.get('payload_json');
    const files: UploadedFile[] = [];
    for (const [key, value] of form) {
      const index = /^files?\[(\d+)\]$/.exec(key)?.[1];
      if (index === undefined || typeof value === 'string') continue;
      const content = Buffer.from(await value.arrayBuffer());
      files.push({ index: Number(index), name: value.name, contentType: value.type, bytes: content });
    }
    return { body: typeof json === 'string' ? parseJson(json) : {}, files };
  } catch (error) {
    if (error instanceof BodyError) throw error;
    throw new BodyError('not-json');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BodyError('not-json');
  }
}
