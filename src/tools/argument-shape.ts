/**
 * The shape of a tool's arguments, as far as a model can be told of it: what stands between JSON Schema and Google's Schema, and
 * what turns a model's arguments back into what the JSON Schema means.
 *
 * It may say less than the JSON Schema: arguments are checked against that one, and what does not fit is told to the model.
 */
import { isRecord, type JsonSchema, resolved, type Scope } from './json-schema.ts';
import { type Limits, lengthLimits, numberLimits, textLimits } from './shape-limits.ts';
import { describedBy, traitsOf } from './shape-traits.ts';

export interface Traits {
  readonly title?: string;
  readonly description?: string;
  readonly nullable?: true;
  readonly default?: string | number | boolean;
  readonly example?: string | number | boolean;
}

export interface Property {
  /** As the model is told it. */
  readonly name: string;
  /** As the JSON Schema calls it. */
  readonly key: string;
  readonly required: boolean;
  readonly shape: Shape;
}

export interface ObjectShape extends Traits {
  readonly kind: 'object';
  readonly properties: readonly Property[];
}

export type Shape =
  | ObjectShape
  | (Traits & { readonly kind: 'text' | 'number' | 'integer'; readonly limits: Limits })
  | (Traits & { readonly kind: 'boolean' })
  /** One of at least one values, whatever they are; the model is told each as a string. */
  | (Traits & { readonly kind: 'choice'; readonly values: readonly unknown[] })
  | (Traits & { readonly kind: 'list'; readonly items: Shape; readonly limits: Limits })
  /** What a model cannot be told the shape of: it writes JSON into a string. */
  | (Traits & { readonly kind: 'json' })
  /** One of at least two. */
  | (Traits & { readonly kind: 'either'; readonly options: readonly Shape[] });

/** Deeper than this no model fills in anything sensible; Google refuses schemas of its own choosing from about there on. */
const MOST_DEEP = 8;
/** Schemas looked at for one tool: more is no description of arguments but a grammar. */
const MOST_SCHEMAS = 300;
/** A list of more than these is a data set; each is a word of every setup. */
const MOST_VALUES = 200;
/** Of alternatives to each other. */
const MOST_OPTIONS = 16;

/** @param schema of an object; of anything else there are no arguments */
export function argumentShape(schema: JsonSchema): ObjectShape {
  const scope: Scope = { root: schema, followed: new Set(['#']), depth: 0, budget: { left: MOST_SCHEMAS } };
  return asObject(shapeOf(schema, scope));
}

/** What stands for an object whose members are alternatives: all of them, required what each requires. */
function asObject(shape: Shape): ObjectShape {
  if (shape.kind === 'object') return shape;
  if (shape.kind !== 'either') return { kind: 'object', properties: [] };
  const objects = shape.options.map(asObject);
  const byKey = new Map<string, Property>();
  for (const property of objects.flatMap(({ properties }) => properties)) {
    const isNeeded = objects.every(({ properties }) => properties.some((it) => it.key === property.key && it.required));
    if (!byKey.has(property.key)) byKey.set(property.key, { ...property, required: isNeeded });
  }
  return { kind: 'object', properties: named([...byKey.values()]) };
}

function shapeOf(raw: unknown, from: Scope): Shape {
  const found = from.depth > MOST_DEEP ? null : resolved(raw, from);
  if (found === null) return asJson(isRecord(raw) ? traitsOf(raw) : {}, 'A value as JSON text.');
  const { schema } = found;
  const scope = { ...found.scope, depth: from.depth + 1 };
  const options = optionsOf(schema);
  if (options !== null) return eitherOf(options, traitsOf(schema), scope);
  const values = valuesOf(schema);
  if (values !== null) return choiceOf(values, traitsOf(schema));
  return shapeByType(typeOf(schema), schema, scope);
}

/** What it may be instead of each other, the rest of what is said holding for each; null: there is only one. */
function optionsOf(schema: JsonSchema): readonly unknown[] | null {
  const { anyOf, oneOf, type } = schema;
  const among = [anyOf, oneOf].find((it) => Array.isArray(it) && it.length > 0);
  const base = without(schema, SAID_OF_ALL);
  if (Array.isArray(among)) return among.map((option) => ({ allOf: [option, base] }));
  const types = Array.isArray(type) ? type.filter((it) => it !== 'null') : [];
  return types.length > 1 ? types.map((it) => ({ ...base, type: it })) : null;
}

/** Told on each of the alternatives anyway, or about all of them together. */
const SAID_OF_ALL = ['anyOf', 'oneOf', 'title', 'description', 'default', 'example', 'examples', 'nullable'];

function without(schema: JsonSchema, names: readonly string[]): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => !names.includes(name)));
}

function eitherOf(options: readonly unknown[], traits: Traits, scope: Scope): Shape {
  const resolvedOptions = options.slice(0, MOST_OPTIONS).map((option) => shapeOf(option, scope));
  const isNullable = traits.nullable === true || resolvedOptions.some(isNothing);
  const inherited: Traits = { ...traits, ...(isNullable && { nullable: true }) };
  const shapes = resolvedOptions
    .filter((shape) => !isNothing(shape))
    .flatMap((shape) => (shape.kind === 'either' ? shape.options : [shape]))
    .map((shape) => ({ ...shape, ...describedBy(inherited, shape) }));
  const [first] = shapes;
  if (first === undefined) return asJson(inherited, 'A value as JSON text.');
  if (shapes.length === 1) return { ...inherited, ...first };
  const choices = shapes.flatMap((shape) => (shape.kind === 'choice' ? shape.values : []));
  if (shapes.every(({ kind }) => kind === 'choice')) return choiceOf(choices, inherited);
  return { kind: 'either', options: shapes };
}

/** The shape of `null` alone. */
function isNothing(shape: Shape): boolean {
  return shape.kind === 'json' && shape.description === NOTHING;
}
const NOTHING = 'Nothing.';

function valuesOf(schema: JsonSchema): readonly unknown[] | null {
  if (Object.hasOwn(schema, 'const')) return [schema['const']];
  return Array.isArray(schema['enum']) ? schema['enum'] : null;
}

/** Google takes no empty string among the values of an enum: such a value is left to be typed, or out. */
function choiceOf(all: readonly unknown[], traits: Traits): Shape {
  const values = all.filter((value) => value !== null);
  const isNullable = values.length < all.length;
  if (isNullable && values.length === 0) return asJson({}, NOTHING);
  const nullable = isNullable ? ({ nullable: true } as const) : {};
  const names = values.map((value): [string, unknown] => [choiceName(value), value]);
  const told = new Map(names.filter(([name]) => name !== ''));
  if (told.size === 0 || told.size > MOST_VALUES) return { ...traits, ...nullable, kind: 'text', limits: {} };
  return { ...traits, ...nullable, kind: 'choice', values: [...told.values()] };
}

/** A value of an enum as the model is told it. */
export function choiceName(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function typeOf(schema: JsonSchema): unknown {
  const { type } = schema;
  if (Array.isArray(type)) return type.find((it) => it !== 'null') ?? 'null';
  if (type !== undefined) return type;
  if (isRecord(schema['properties'])) return 'object';
  return 'items' in schema || 'prefixItems' in schema ? 'array' : undefined;
}

function shapeByType(type: unknown, schema: JsonSchema, scope: Scope): Shape {
  const traits = traitsOf(schema);
  switch (type) {
    case 'string':
      return { ...traits, kind: 'text', limits: textLimits(schema) };
    case 'number':
    case 'integer':
      return { ...traits, kind: type, limits: numberLimits(schema, type) };
    case 'boolean':
      return { ...traits, kind: 'boolean' };
    case 'array':
      return listOf(schema, traits, scope);
    case 'object':
      return objectOf(schema, traits, scope);
    case 'null':
      return asJson({}, NOTHING);
    default:
      return asJson(traits, 'A value as JSON text.');
  }
}

function objectOf(schema: JsonSchema, traits: Traits, scope: Scope): Shape {
  const { properties, required } = schema;
  const entries = isRecord(properties) ? Object.entries(properties) : [];
  // Google refused objects without properties for long, and models leave them empty.
  const isUntold = entries.length === 0 || entries.length > scope.budget.left;
  if (isUntold && scope.depth > 1) return asJson(traits, 'A JSON object as text.');
  scope.budget.left -= entries.length;
  const needed: readonly unknown[] = Array.isArray(required) ? required : [];
  const listed = entries.map(([key, value]): Property => {
    return { name: key, key, required: needed.includes(key), shape: shapeOf(value, scope) };
  });
  return { ...traits, kind: 'object', properties: named(listed) };
}

/** A list whose places differ from each other is told as one whose items may be any of them. */
function listOf(schema: JsonSchema, traits: Traits, scope: Scope): Shape {
  const { items, prefixItems } = schema;
  const places = [prefixItems, items].find(Array.isArray);
  const limits = lengthLimits(schema, 'minItems', 'maxItems');
  if (places === undefined) return { ...traits, kind: 'list', items: shapeOf(items ?? {}, scope), limits };
  return {
    ...traits,
    kind: 'list',
    items: shapeOf(places.length === 1 ? places[0] : { anyOf: places }, scope),
    limits,
  };
}

function asJson(traits: Traits, how: string): Shape {
  const { default: _, example: __, ...rest } = traits;
  return { ...rest, kind: 'json', description: [traits.description ?? [], how].flat().join(' ') };
}

/** Names that Google takes for parameters: letters, digits and underscores, at most 64, no digit first; each once. */
function named(properties: readonly Property[]): readonly Property[] {
  const taken = new Set<string>();
  return properties.map((property) => {
    const plain = property.key.replace(/[^A-Za-z0-9_]/g, '_').slice(0, 60);
    const base = /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`;
    let name = base;
    for (let number = 2; taken.has(name); number++) name = `${base}_${number}`;
    taken.add(name);
    return { ...property, name };
  });
}
