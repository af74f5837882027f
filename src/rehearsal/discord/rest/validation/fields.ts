/**
 * Reads the fields of one object of a body. Each reader reports a value that does not fit and then gives null, as it does for a
 * field that is not there: null means the same as absent, and unknown fields are ignored, as by Discord.
 */
import { faults } from './faults.ts';
import type { Spot } from './spot.ts';

export interface Fields {
  readonly spot: Spot;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface Item {
  readonly spot: Spot;
  readonly value: unknown;
}

export interface Presence {
  readonly required?: boolean;
}

export interface Bounds extends Presence {
  readonly min?: number;
  readonly max?: number;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Discord counts characters, not UTF-16 units. */
export const characters = (text: string): number => [...text].length;

export function fieldsOf({ spot, value }: Item): Fields | null {
  if (isRecord(value)) return { spot, values: value };
  spot.report(faults.notRecord);
  return null;
}

/** The field's value, whatever it is; null when it is not given. */
export function given({ values }: Fields, key: string): unknown {
  return Object.hasOwn(values, key) ? (values[key] ?? null) : null;
}

function read<T>(
  fields: Fields,
  key: string,
  { required = false }: Presence,
  parse: (item: Item) => T | null,
): T | null {
  const value = given(fields, key);
  const spot = fields.spot.at(key);
  if (value !== null) return parse({ spot, value });
  if (required) spot.report(faults.required);
  return null;
}

export function record(fields: Fields, key: string, rule: Presence = {}): Fields | null {
  return read(fields, key, rule, fieldsOf);
}

export function text(fields: Fields, key: string, rule: Bounds): string | null {
  return read(fields, key, rule, (item) => textOf(item, rule));
}

export function textOf({ spot, value }: Item, rule: Bounds): string | null {
  if (typeof value !== 'string') {
    spot.report(faults.notText(value));
    return null;
  }
  return checkLength(spot, characters(value), rule) ? value : null;
}

export function checkLength(spot: Spot, length: number, { min = 0, max = Number.POSITIVE_INFINITY }: Bounds): boolean {
  if (length >= min && length <= max) return true;
  if (min === 0) spot.report(faults.maxLength(max));
  else spot.report(max === Number.POSITIVE_INFINITY ? faults.minLength(min) : faults.length(min, max));
  return false;
}

/** Integers may come as digits in a string: Discord takes `"flags": "32768"`. */
export function integer(fields: Fields, key: string, rule: Bounds = {}): number | null {
  return read(fields, key, rule, (item) => integerOf(item, rule));
}

export function integerOf({ spot, value }: Item, rule: Bounds): number | null {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number)) return within(spot, number, rule, 'int');
  spot.report(faults.notNumber(value, 'int'));
  return null;
}

export function decimal(fields: Fields, key: string, rule: Bounds = {}): number | null {
  return read(fields, key, rule, (item) => decimalOf(item, rule));
}

function decimalOf({ spot, value }: Item, rule: Bounds): number | null {
  if (typeof value === 'number' && Number.isFinite(value)) return within(spot, value, rule, 'float');
  spot.report(faults.notNumber(value, 'float'));
  return null;
}

function within(spot: Spot, number: number, { min, max }: Bounds, kind: string): number | null {
  if (min !== undefined && number < min) spot.report(faults.minNumber(min, kind));
  else if (max !== undefined && number > max) spot.report(faults.maxNumber(max, kind));
  else return number;
  return null;
}

export function yesNo(fields: Fields, key: string): boolean | null {
  return read(fields, key, {}, ({ spot, value }) => {
    if (typeof value === 'boolean') return value;
    spot.report(faults.notBoolean);
    return null;
  });
}

export function oneOf(fields: Fields, key: string, known: readonly number[], rule: Presence = {}): number | null {
  return read(fields, key, rule, (item) => oneOfItem(item, known));
}

function oneOfItem(item: Item, known: readonly number[]): number | null {
  const number = integerOf(item, {});
  if (number === null || known.includes(number)) return number;
  item.spot.report(faults.choices(known));
  return null;
}

export function snowflake(fields: Fields, key: string, rule: Presence = {}): string | null {
  return read(fields, key, rule, snowflakeOf);
}

/** Ids are 64 bits wide and travel as strings; small ones may come as numbers. */
const MAX_SNOWFLAKE = 2n ** 63n - 1n;

export function snowflakeOf({ spot, value }: Item): string | null {
  const digits = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof digits !== 'string' || !/^\d{1,20}$/.test(digits)) spot.report(faults.notNumber(value, 'snowflake'));
  else if (BigInt(digits) > MAX_SNOWFLAKE) spot.report(faults.maxNumber(String(MAX_SNOWFLAKE), 'snowflake'));
  else return digits;
  return null;
}

/** The items of a list; none when it is not given or no list. */
export function list(fields: Fields, key: string, rule: Bounds = {}): readonly Item[] {
  return read(fields, key, rule, (item) => listOf(item, rule)) ?? [];
}

export function listOf({ spot, value }: Item, rule: Bounds): readonly Item[] {
  if (!Array.isArray(value)) {
    spot.report(faults.notList);
    return [];
  }
  checkLength(spot, value.length, rule);
  return value.map((each: unknown, index) => ({ spot: spot.at(index), value: each }));
}

/** A list of objects. */
export function records(fields: Fields, key: string, rule: Bounds = {}): readonly Fields[] {
  return list(fields, key, rule).flatMap((item) => fieldsOf(item) ?? []);
}

/** A list in which no value comes twice. */
export function distinct<T>(items: readonly Item[], parse: (item: Item) => T | null): readonly T[] {
  const seen = new Set<T>();
  for (const item of items) {
    const value = parse(item);
    if (value === null) continue;
    if (seen.has(value)) item.spot.report(faults.repeated);
    seen.add(value);
  }
  return [...seen];
}

export function choicesOf(fields: Fields, key: string, known: readonly number[], rule: Bounds = {}): readonly number[] {
  return distinct(list(fields, key, rule), (item) => oneOfItem(item, known));
}
