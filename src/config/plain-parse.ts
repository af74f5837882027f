/**
 * Checks a value by a zod schema and says what is wrong in words for whoever wrote the file, without repeating what it says.
 */
import type { z } from 'zod';

export type Parsed<T> =
  | { readonly value: T; readonly problems: readonly [] }
  | { readonly problems: readonly string[] };

/** @param where the names under which the value stands, from the outside in */
export function parsePlainly<Schema extends z.ZodType>(
  schema: Schema,
  json: unknown,
  where: readonly string[],
): Parsed<z.output<Schema>> {
  const result = schema.safeParse(json, { error: inWords });
  if (result.success) return { value: result.data, problems: [] };
  return {
    problems: result.error.issues.map(({ path, message }) => sentence([...where, ...path.map(String)], message)),
  };
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text in quotes',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function inWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'unrecognized_keys':
      return `has something that is not known: ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map((value) => `"${String(value)}"`).join(', ')}`;
    case 'too_small':
      return 'must not be empty';
    default:
      return 'does not fit';
  }
}

export function wrong(where: readonly string[], ...messages: readonly string[]): Parsed<never> {
  return { problems: messages.map((message) => sentence(where, message)) };
}

/** @param where names from the outside in */
export function sentence(where: readonly string[], message: string): string {
  return where.length === 0 ? message : `at ${where.join('.')} ${message}`;
}
