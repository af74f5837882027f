/**
 * What a refusal says, flat: `options.0.name CODE` for each leaf of Discord's tree, or the number of an error without one.
 */
import type { ApiError } from '../../../../../src/rehearsal/discord/rest/validation/api-error.ts';
import type { FormError } from '../../../../../src/rehearsal/discord/rest/validation/form-error.ts';

export function said(error: FormError | ApiError | null): readonly string[] {
  if (error === null) return [];
  return 'errors' in error ? leaves(error.errors, []) : [String(error.code)];
}

function leaves(tree: object, path: readonly string[]): readonly string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    key === '_errors' && Array.isArray(value)
      ? value.map(({ code }: { code: string }) => [path.join('.'), code].filter((part) => part !== '').join(' '))
      : leaves(value as object, [...path, key]),
  );
}

export const letters = (count: number): string => 'x'.repeat(count);

/** What arrives is what JSON keeps of what was sent. */
export const sent = (body: unknown): unknown => JSON.parse(JSON.stringify(body));
