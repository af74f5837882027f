/**
 * What Google's services were seen to refuse in the schema of a function's arguments although its type has room for it: some of
 * them some of the time (its Developer API and Vertex AI differ, and so do models), so that it is safest left out.
 */
import { isRecord } from './proto-json.ts';

const TYPES_WITH_FORMATS: Readonly<Record<string, readonly unknown[]>> = {
  STRING: ['enum', 'date-time'],
  NUMBER: ['float', 'double'],
  INTEGER: ['int32', 'int64'],
};
const PARAMETER_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** @param where the schema's place, as the doubts name it */
export function schemaDoubts(schema: unknown, where: string): string[] {
  if (!isRecord(schema)) return [`${where}: no schema`];
  const { type, anyOf, items, properties } = schema;
  if (Array.isArray(anyOf)) {
    const others = Object.keys(schema).filter((field) => field !== 'anyOf');
    const beside = others.length > 0 ? [`${where}: ${others.join(', ')} beside anyOf`] : [];
    return [...beside, ...anyOf.flatMap((option, index) => schemaDoubts(option, `${where}.any_of[${index}]`))];
  }
  const kind = typeof type === 'string' ? type.toUpperCase() : '';
  const own = [...typeDoubts(kind, schema), ...enumDoubts(kind, schema)].map((doubt) => `${where}: ${doubt}`);
  const members = isRecord(properties) ? Object.entries(properties) : [];
  return [
    ...own,
    ...(kind === 'ARRAY' ? schemaDoubts(items, `${where}.items`) : []),
    ...members.flatMap(([name, member]) => schemaDoubts(member, `${where}.${name}`)),
  ];
}

function* typeDoubts(kind: string, { format, properties, required }: Record<string, unknown>): Iterable<string> {
  if (kind === '') yield 'no type';
  const formats = TYPES_WITH_FORMATS[kind] ?? [];
  if (format !== undefined && !formats.includes(format)) yield `format ${JSON.stringify(format)} on ${kind}`;
  const names = isRecord(properties) ? Object.keys(properties) : [];
  for (const name of names) if (!PARAMETER_NAME.test(name)) yield `a parameter called ${JSON.stringify(name)}`;
  const missing = (Array.isArray(required) ? required : []).filter((name) => !names.includes(name));
  if (missing.length > 0) yield `required but not defined: ${missing.join(', ')}`;
}

function* enumDoubts(kind: string, { format, enum: values }: Record<string, unknown>): Iterable<string> {
  if (values === undefined) {
    if (format === 'enum') yield 'the format enum without values';
    return;
  }
  if (kind !== 'STRING') yield `an enum on ${kind}`;
  if (!Array.isArray(values) || values.length === 0 || values.includes(''))
    yield 'an enum with an empty value, or with none';
}
