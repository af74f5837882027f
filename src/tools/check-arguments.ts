/**
 * Whether the arguments of a call are what the tool asks for; what is wrong with them, in words from which a model can do better.
 */
import { z } from 'zod';
import type { ObjectShape } from './argument-shape.ts';
import type { CheckedArguments } from './define-tool.ts';
import { isRecord, type JsonSchema, targetOf } from './json-schema.ts';
import { argumentsFromModel } from './model-value.ts';

type CheckArguments = (given: Readonly<Record<string, unknown>>) => CheckedArguments;

/** A model reads the first few, and makes the same mistake in the others. */
const MOST_PROBLEMS = 5;

export function checkAgainst(schema: z.ZodType, shape: ObjectShape): CheckArguments {
  return (given) => {
    const result = parsed(schema, argumentsFromModel(shape, given));
    if (result === null) return { ok: false, problem: 'they cannot be checked' };
    if (!result.success) return { ok: false, problem: problemOf(result.error) };
    // An object's schema makes objects; one of others may say anything.
    return isRecord(result.data) ? { ok: true, value: result.data } : { ok: false, problem: 'no arguments' };
  };
}

/**
 * What JSON Schema says, as zod checks it.
 *
 * @returns null for one that zod cannot check all of: what it says must not be waved through
 */
export function zodFrom(schema: JsonSchema): z.ZodType | null {
  try {
    return z.fromJSONSchema(withOwnReferences(schema), { registry: z.registry() });
  } catch {
    return null;
  }
}

/** Null for a schema that only ever leads to itself, and for arguments that are deeper than the stack. */
function parsed(schema: z.ZodType, value: unknown): z.ZodSafeParseResult<unknown> | null {
  try {
    return schema.safeParse(value);
  } catch {
    return null;
  }
}

function problemOf({ issues }: z.ZodError): string {
  return issues
    .slice(0, MOST_PROBLEMS)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
    .join('; ');
}

/**
 * zod knows references to definitions only, servers refer to any place in the schema: whatever is referred to becomes a
 * definition. Which draft it is of is left out, since not one of the keywords that are checked depends on it then.
 *
 * @throws Error for a reference to what is not there
 */
function withOwnReferences(whole: JsonSchema): JsonSchema {
  const { $schema: _, $defs: __, definitions: ___, ...root } = whole;
  const names = new Map<string, string>();
  const definitions: [string, unknown][] = [];

  const nameOf = (ref: string): string => {
    const known = names.get(ref);
    if (known !== undefined) return known;
    const name = `ref${names.size}`;
    names.set(ref, name);
    const target = targetOf(ref, whole);
    if (target === undefined) throw new Error('a reference leads nowhere');
    definitions.push([name, rewritten(target)]);
    return name;
  };

  const rewritten = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rewritten);
    if (!isRecord(value)) return value;
    const entries = Object.entries(value).map(([name, inner]): [string, unknown] =>
      name === '$ref' && typeof inner === 'string' ? [name, `#/$defs/${nameOf(inner)}`] : [name, rewritten(inner)],
    );
    return Object.fromEntries(entries);
  };

  const own = rewritten(root);
  return { ...(isRecord(own) ? own : {}), $defs: Object.fromEntries(definitions) };
}
