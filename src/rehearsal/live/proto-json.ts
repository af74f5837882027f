/**
 * Protocol Buffers' JSON as Google's front end reads it: camelCase or snake_case names, null as "not set", int64 as strings.
 *
 * What it refuses it refuses in Google's words, because clients and operators read the reason (live-api.md §8.4).
 */

/** The message does not fit its schema; `message` is the close reason. */
export class InvalidPayload extends Error {
  override readonly name = 'InvalidPayload';
}

export interface Kind<T> {
  /** @param path snake_case, as in Google's reasons; empty for the message itself. @throws InvalidPayload */
  read(value: unknown, path: string): T;
  /** Whether a JSON list may stand for it. */
  readonly takesList?: boolean;
}

export type Read<K> = K extends Kind<infer T> ? T : never;
type Fields = Readonly<Record<string, Kind<unknown>>>;
export type Message<F extends Fields> = { readonly [K in keyof F]?: Read<F[K]> };

const at = (path: string): string => (path === '' ? '' : ` at '${path}'`);
const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(path: string, type: string, value: unknown): InvalidPayload {
  return new InvalidPayload(`Invalid value${at(path)} (${type}), ${JSON.stringify(value)}`);
}

export function unknownName(name: string, path: string): InvalidPayload {
  return new InvalidPayload(`Invalid JSON payload received. Unknown name "${name}"${at(path)}: Cannot find field.`);
}

/** A list where one value belongs: Google names the field as it was sent, at the message it is in. */
function notRepeating(name: string, path: string): InvalidPayload {
  return new InvalidPayload(
    `Invalid JSON payload received. Unknown name "${name}"${at(path)}: Proto field is not repeating, cannot start list.`,
  );
}

function kindOf<T>(type: string, accept: (value: unknown) => T | undefined): Kind<T> {
  return {
    read(value, path) {
      const accepted = accept(value);
      if (accepted === undefined) throw invalid(path, type, value);
      return accepted;
    },
  };
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

function toInteger(value: unknown): number | undefined {
  const number = toNumber(value);
  return number !== undefined && Number.isSafeInteger(number) ? number : undefined;
}

export const string = kindOf('TYPE_STRING', (value) => (typeof value === 'string' ? value : undefined));
export const bool = kindOf('TYPE_BOOL', (value) => (typeof value === 'boolean' ? value : undefined));
export const int32 = kindOf('TYPE_INT32', toInteger);
export const int64 = kindOf('TYPE_INT64', toInteger);
export const double = kindOf('TYPE_DOUBLE', toNumber);
/** google.protobuf.Value: anything. */
export const anything: Kind<unknown> = { read: (value) => value, takesList: true };
/** google.protobuf.Struct: any object. */
export const struct = kindOf('type.googleapis.com/google.protobuf.Struct', (value) =>
  isRecord(value) ? value : undefined,
);

/** Bytes as standard base64, of which padding may be left out. */
export const bytes: Kind<Buffer> = {
  read(value, path) {
    if (typeof value !== 'string') throw invalid(path, 'TYPE_BYTES', value);
    const text = value.replace(/=+$/, '');
    if (text.length % 4 === 1 || !/^[A-Za-z0-9+/_-]*$/.test(text)) {
      throw new InvalidPayload(
        `Invalid value${at(path)} (TYPE_BYTES), Base64 decoding failed for ${JSON.stringify(value)}`,
      );
    }
    return Buffer.from(text, 'base64');
  },
};

/** @param type the enum's name, after `google.ai.generativelanguage.v1beta.`. */
export function oneOf<const V extends string>(type: string, values: readonly V[], ignoreCase = false): Kind<V> {
  return kindOf(`type.googleapis.com/google.ai.generativelanguage.v1beta.${type}`, (value) =>
    typeof value === 'string'
      ? values.find((known) => known === (ignoreCase ? value.toUpperCase() : value))
      : undefined,
  );
}

export function list<T>(item: Kind<T>): Kind<readonly T[]> {
  return {
    takesList: true,
    read(value, path) {
      // Protobuf's JSON reader takes a single value for a list of one.
      const items = Array.isArray(value) ? value : [value];
      return items.map((each, index) => item.read(each, `${path}[${index}]`));
    },
  };
}

export function mapOf<T>(item: Kind<T>): Kind<Readonly<Record<string, T>>> {
  return {
    read(value, path) {
      if (!isRecord(value)) throw invalid(path, 'TYPE_MESSAGE', value);
      // A map is a list of entries to Google, told apart by their place.
      return Object.fromEntries(
        Object.entries(value).map(([key, each], index) => [key, item.read(each, `${path}[${index}].value`)]),
      );
    },
  };
}

/** For a message that contains itself. */
export function later<T>(kind: () => Kind<T>): Kind<T> {
  return {
    get takesList() {
      return kind().takesList === true;
    },
    read: (value, path) => kind().read(value, path),
  };
}

export function message<const F extends Fields>(fields: F): Kind<Message<F>> {
  return {
    read(value, path) {
      if (Array.isArray(value)) throw notRepeating('', path);
      if (!isRecord(value)) throw invalid(path, 'TYPE_MESSAGE', value);
      const read: { [name: string]: unknown } = {};
      for (const [name, inner] of Object.entries(value)) {
        const field = camelCase(name);
        const kind = Object.hasOwn(fields, field) ? fields[field] : undefined;
        if (kind === undefined) throw unknownName(name, path);
        if (inner === null) continue;
        if (Array.isArray(inner) && !kind.takesList) throw notRepeating(name, path);
        read[field] = kind.read(inner, path === '' ? snakeCase(field) : `${path}.${snakeCase(field)}`);
      }
      // Every field was read by its own kind, which the type system cannot follow through the loop.
      return read as Message<F>;
    },
  };
}
