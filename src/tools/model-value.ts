/**
 * What a model gives, turned into what the schema means: names and values that it was told otherwise get back their own, and JSON
 * that it had to write into a string is read. What fits nothing stays as it is, for the check to name it.
 */
import { choiceName, type ObjectShape, type Shape } from './argument-shape.ts';
import { isRecord } from './json-schema.ts';

export function argumentsFromModel(
  { properties }: ObjectShape,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const byName = new Map(properties.map((property) => [property.name, property]));
  const entries = Object.entries(given).flatMap(([name, value]): [string, unknown][] => {
    const property = byName.get(name);
    if (property === undefined) return [[name, value]];
    const { key, required, shape } = property;
    // Models write null for what they leave out.
    if (value === null && !required && !takesNull(shape)) return [];
    return [[key, valueFromModel(shape, value)]];
  });
  // As own members, whatever they are called.
  return Object.fromEntries(entries);
}

function valueFromModel(shape: Shape, value: unknown): unknown {
  if (value === null) return null;
  switch (shape.kind) {
    case 'object':
      return isRecord(value) ? argumentsFromModel(shape, value) : value;
    case 'list':
      return Array.isArray(value) ? value.map((item) => valueFromModel(shape.items, item)) : value;
    case 'choice':
      return shape.values.find((it) => choiceName(it) === (isScalar(value) ? String(value) : '')) ?? value;
    case 'json':
      return typeof value === 'string' ? parsed(value) : value;
    case 'either': {
      const option = shape.options.find((it) => fits(it, value));
      return option === undefined ? value : valueFromModel(option, value);
    }
    default:
      return value;
  }
}

function takesNull(shape: Shape): boolean {
  if (shape.kind === 'json') return true;
  if (shape.kind === 'either') return shape.options.some(takesNull);
  return shape.nullable === true;
}

/** Whether a value looks like one of this shape. */
function fits(shape: Shape, value: unknown): boolean {
  switch (shape.kind) {
    case 'object':
      return isRecord(value) && shape.properties.every(({ name, required }) => !required || Object.hasOwn(value, name));
    case 'list':
      return Array.isArray(value);
    case 'choice':
      return isScalar(value) && shape.values.some((it) => choiceName(it) === String(value));
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'integer':
      return Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'json':
      return typeof value !== 'string' || parsed(value) !== value;
    case 'either':
      return shape.options.some((it) => fits(it, value));
  }
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
