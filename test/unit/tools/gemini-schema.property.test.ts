import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonSchema } from '../../../src/tools/json-schema.ts';
import { foreignTool } from '../../kit/some-tool.ts';
import { objections } from './objections.ts';

const key = fc.oneof(fc.constantFrom('a', 'b', 'max-results', '$filter', 'ünï', '1', 'constructor'), fc.string());
const { schema } = fc.letrec<{ schema: JsonSchema }>((tie) => {
  const nested = tie('schema');
  return {
    schema: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom<JsonSchema>({}, { type: 'null' }, { type: 'boolean' }, { $ref: '#' }, { $ref: '#/$defs/d' }),
      fc.record(
        {
          type: fc.constant('string'),
          format: fc.string(),
          pattern: fc.string(),
          maxLength: fc.double(),
          title: fc.string(),
        },
        { requiredKeys: ['type'] },
      ),
      fc.record(
        {
          type: fc.constantFrom('number', 'integer', ['integer', 'null'], ['number', 'string']),
          minimum: fc.double(),
          exclusiveMaximum: fc.oneof(fc.double(), fc.boolean()),
          default: fc.jsonValue(),
        },
        { requiredKeys: ['type'] },
      ),
      fc.record({ enum: fc.array(fc.jsonValue()) }),
      fc.record({ const: fc.jsonValue(), description: fc.string() }),
      fc.record({ type: fc.constant('array'), items: nested, minItems: fc.nat() }, { requiredKeys: ['type'] }),
      fc.record({ type: fc.constant('array'), prefixItems: fc.array(nested) }),
      fc.record(
        { type: fc.constant('object'), properties: fc.dictionary(key, nested), required: fc.array(key) },
        { requiredKeys: ['type'] },
      ),
      fc.record({ anyOf: fc.array(nested), description: fc.string(), nullable: fc.boolean() }),
      fc.record({ oneOf: fc.array(nested), default: fc.jsonValue() }),
      fc.record({ allOf: fc.array(nested), properties: fc.dictionary(key, nested) }),
    ),
  };
});

test('whatever a server describes, the strict service takes the declaration on every model', () => {
  fc.assert(
    fc.property(fc.dictionary(key, schema), schema, (properties, d) => {
      const tool = foreignTool({ parameters: { type: 'object', properties, $defs: { d } } });
      expect(objections([tool.declaration])).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('whatever a model gives, a check says yes or no, and says why not', () => {
  fc.assert(
    fc.property(fc.dictionary(key, schema), schema, fc.dictionary(key, fc.jsonValue()), (properties, d, args) => {
      const tool = foreignTool({ parameters: { type: 'object', properties, $defs: { d } } });
      const result = tool.validate(args);
      if (!result.ok) expect(result.problem).not.toBe('');
    }),
    { numRuns: 100 },
  );
});
