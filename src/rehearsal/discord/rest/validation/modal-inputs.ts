/**
 * What a member fills in: the components that a modal's label may hold.
 */
import type { Census } from './census.ts';
import { componentType, selectTypes } from './component-types.ts';
import { unquoted } from './faults.ts';
import { characters, checkLength, type Fields, integer, oneOf, records, text, yesNo } from './fields.ts';
import { checkFileTypes } from './file-types.ts';
import { checkAmount, checkMinimum, checkOption, checkOptionSet, checkSelect } from './selects.ts';
import type { Kind } from './unions.ts';

const { textInput, fileUpload, radioGroup, checkboxGroup, checkbox } = componentType;
export const inLabel: readonly number[] = [textInput, ...selectTypes, fileUpload, radioGroup, checkboxGroup, checkbox];

const MAX_INPUT_CHARACTERS = 4000;
const MAX_PLACEHOLDER_CHARACTERS = 100;
/** One line, or several. */
const STYLES = [1, 2] as const;
const MAX_CHOICES = 10;
const MAX_FILES = 10;

export function checkInput({ fields, type }: Kind, census: Census): void {
  if (selectTypes.includes(type)) {
    checkSelect(fields, type, census, 'modal');
    return;
  }
  census.customId(fields, true);
  if (type === textInput) checkTextInput(fields);
  else if (type === fileUpload) checkFileUpload(fields);
  else if (type === radioGroup) checkRadioGroup(fields);
  else if (type === checkboxGroup) checkCheckboxGroup(fields);
  else yesNo(fields, 'default');
}

function checkTextInput(fields: Fields): void {
  oneOf(fields, 'style', STYLES, { required: true });
  yesNo(fields, 'required');
  text(fields, 'placeholder', { max: MAX_PLACEHOLDER_CHARACTERS });
  const min = integer(fields, 'min_length', { min: 0, max: MAX_INPUT_CHARACTERS }) ?? 0;
  const max = integer(fields, 'max_length', { min: 1, max: MAX_INPUT_CHARACTERS }) ?? MAX_INPUT_CHARACTERS;
  if (min > max) fields.spot.at('min_length').report(unquoted.minAboveMax);
  const value = text(fields, 'value', { max });
  // An empty value is none: the input starts blank.
  if (value !== null && value !== '' && characters(value) < min)
    checkLength(fields.spot.at('value'), characters(value), { min });
}

function checkFileUpload(fields: Fields): void {
  checkAmount(fields, MAX_FILES, 1);
  checkMinimum(fields);
  checkFileTypes(fields);
}

function checkRadioGroup(fields: Fields): void {
  yesNo(fields, 'required');
  const options = records(fields, 'options', { required: true, min: 2, max: MAX_CHOICES });
  for (const option of options) checkOption(option);
  checkOptionSet(fields, options, 1);
}

function checkCheckboxGroup(fields: Fields): void {
  const options = records(fields, 'options', { required: true, min: 1, max: MAX_CHOICES });
  for (const option of options) checkOption(option);
  const { max } = checkAmount(fields, MAX_CHOICES, Math.max(1, options.length));
  checkMinimum(fields);
  checkOptionSet(fields, options, max);
}
