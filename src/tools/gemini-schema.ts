/**
 * Arguments as Google's Schema describes them: a part of OpenAPI 3.0, and less of it than its page says. A declaration that it
 * does not take closes the socket, and with it every room that has the tool, so nothing is sent that any of its services is known
 * to refuse: each node has exactly one type, an enum is of strings that are not empty, a list says what is in it, an object has
 * properties, `required` names what is there, and beside `anyOf` there is nothing else.
 */
import { choiceName, type ObjectShape, type Shape, type Traits } from './argument-shape.ts';

type Json = Readonly<Record<string, unknown>>;

/** @returns null where there are no arguments: the field is left out then */
export function toGeminiSchema(shape: ObjectShape): Json | null {
  return shape.properties.length === 0 ? null : schemaOf(shape);
}

function schemaOf(shape: Shape): Json {
  switch (shape.kind) {
    case 'object':
      return { type: 'OBJECT', ...wordsOf(shape), ...membersOf(shape) };
    case 'text':
      return { type: 'STRING', ...wordsOf(shape), ...valuesOf(shape, 'string'), ...shape.limits };
    case 'number':
    case 'integer':
      return { type: shape.kind.toUpperCase(), ...wordsOf(shape), ...valuesOf(shape, 'number'), ...shape.limits };
    case 'boolean':
      return { type: 'BOOLEAN', ...wordsOf(shape), ...valuesOf(shape, 'boolean') };
    case 'choice':
      return { type: 'STRING', ...wordsOf(shape), format: 'enum', enum: shape.values.map(choiceName) };
    case 'list':
      return { type: 'ARRAY', ...wordsOf(shape), items: schemaOf(shape.items), ...shape.limits };
    case 'json':
      return { type: 'STRING', ...wordsOf(shape) };
    case 'either':
      return { anyOf: shape.options.map(schemaOf) };
  }
}

function wordsOf({ title, description, nullable }: Traits): Json {
  return { ...(title && { title }), ...(description && { description }), ...(nullable && { nullable }) };
}

function valuesOf(traits: Traits, type: 'string' | 'number' | 'boolean'): Json {
  const { default: set, example } = traits;
  return { ...(typeof set === type && { default: set }), ...(typeof example === type && { example }) };
}

function membersOf({ properties }: ObjectShape): Json {
  const required = properties.filter((it) => it.required).map(({ name }) => name);
  return {
    properties: Object.fromEntries(properties.map(({ name, shape }) => [name, schemaOf(shape)])),
    ...(required.length > 0 && { required }),
    propertyOrdering: properties.map(({ name }) => name),
  };
}
