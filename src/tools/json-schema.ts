/**
 * JSON Schema as it comes from zod and from other people's servers: references followed, `allOf` made one.
 */

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Where in a schema one is. */
export interface Scope {
  readonly root: JsonSchema;
  /** References that were followed on the way here: one that comes again goes on for ever. */
  readonly followed: ReadonlySet<string>;
  readonly depth: number;
  /** Shared by the whole schema: what refers to everything twice doubles with every step. */
  readonly budget: { left: number };
}

export interface Resolved {
  readonly schema: JsonSchema;
  readonly scope: Scope;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * One schema without `$ref` and `allOf`; of what is said twice about anything but properties, the nearest counts.
 *
 * @returns null: it contains itself, refers to what is not there, or is too large
 */
export function resolved(raw: unknown, scope: Scope): Resolved | null {
  if (scope.budget.left-- <= 0) return null;
  if (!isRecord(raw)) return { schema: {}, scope };
  const { $ref, allOf, ...own } = raw;
  let result: Resolved = { schema: own, scope };
  const add = (part: Resolved | null): boolean => {
    if (part !== null) result = together(result, part);
    return part !== null;
  };
  if (typeof $ref === 'string') {
    const target = scope.followed.has($ref) ? undefined : targetOf($ref, scope.root);
    const inside = { ...scope, followed: new Set([...scope.followed, $ref]) };
    if (target === undefined || !add(resolved(target, inside))) return null;
  }
  for (const part of Array.isArray(allOf) ? allOf : []) if (!add(resolved(part, scope))) return null;
  return result;
}

/** What a local reference (RFC 6901 after `#`) points to; undefined: nothing, or somewhere else. */
export function targetOf(ref: string, root: JsonSchema): unknown {
  if (ref !== '#' && !ref.startsWith('#/')) return undefined;
  const segments = ref.split('/').slice(1);
  return segments.reduce<unknown>((at, segment) => {
    const key = percentDecoded(segment).replaceAll('~1', '/').replaceAll('~0', '~');
    return typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as JsonSchema)[key] : undefined;
  }, root);
}

function percentDecoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function together(near: Resolved, far: Resolved): Resolved {
  const followed = new Set([...near.scope.followed, ...far.scope.followed]);
  return { schema: merged(near.schema, far.schema), scope: { ...near.scope, followed } };
}

function merged(near: JsonSchema, far: JsonSchema): JsonSchema {
  const properties = mergedProperties(near['properties'], far['properties']);
  const required = [near['required'], far['required']].flatMap((it) => (Array.isArray(it) ? it : []));
  return {
    ...far,
    ...near,
    ...(properties && { properties }),
    ...(required.length > 0 && { required }),
  };
}

function mergedProperties(near: unknown, far: unknown): JsonSchema | null {
  if (!isRecord(near) || !isRecord(far)) return null;
  const entries = Object.entries(near).map(([name, schema]): [string, unknown] =>
    Object.hasOwn(far, name) ? [name, { allOf: [schema, far[name]] }] : [name, schema],
  );
  return Object.fromEntries([...Object.entries(far), ...entries]);
}
