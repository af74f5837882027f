/**
 * What a WebSocket handshake asks for: the method, its version, and the key (live-api.md §1, §9.2).
 */
import type { IncomingMessage } from 'node:http';
import type { ApiVersion } from './models.ts';
import { type Rejection, rejections } from './rejection.ts';

export interface Handshake {
  readonly version: ApiVersion;
  /** What is wrong with the key. */
  readonly refusal: Rejection | null;
}

/** The SDK puts two slashes before the path; a base with a path of its own comes before it. */
const METHOD =
  /\/ws\/google\.ai\.generativelanguage\.(v1beta|v1alpha)\.GenerativeService\.BidiGenerateContent(?:\?(.*))?$/;

/** Null for anything but BidiGenerateContent on a version that has it. */
export function readHandshake(request: IncomingMessage, apiKeys: readonly string[] | null): Handshake | null {
  // Not `new URL`: a path that begins with two slashes would name a host.
  const found = METHOD.exec(request.url ?? '');
  if (found === null) return null;
  const header = request.headers['x-goog-api-key'];
  const key = (typeof header === 'string' ? header : null) ?? new URLSearchParams(found[2] ?? '').get('key') ?? '';
  return { version: found[1] === 'v1alpha' ? 'v1alpha' : 'v1beta', refusal: refusalOf(key, apiKeys) };
}

function refusalOf(key: string, apiKeys: readonly string[] | null): Rejection | null {
  if (key === '') return rejections.noKey;
  // What the SDK sends without a key.
  if (key === 'undefined') return rejections.badKey;
  return apiKeys === null || apiKeys.includes(key) ? null : rejections.badKey;
}
