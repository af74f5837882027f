/**
 * The choices of an option, in a command's definition and as the answer to an autocomplete interaction: the rules are the same.
 */
import { faults } from './faults.ts';
import { type Bounds, decimal, type Fields, given, integer, records, text, textOf } from './fields.ts';
import { checkLocalizations } from './locales.ts';
import { NUMBER, optionType } from './option-types.ts';

const MAX_CHOICES = 25;
const NAME: Bounds = { required: true, min: 1, max: 100 };
const TEXT: Bounds = { required: true, max: 100 };
const NUMERIC: Bounds = { required: true, ...NUMBER };

/** @param type of the option; null where it is not known, and then text and numbers will do. */
export function checkChoices(fields: Fields, type: number | null): void {
  for (const choice of records(fields, 'choices', { max: MAX_CHOICES })) {
    text(choice, 'name', NAME);
    checkLocalizations(choice, 'name_localizations', (word) => textOf(word, NAME));
    checkValue(choice, type ?? (typeof given(choice, 'value') === 'number' ? optionType.number : optionType.string));
  }
}

function checkValue(choice: Fields, type: number): void {
  if (type === optionType.number) decimal(choice, 'value', NUMERIC);
  else if (type !== optionType.integer) text(choice, 'value', TEXT);
  else if (typeof given(choice, 'value') !== 'string') integer(choice, 'value', NUMERIC);
  // Digits in a string pass for an integer elsewhere, but a choice is sent back as it is.
  else choice.spot.at('value').report(faults.notNumber(given(choice, 'value'), 'int'));
}
