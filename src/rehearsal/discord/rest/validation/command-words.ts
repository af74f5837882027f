/**
 * Names and descriptions of commands and options, and their localizations, which follow the same rules.
 */
import { commandFaults, faults } from './faults.ts';
import { type Bounds, type Fields, given, type Item, text, textOf } from './fields.ts';
import { checkLocalizations } from './locales.ts';

const NAME: Bounds = { required: true, min: 1, max: 32 };
const DESCRIPTION: Bounds = { required: true, min: 1, max: 100 };

/** Discord's "Application Command Naming". */
const slashName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** What a member types after a slash. Words of context menus may have capitals and spaces. */
export function checkSlashName(fields: Fields): void {
  const name = text(fields, 'name', NAME);
  if (name !== null) checkSpelling({ spot: fields.spot.at('name'), value: name });
  checkLocalizations(fields, 'name_localizations', (word) => textOf(word, NAME) !== null && checkSpelling(word));
}

export function checkMenuName(fields: Fields): void {
  text(fields, 'name', NAME);
  checkLocalizations(fields, 'name_localizations', (word) => textOf(word, NAME));
}

function checkSpelling({ spot, value }: Item): void {
  const name = String(value);
  if (!slashName.test(name)) spot.report(faults.pattern);
  else if (name !== name.toLowerCase()) spot.report(commandFaults.name);
}

export function checkDescription(fields: Fields): void {
  text(fields, 'description', DESCRIPTION);
  checkLocalizations(fields, 'description_localizations', (word) => textOf(word, DESCRIPTION));
}

export function checkNoDescription(fields: Fields): void {
  const description = given(fields, 'description');
  if (description !== null && description !== '') {
    fields.spot.at('description').report(commandFaults.contextMenuDescription);
  }
}
