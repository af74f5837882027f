import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRejection, readClientMessage } from '../../../../src/rehearsal/live/client-message.ts';
import {
  anything,
  bool,
  bytes,
  double,
  InvalidPayload,
  int64,
  later,
  list,
  mapOf,
  message,
  oneOf,
  snakeCase,
  string,
  struct,
} from '../../../../src/rehearsal/live/proto-json.ts';

const inner = message({ someName: string, itsNumber: int64 });
const kind = message({
  isOn: bool,
  howMuch: double,
  data: bytes,
  aList: list(inner),
  aMap: mapOf(inner),
  aMode: oneOf('Mode', ['FAST', 'SLOW']),
  lateList: later(() => list(string)),
  free: anything,
  record: struct,
});

function refusalOf(value: unknown): string {
  try {
    kind.read(value, 'setup');
    return 'taken';
  } catch (error) {
    if (error instanceof InvalidPayload) return error.message;
    throw error;
  }
}

test('whatever JSON comes, it is read or refused in words, and never anything else', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const read = readClientMessage(text);
      expect(isRejection(read) ? read.code : 1007).toBe(1007);
    }),
  );
});

test('what is no JSON at all is refused too', () => {
  fc.assert(fc.property(fc.string(), (text) => void readClientMessage(text)));
});

test('names may come in either way, and lists of one without their brackets', () => {
  const value = {
    isOn: true,
    howMuch: 1.5,
    aList: [{ someName: 'a', itsNumber: '12' }],
    aMode: 'FAST',
    lateList: ['x'],
  };
  const snake = Object.fromEntries(Object.entries(value).map(([name, each]) => [snakeCase(name), each]));
  const expected = { ...value, aList: [{ someName: 'a', itsNumber: 12 }] };
  expect(kind.read(value, '')).toEqual(expected);
  expect(kind.read(snake, '')).toEqual(expected);
  expect(kind.read({ ...value, aList: value.aList[0], lateList: 'x' }, '')).toEqual(expected);
});

test('null is as good as left out', () => {
  expect(kind.read({ isOn: null, aList: null }, '')).toEqual({});
});

test('bytes come in either alphabet of base64, padded or not', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (array) => {
      const buffer = Buffer.from(array);
      for (const encoding of ['base64', 'base64url'] as const) {
        const text = buffer.toString(encoding);
        for (const data of [text, text.replace(/=+$/, '')]) expect(kind.read({ data }, '').data).toEqual(buffer);
      }
    }),
  );
});

test.each<[unknown, string]>([
  [{ x: 1 }, `Invalid JSON payload received. Unknown name "x" at 'setup': Cannot find field.`],
  [{ constructor: 1 }, `Invalid JSON payload received. Unknown name "constructor" at 'setup': Cannot find field.`],
  [
    { aList: [{}, { y: 1 }] },
    `Invalid JSON payload received. Unknown name "y" at 'setup.a_list[1]': Cannot find field.`,
  ],
  [
    { aMap: { b: {}, a: { z: 1 } } },
    `Invalid JSON payload received. Unknown name "z" at 'setup.a_map[1].value': Cannot find field.`,
  ],
  [
    { isOn: [true] },
    `Invalid JSON payload received. Unknown name "isOn" at 'setup': Proto field is not repeating, cannot start list.`,
  ],
  [{ isOn: 'yes' }, `Invalid value at 'setup.is_on' (TYPE_BOOL), "yes"`],
  [{ aList: ['no'] }, `Invalid value at 'setup.a_list[0]' (TYPE_MESSAGE), "no"`],
  [{ aMap: 3 }, `Invalid value at 'setup.a_map' (TYPE_MESSAGE), 3`],
  [{ aList: { itsNumber: 1.5 } }, `Invalid value at 'setup.a_list[0].its_number' (TYPE_INT64), 1.5`],
  [
    { aMode: 'fast' },
    `Invalid value at 'setup.a_mode' (type.googleapis.com/google.ai.generativelanguage.v1beta.Mode), "fast"`,
  ],
  [{ data: 'a' }, `Invalid value at 'setup.data' (TYPE_BYTES), Base64 decoding failed for "a"`],
  [{ data: 7 }, `Invalid value at 'setup.data' (TYPE_BYTES), 7`],
  [{ record: 'x' }, `Invalid value at 'setup.record' (type.googleapis.com/google.protobuf.Struct), "x"`],
  [{ free: [1] }, 'taken'],
  [7, `Invalid value at 'setup' (TYPE_MESSAGE), 7`],
])('%j is refused as Google does it', (value, reason) => {
  expect(refusalOf(value)).toBe(reason);
});
