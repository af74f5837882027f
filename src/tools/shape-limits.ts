/**
 * How long, how many and how large, as far as Google's Schema has a field for it.
 */
import type { JsonSchema } from './json-schema.ts';

/** Keywords of Google's Schema, by their names. */
export type Limits = Readonly<Record<string, string | number>>;

/** What Google's regular expressions (RE2) do not have: looking around, and back at what was found. */
const NOT_RE2 = /\(\?(?:[=!]|<[=!])|\\[1-9]|\\k</;

export function textLimits(schema: JsonSchema): Limits {
  const { format, pattern } = schema;
  return {
    ...(format === 'date-time' && { format }),
    ...lengthLimits(schema, 'minLength', 'maxLength'),
    ...(typeof pattern === 'string' && !NOT_RE2.test(pattern) && { pattern }),
  };
}

/** int64 travels as a string (reference/live-api.md §1). */
export function lengthLimits(schema: JsonSchema, ...names: readonly string[]): Limits {
  const entries = names.map((name): [string, unknown] => [name, schema[name]]);
  const whole = entries.filter(([, value]) => Number.isSafeInteger(value) && Number(value) >= 0);
  return Object.fromEntries(whole.map(([name, value]) => [name, String(value)]));
}

/** Of 2020-12 and of OpenAPI 3.0, where the exclusive ones are marks. Those that only mean "as large as it goes" are left out. */
export function numberLimits(schema: JsonSchema, type: 'number' | 'integer'): Limits {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const step = type === 'integer' ? 1 : 0;
  const least = limit(minimum, exclusiveMinimum, step);
  const most = limit(maximum, exclusiveMaximum, -step);
  return { ...(least !== null && { minimum: least }), ...(most !== null && { maximum: most }) };
}

function limit(inclusive: unknown, exclusive: unknown, step: number): number | null {
  const isMark = exclusive === true;
  const value = typeof exclusive === 'number' ? exclusive : inclusive;
  if (typeof value !== 'number' || Math.abs(value) >= Number.MAX_SAFE_INTEGER) return null;
  return typeof exclusive === 'number' || isMark ? value + step : value;
}
