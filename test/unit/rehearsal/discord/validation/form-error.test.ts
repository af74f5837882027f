import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formErrors, type Problem } from '../../../../../src/rehearsal/discord/rest/validation/form-error.ts';
import { said, sent } from './said.ts';

const tooLong = { code: 'BASE_TYPE_BAD_LENGTH', message: 'Must be between 1 and 32 in length.' };
const missing = { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };

test('a body without problems has no error', () => {
  expect(formErrors([])).toBeNull();
});

test('the tree has the shape of the body, with the problems as its leaves', () => {
  const error = formErrors([
    { path: ['name'], ...tooLong },
    { path: ['options', 0, 'name'], ...missing },
    { path: ['options', 0], ...missing },
  ]);
  expect(sent(error)).toEqual({
    code: 50035,
    message: 'Invalid Form Body',
    errors: { name: { _errors: [tooLong] }, options: { 0: { name: { _errors: [missing] }, _errors: [missing] } } },
  });
});

test('a problem of the whole body is at the root', () => {
  expect(sent(formErrors([{ path: [], ...missing }]))).toMatchObject({ errors: { _errors: [missing] } });
});

test('two problems of one value are both told', () => {
  const problem = { path: ['name'], ...tooLong };
  expect(said(formErrors([problem, { ...problem, ...missing }]))).toEqual([
    'name BASE_TYPE_BAD_LENGTH',
    'name BASE_TYPE_REQUIRED',
  ]);
});

test('whatever keys a body has, every problem is found again in the tree', () => {
  const key = fc.oneof(fc.constantFrom('name', '__proto__', 'constructor', 'toString'), fc.nat({ max: 3 }));
  const problem = fc.record({
    path: fc.array(key, { maxLength: 4 }),
    code: fc.constantFrom('A', 'B'),
    message: fc.string(),
  });
  fc.assert(
    fc.property(fc.array(problem, { minLength: 1 }), (problems: Problem[]) => {
      const expected = problems.map(({ path, code }) => [path.join('.'), code].filter((part) => part !== '').join(' '));
      expect([...said(formErrors(problems))].sort()).toEqual(expected.sort());
    }),
  );
});
