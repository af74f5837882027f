/**
 * Building blocks of the environment's schema: each turns the text of one variable into a value, or says in plain words what
 * is wrong with it. A message never repeats the text itself: the wrong variable may well hold a secret.
 */
import { z } from 'zod';

const TRUE = new Set(['true', '1', 'yes', 'on']);
const FALSE = new Set(['false', '0', 'no', 'off']);

/** A Discord id: 64 bits in decimal, in practice 17 to 20 digits (Discord, "Snowflakes"). */
const SNOWFLAKE = /^\d{17,20}$/;

/** Printable ASCII without spaces: what a header can carry, and what every token and key of both services is made of. */
const HEADER_SAFE = /^[\x21-\x7e]+$/;

type Check<T> = { readonly value: T } | { readonly problem: string };

function parsed<T>(check: (text: string) => Check<T>) {
  return z.string().transform((text, context): T => {
    const result = check(text.trim());
    if ('value' in result) return result.value;
    context.addIssue({ code: 'custom', message: result.problem });
    return z.NEVER;
  });
}

/** A token or key; `where` says where a person gets one. */
export function secret(where: string) {
  return parsed<string>((text) =>
    HEADER_SAFE.test(text)
      ? { value: text }
      : { problem: `holds a space or a character that no token has; copy it again from ${where}` },
  );
}

export function wholeNumber({ from, to }: { from: number; to: number }) {
  return parsed<number>((text) => {
    const value = Number(text);
    const fits = /^\d+$/.test(text) && value >= from && value <= to;
    return fits ? { value } : { problem: `must be a whole number from ${from} to ${to}` };
  });
}

/** A whole number from 1, or `none` (null). */
export function limit() {
  return parsed<number | null>((text) => {
    if (text.toLowerCase() === 'none') return { value: null };
    const value = Number(text);
    const fits = /^\d+$/.test(text) && value >= 1 && Number.isSafeInteger(value);
    return fits ? { value } : { problem: 'must be a whole number from 1, or none' };
  });
}

export function flag() {
  return parsed<boolean>((text) => {
    const lower = text.toLowerCase();
    if (TRUE.has(lower)) return { value: true };
    if (FALSE.has(lower)) return { value: false };
    return { problem: 'must be true or false' };
  });
}

export function oneOf<const T extends string>(values: readonly T[]) {
  return parsed<T>((text) => {
    const found = values.find((value) => value === text.toLowerCase());
    return found === undefined ? { problem: `must be one of ${values.join(', ')}` } : { value: found };
  });
}

export function snowflake() {
  return parsed<string>((text) =>
    SNOWFLAKE.test(text)
      ? { value: text }
      : { problem: 'must be a server id: 17 to 20 digits (right-click the server, Copy Server ID)' },
  );
}

export function snowflakes() {
  return parsed<readonly string[]>((text) => {
    const ids = text
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== '');
    const fits = ids.length > 0 && ids.every((id) => SNOWFLAKE.test(id));
    return fits ? { value: ids } : { problem: 'must be server ids of 17 to 20 digits, separated by commas' };
  });
}

/** An http or https address, handed on without its trailing slash. */
export function httpUrl({ versioned }: { versioned: boolean }) {
  return parsed<string>((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url === null || !/^https?:$/.test(url.protocol)) return { problem: 'must be an http:// or https:// address' };
    if (url.search !== '' || url.hash !== '') return { problem: 'must be an address without ? and #' };
    const value = text.replace(/\/+$/, '');
    if (!versioned && /\/v\d+$/.test(value)) return { problem: 'must end before the version: leave out /v10' };
    return { value };
  });
}

export function modelId() {
  return parsed<string>((text) => {
    const value = text.replace(/^models\//, '');
    return /^[a-z0-9][a-z0-9.-]*$/.test(value) ? { value } : { problem: 'must be a model id such as gemini-3.8-live' };
  });
}

/** The path of `sqlite:PATH`; `:memory:` keeps everything in memory. */
export function sqlitePath() {
  return parsed<string>((text) => {
    const path = /^sqlite:(.+)$/.exec(text)?.[1];
    return path === undefined
      ? { problem: 'must be sqlite:PATH, for example sqlite:data/parley.db' }
      : { value: path.replace(/^\/\/(?=\/)/, '') };
  });
}

export function hostName() {
  return parsed<string>((text) =>
    /\s/.test(text) ? { problem: 'must be a host name or an IP address' } : { value: text },
  );
}

export function path() {
  return parsed<string>((text) => ({ value: text }));
}
