/**
 * What every table of messages has to hold. A key that a table lacks, or has too much, fails the type check.
 */
import type { en } from './en.ts';

export type MessageKey = keyof typeof en;
export type Messages = Readonly<Record<MessageKey, string>>;

/** The names in braces of a text: `'a {x} b {y}'` → `'x' | 'y'`. */
type PlaceholdersIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholdersIn<Rest>
  : never;

export type Placeholder<Key extends MessageKey> = PlaceholdersIn<(typeof en)[Key]>;

/** Values for a message's placeholders; a message without any takes none. */
export type MessageParams<Key extends MessageKey> = [Placeholder<Key>] extends [never]
  ? []
  : [params: Readonly<Record<Placeholder<Key>, string | number>>];
