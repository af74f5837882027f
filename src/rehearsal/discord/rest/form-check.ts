/**
 * A body that was refused: Discord's answer to it, and its place among the violations.
 */
import type { ApiResponse } from './api-response.ts';
import type { ApiRequest, UploadedFile } from './request.ts';
import type { ApiDeps } from './route.ts';

interface Refusal {
  readonly code: number;
  readonly message: string;
  readonly errors?: object;
}

/** Null when nothing is wrong. */
export function refusalOf(error: Refusal | null, { method, path }: ApiRequest, deps: ApiDeps): ApiResponse | null {
  if (error === null) return null;
  deps.violation('invalid-form', `${method} ${path}: ${JSON.stringify(error.errors ?? error.message)}`);
  return { status: 400, body: error };
}

/** Files as the validation looks at them. */
export function fileFacts(files: readonly UploadedFile[]) {
  return files.map(({ index, name, contentType, bytes }) => ({ index, name, contentType, size: bytes.length }));
}
