import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { JsonSchema } from '../../../src/tools/json-schema.ts';
import { foreignTool, someTool } from '../../kit/some-tool.ts';
import { objections } from './objections.ts';

const declared = (args: z.ZodObject) => someTool({ args }).declaration.parameters;

const foreign = (parameters: JsonSchema) => foreignTool({ parameters });
const told = (properties: JsonSchema, rest: JsonSchema = {}) =>
  foreign({ type: 'object', properties, ...rest }).declaration.parameters?.['properties'];

describe('what zod describes', () => {
  test('is told in the few words that Google has', () => {
    const args = z.object({
      city: z.string().min(1).max(80).describe('A city.'),
      days: z.int().min(1).max(14).default(3),
      ratio: z.number().gt(0).optional(),
      unit: z.enum(['celsius', 'fahrenheit']),
      exact: z.boolean().nullable(),
      tags: z.array(z.string()).max(5),
      at: z.iso.datetime(),
    });
    expect(declared(args)).toEqual({
      type: 'OBJECT',
      properties: {
        city: { type: 'STRING', description: 'A city.', minLength: '1', maxLength: '80' },
        days: { type: 'INTEGER', default: 3, minimum: 1, maximum: 14 },
        ratio: { type: 'NUMBER', minimum: 0 },
        unit: { type: 'STRING', format: 'enum', enum: ['celsius', 'fahrenheit'] },
        exact: { type: 'BOOLEAN', nullable: true },
        tags: { type: 'ARRAY', items: { type: 'STRING' }, maxItems: '5' },
        at: expect.objectContaining({ type: 'STRING', format: 'date-time' }),
      },
      required: ['city', 'unit', 'exact', 'tags', 'at'],
      propertyOrdering: ['city', 'days', 'ratio', 'unit', 'exact', 'tags', 'at'],
    });
    expect(objections([someTool({ args }).declaration])).toEqual([]);
  });

  test('without arguments there is no schema at all', () => {
    expect(someTool().declaration).not.toHaveProperty('parameters');
    expect(objections([someTool().declaration])).toEqual([]);
  });

  test('what zod cannot describe is found when the tool is defined, not when it is called', () => {
    expect(() => someTool({ args: z.object({ on: z.date() }) })).toThrow();
  });

  test.each(['Roll', 'roll-dice', 'server__tool', '1st', '', 'a'.repeat(65)])('no tool can be called %j', (name) => {
    expect(() => someTool({ name })).toThrow('cannot be called');
  });
});

describe('what others describe', () => {
  test('references are written out, also those to any place', () => {
    const point = { type: 'object', properties: { x: { type: 'number' } }, required: ['x'] };
    const definitions = { $defs: { point }, definitions: { 'a/b': { type: 'boolean' } } };
    const properties = {
      from: { $ref: '#/$defs/point', description: 'Where it starts.' },
      to: { $ref: '#/properties/from' },
      flag: { $ref: '#/definitions/a~1b' },
    };
    const there = {
      type: 'OBJECT',
      description: 'Where it starts.',
      properties: { x: { type: 'NUMBER' } },
      required: ['x'],
      propertyOrdering: ['x'],
    };
    expect(told(properties, definitions)).toEqual({ from: there, to: there, flag: { type: 'BOOLEAN' } });
  });

  test('what contains itself is cut, and the model is told what to write there', () => {
    const node = { type: 'object', properties: { next: { $ref: '#/$defs/node' }, name: { type: 'string' } } };
    const tool = foreign({ type: 'object', properties: { tree: { $ref: '#/$defs/node' } }, $defs: { node } });
    expect(tool.declaration.parameters?.['properties']).toEqual({
      tree: {
        type: 'OBJECT',
        properties: { next: { type: 'STRING', description: 'A value as JSON text.' }, name: { type: 'STRING' } },
        propertyOrdering: ['next', 'name'],
      },
    });
    expect(tool.validate({ tree: { next: '{"name":"a","next":{"name":"b"}}' } })).toEqual({
      ok: true,
      value: { tree: { next: { name: 'a', next: { name: 'b' } } } },
    });
    expect(tool.validate({ tree: { next: '{"name":7}' } })).toMatchObject({ ok: false });
  });

  test('values that are no strings are told as such, and come back as what they are', () => {
    const tool = foreign({
      type: 'object',
      properties: {
        size: { type: 'integer', enum: [1, 2, 3] },
        mode: { const: 'fast' },
        odd: { enum: ['', 'a', null, 5] },
      },
    });
    expect(tool.declaration.parameters?.['properties']).toEqual({
      size: { type: 'STRING', format: 'enum', enum: ['1', '2', '3'] },
      mode: { type: 'STRING', format: 'enum', enum: ['fast'] },
      odd: { type: 'STRING', nullable: true, format: 'enum', enum: ['a', '5'] },
    });
    expect(tool.validate({ size: '2', mode: 'fast', odd: '5' })).toEqual({
      ok: true,
      value: { size: 2, mode: 'fast', odd: 5 },
    });
    expect(tool.validate({ size: 3 })).toEqual({ ok: true, value: { size: 3 } });
    expect(tool.validate({ size: '4' })).toMatchObject({ ok: false });
  });

  test('several types are alternatives, null is a mark, and beside alternatives there is nothing', () => {
    expect(
      told({
        one: { type: ['string', 'null'], description: 'Perhaps.' },
        many: { type: ['string', 'integer', 'null'], description: 'Which.' },
        pydantic: { anyOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }], default: 5, title: 'Count' },
        united: { oneOf: [{ const: 'a' }, { const: 'b' }] },
      }),
    ).toEqual({
      one: { type: 'STRING', description: 'Perhaps.', nullable: true },
      many: {
        anyOf: [
          { type: 'STRING', description: 'Which.', nullable: true },
          { type: 'INTEGER', description: 'Which.', nullable: true },
        ],
      },
      pydantic: { type: 'INTEGER', title: 'Count', nullable: true, default: 5, minimum: 1 },
      united: { type: 'STRING', format: 'enum', enum: ['a', 'b'] },
    });
  });

  test('all of several is one', () => {
    const named = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
    const aged = { properties: { age: { type: 'integer', exclusiveMinimum: 0 } }, required: ['age'] };
    expect(told({ who: { allOf: [named, aged] } })).toMatchObject({
      who: {
        properties: { name: { type: 'STRING' }, age: { type: 'INTEGER', minimum: 1 } },
        required: expect.arrayContaining(['name', 'age']),
      },
    });
  });

  test('what two of them share is no circle', () => {
    const base = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] };
    const part = (name: string) => ({
      allOf: [{ $ref: '#/$defs/base' }, { properties: { [name]: { type: 'boolean' } } }],
    });
    const $defs = { base, a: part('a'), b: part('b') };
    expect(told({ both: { allOf: [{ $ref: '#/$defs/a' }, { $ref: '#/$defs/b' }] } }, { $defs })).toMatchObject({
      both: { type: 'OBJECT', properties: { id: { type: 'STRING' }, a: { type: 'BOOLEAN' }, b: { type: 'BOOLEAN' } } },
    });
  });

  test('names that Google does not take are changed, each into one of its own, and changed back', () => {
    const tool = foreign({
      type: 'object',
      properties: { 'max-results': { type: 'integer' }, max_results: { type: 'string' }, '1st': { type: 'boolean' } },
      required: ['max-results'],
    });
    expect(tool.declaration.parameters).toMatchObject({
      required: ['max_results'],
      propertyOrdering: ['max_results', 'max_results_2', '_1st'],
    });
    expect(tool.validate({ max_results: 3, max_results_2: 'x', _1st: true })).toEqual({
      ok: true,
      value: { 'max-results': 3, max_results: 'x', '1st': true },
    });
  });

  test('what has no shape is JSON in a string', () => {
    const tool = foreign({
      type: 'object',
      properties: { filter: { type: 'object' }, any: {}, list: { type: 'array' } },
    });
    expect(tool.declaration.parameters?.['properties']).toEqual({
      filter: { type: 'STRING', description: 'A JSON object as text.' },
      any: { type: 'STRING', description: 'A value as JSON text.' },
      list: { type: 'ARRAY', items: { type: 'STRING', description: 'A value as JSON text.' } },
    });
    expect(tool.validate({ filter: '{"a":1}', any: 'plain words', list: ['[2]', 'x'] })).toEqual({
      ok: true,
      value: { filter: { a: 1 }, any: 'plain words', list: [[2], 'x'] },
    });
    expect(tool.validate({ filter: { a: 1 } })).toEqual({ ok: true, value: { filter: { a: 1 } } });
    expect(tool.validate({ filter: 'no object' })).toMatchObject({ ok: false });
  });

  test('what only some understand is told in words, or left out', () => {
    expect(
      told({
        id: { type: 'string', format: 'uuid', pattern: '^(?!x)' },
        step: { type: 'number', multipleOf: 5, minimum: -9007199254740991 },
        items: { type: 'array', items: { type: 'string' }, uniqueItems: true, additionalProperties: false },
      }),
    ).toEqual({
      id: { type: 'STRING', description: 'Format: uuid.' },
      step: { type: 'NUMBER', description: 'A multiple of 5.' },
      items: { type: 'ARRAY', description: 'Each only once.', items: { type: 'STRING' } },
    });
  });

  test('alternatives at the top are told as one object', () => {
    const a = {
      type: 'object',
      properties: { kind: { const: 'a' }, size: { type: 'number' } },
      required: ['kind', 'size'],
    };
    const b = { type: 'object', properties: { kind: { const: 'b' } }, required: ['kind'] };
    expect(foreign({ anyOf: [a, b] }).declaration.parameters).toMatchObject({ type: 'OBJECT', required: ['kind'] });
    expect(foreign({ type: 'string' }).declaration.parameters).toBeUndefined();
  });

  test('a schema that grows with every step is cut instead of filling the setup', () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 30 }, (_, level) => {
        const next = { $ref: `#/$defs/d${level + 1}` };
        const members = Object.fromEntries(Array.from({ length: 12 }, (__, index) => [`member${index}`, next]));
        return [`d${level}`, level === 29 ? { type: 'string' } : { type: 'object', properties: members }];
      }),
    );
    const tool = foreign({ type: 'object', properties: { start: { $ref: '#/$defs/d0' } }, $defs });
    expect(JSON.stringify(tool.declaration).length).toBeLessThan(40_000);
    expect(objections([tool.declaration])).toEqual([]);
  });

  test('all of what is all of something, doubled with every step, is given up', () => {
    const twice = (level: number) => ({ allOf: [{ $ref: `#/$defs/d${level}` }, { $ref: `#/$defs/d${level}` }] });
    const $defs = Object.fromEntries(Array.from({ length: 40 }, (_, level) => [`d${level}`, twice(level + 1)]));
    const { declaration } = foreign({ type: 'object', properties: { a: twice(0) }, $defs: { ...$defs, d40: {} } });
    expect(declaration.parameters?.['properties']).toEqual({
      a: { type: 'STRING', description: 'A value as JSON text.' },
    });
  });

  test('a schema that only goes on and on is cut, and what is below is JSON in a string', () => {
    let schema: JsonSchema = { type: 'string' };
    for (let level = 0; level < 30; level++) schema = { type: 'object', properties: { a: schema } };
    const tool = foreign(schema);
    expect(JSON.stringify(tool.declaration).match(/OBJECT/g)).toHaveLength(9);
    const below = JSON.stringify(Array.from({ length: 20 }).reduce<object>((a) => ({ a }), {}));
    const args = Array.from({ length: 9 }).reduce<unknown>((a) => ({ a }), below) as Record<string, unknown>;
    expect(tool.validate(args)).toMatchObject({ ok: true });
  });

  test('text of a server is short and has no control characters', () => {
    const description = `Line one\n\u0007line two ${'x'.repeat(1000)}`;
    const { a } = told({ a: { type: 'string', description } }) as { a: { description: string } };
    expect(a.description.startsWith('Line one line two xxx')).toBe(true);
    expect(a.description).toHaveLength(500);
  });

  test.each([
    { not: { type: 'string' } },
    { if: { type: 'string' }, else: {} },
    { $ref: '#/$defs/nowhere' },
    { $ref: 'https://example.com/schema.json' },
  ])('arguments that cannot be checked are never given to a handler: %j', (schema) => {
    const tool = foreign({ type: 'object', properties: { a: schema } });
    expect(tool.unavailable).toEqual({ why: 'schema' });
    expect(tool.validate({ a: 'x' })).toMatchObject({ ok: false });
    expect(objections([tool.declaration])).toEqual([]);
  });
});
