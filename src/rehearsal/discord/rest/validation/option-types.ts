/**
 * Kinds of command options, and the numbers that fit into one.
 */

export const optionType = {
  subcommand: 1,
  subcommandGroup: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
} as const;

export type OptionType = (typeof optionType)[keyof typeof optionType];

/** Options that hold a value, as against those that hold options. */
export const valueTypes: readonly OptionType[] = [3, 4, 5, 6, 7, 8, 9, 10, 11];
/** Options whose values an app may suggest. */
export const suggestible: readonly OptionType[] = [optionType.string, optionType.integer, optionType.number];

/** What a double holds without loss; Discord takes no others. */
export const NUMBER = { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER } as const;
