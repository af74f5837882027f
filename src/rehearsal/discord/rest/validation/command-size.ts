/**
 * How large a command is: the characters of all its names, descriptions and choices' values, of each word the longest language
 * ("Subcommands and Subcommand Groups").
 */
import { characters, type Fields, given, isRecord } from './fields.ts';
import { localizedWords } from './locales.ts';

export const MAX_COMMAND_CHARACTERS = 8000;

export function commandSize(command: Fields): number {
  const own = longest(command, 'name') + longest(command, 'description') + valueSize(given(command, 'value'));
  const parts = [...children(command, 'options'), ...children(command, 'choices')];
  return parts.reduce((sum, part) => sum + commandSize(part), own);
}

function longest(fields: Fields, key: string): number {
  const word = given(fields, key);
  const words = [word, ...localizedWords(fields, `${key}_localizations`).values()];
  return Math.max(...words.map((each) => (typeof each === 'string' ? characters(each) : 0)));
}

function valueSize(value: unknown): number {
  return typeof value === 'string' || typeof value === 'number' ? characters(String(value)) : 0;
}

function children(fields: Fields, key: string): readonly Fields[] {
  const items = given(fields, key);
  if (!Array.isArray(items)) return [];
  return items.filter(isRecord).map((values) => ({ spot: fields.spot, values }));
}
