import { expect, test } from 'vitest';
import { schemaDoubts } from '../../../../src/rehearsal/live/schema-doubts.ts';

test.each([
  [{ type: 'OBJECT', properties: { a: { type: 'STRING' } }, required: ['a'], propertyOrdering: ['a'] }, []],
  [{ type: 'string', format: 'date-time' }, []],
  [{ anyOf: [{ type: 'STRING' }, { type: 'ARRAY', items: { type: 'INTEGER', format: 'int32' } }] }, []],
  [{}, ['f: no type']],
  [{ type: 'STRING', format: 'uuid' }, ['f: format "uuid" on STRING']],
  [{ type: 'STRING', format: 'enum' }, ['f: the format enum without values']],
  [{ type: 'STRING', enum: ['a', ''] }, ['f: an enum with an empty value, or with none']],
  [{ type: 'INTEGER', enum: ['1'] }, ['f: an enum on INTEGER']],
  [{ type: 'ARRAY' }, ['f.items: no schema']],
  [{ type: 'OBJECT', properties: {} }, []],
  [{ type: 'OBJECT', properties: { 'a b': { type: 'STRING' } } }, ['f: a parameter called "a b"']],
  [{ type: 'OBJECT', properties: { a: { type: 'OBJECT' } }, required: ['b'] }, ['f: required but not defined: b']],
  [{ description: 'x', anyOf: [{}] }, ['f: description beside anyOf', 'f.any_of[0]: no type']],
])('%j', (schema, doubts) => {
  expect(schemaDoubts(schema, 'f')).toEqual(doubts);
});
