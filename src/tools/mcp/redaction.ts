/**
 * Takes secrets out of what a server says: out of errors and the log, and out of results, which would be read aloud.
 */
import type { Redact } from '../redact.ts';

/** Shorter ones would be found in every other word. */
const SHORTEST = 4;

/** @param secrets values; none of them is in what comes out */
export function redactValues(secrets: readonly string[]): Redact {
  // The longest first: one may begin with another.
  const values = secrets.filter(({ length }) => length >= SHORTEST).toSorted((a, b) => b.length - a.length);
  return (text) => values.reduce((left, value) => left.replaceAll(value, '[redacted]'), text);
}

/** The same for every text in plain JSON, names of fields too. */
export function redactJson(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item) => redactJson(item, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [redact(name), redactJson(item, redact)]));
}
