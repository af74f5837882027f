/**
 * What a schema says about itself in words, made short and plain: it comes from servers of other people, and every word of it is
 * in every setup.
 */
import type { Traits } from './argument-shape.ts';
import type { JsonSchema } from './json-schema.ts';

/** Two or three sentences. */
const DESCRIPTION_LENGTH = 500;
const TITLE_LENGTH = 100;

/** Keywords that Google's Schema has no field for, and that are worth telling all the same. */
const WORDS: Readonly<Record<string, (value: unknown) => string | null>> = {
  format: (value) => (typeof value === 'string' && !KNOWN_FORMATS.has(value) ? `Format: ${value}.` : null),
  multipleOf: (value) => (typeof value === 'number' ? `A multiple of ${value}.` : null),
  uniqueItems: (value) => (value === true ? 'Each only once.' : null),
  exclusiveMinimum: (value) => (typeof value === 'number' ? `More than ${value}.` : null),
  exclusiveMaximum: (value) => (typeof value === 'number' ? `Less than ${value}.` : null),
};
/** Said by the type, or by a field of its own. */
const KNOWN_FORMATS: ReadonlySet<string> = new Set(['date-time', 'int32', 'int64', 'float', 'double', 'enum']);

export function traitsOf(schema: JsonSchema): Traits {
  const { title, description, nullable, type, default: set, example, examples } = schema;
  const shown = isScalar(example) ? example : Array.isArray(examples) ? examples.find(isScalar) : undefined;
  const said = typeof description === 'string' ? plain(description, DESCRIPTION_LENGTH) : '';
  const more = Object.entries(WORDS).flatMap(([name, words]) => words(schema[name]) ?? []);
  const text = [said, ...more].filter((it) => it !== '').join(' ');
  return {
    ...(typeof title === 'string' && title !== '' && { title: plain(title, TITLE_LENGTH) }),
    ...(text !== '' && { description: text }),
    ...((nullable === true || (Array.isArray(type) && type.includes('null'))) && { nullable: true }),
    ...(isScalar(set) && { default: set }),
    ...(shown !== undefined && { example: shown }),
  };
}

/** What is said of several alternatives, on one of them: Google takes nothing beside `anyOf`. */
export function describedBy(all: Traits, one: Traits): Traits {
  const description = [all.description ?? [], one.description ?? []].flat().join(' ');
  return {
    ...(description !== '' && { description }),
    ...((all.nullable === true || one.nullable === true) && { nullable: true }),
  };
}

function isScalar(value: unknown): value is string | number | boolean {
  return (
    typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  );
}

/** Without controls and with single spaces, cut between two characters. */
function plain(text: string, length: number): string {
  const line = text.replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ').trim();
  const characters = [...line];
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : line;
}
