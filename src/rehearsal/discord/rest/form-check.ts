/**
 * A body that was refused: Discord's answer to it, and its place among the violations.
 */
import type { ApiResponse } from './api-response.ts';
import type { ApiRequest, UploadedFile } from './request.ts';
import type { ApiDeps } from './route.ts';
import { formErrors, type Problem } from './validation/form-error.ts';

interface Refusal {
  readonly code: number;
  readonly message: string;
  readonly errors?: object;
}

/** HTTP statuses of refusals that are not 400: too large, and what breaks Discord itself. */
const STATUSES: ReadonlyMap<number, number> = new Map([
  [40005, 413],
  [0, 500],
]);

/** Null when nothing is wrong. */
export function refusalOf(error: Refusal | null, { method, path }: ApiRequest, deps: ApiDeps): ApiResponse | null {
  if (error === null) return null;
  deps.violation('invalid-form', `${method} ${path}: ${JSON.stringify(error.errors ?? error.message)}`);
  return { status: STATUSES.get(error.code) ?? 400, body: error };
}

/** A form whose faults are what they are through no fault of the bot's: refused, and no violation. */
export function refusedForm(...problems: readonly Problem[]): ApiResponse {
  return { status: 400, body: formErrors(problems) };
}

/** Files as the validation looks at them. */
export function fileFacts(files: readonly UploadedFile[]) {
  return files.map(({ index, name, contentType, bytes }) => ({ index, name, contentType, size: bytes.length }));
}
