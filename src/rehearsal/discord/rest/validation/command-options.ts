/**
 * The options of one command: what each may hold, what order they have, and how subcommands and groups nest.
 */
import { CHANNEL_TYPES } from './channel-types.ts';
import { checkChoices } from './command-choices.ts';
import { checkDescription, checkSlashName } from './command-words.ts';
import { commandFaults, unquoted } from './faults.ts';
import { choicesOf, decimal, type Fields, given, integer, list, yesNo } from './fields.ts';
import { checkFileTypes } from './file-types.ts';
import { localizedWords } from './locales.ts';
import { NUMBER, type OptionType, optionType, suggestible, valueTypes } from './option-types.ts';
import { type Kind, kindOf } from './unions.ts';

const MAX_OPTIONS = 25;
/** Most characters that a member may be asked for. */
const MAX_INPUT_CHARACTERS = 6000;

const { subcommand, subcommandGroup } = optionType;
const inCommand: readonly OptionType[] = [subcommand, subcommandGroup, ...valueTypes];

export function checkOptions(command: Fields): void {
  checkList(command, inCommand);
}

function checkList(holder: Fields, types: readonly number[]): void {
  const options = list(holder, 'options', { max: MAX_OPTIONS }).flatMap((item) => kindOf(item, types) ?? []);
  for (const option of options) checkOption(option);
  checkMixture(options);
  checkOrder(options);
  checkNames(options);
}

function checkOption({ fields, type }: Kind): void {
  checkSlashName(fields);
  checkDescription(fields);
  const required = yesNo(fields, 'required');
  if (type === subcommand) checkList(fields, valueTypes);
  else if (type === subcommandGroup) checkList(fields, [subcommand]);
  else checkValueOption(fields, type);
  if (type <= subcommandGroup && required === true) {
    fields.spot.at('required').report(commandFaults.requiredOnSubcommand);
  }
}

function checkValueOption(fields: Fields, type: number): void {
  checkSuggestions(fields, type);
  if (type === optionType.string) {
    checkRange(fields, 'length', (key) =>
      integer(fields, key, { min: key === 'min_length' ? 0 : 1, max: MAX_INPUT_CHARACTERS }),
    );
  } else if (type === optionType.integer) {
    checkRange(fields, 'value', (key) => integer(fields, key, NUMBER));
  } else if (type === optionType.number) {
    checkRange(fields, 'value', (key) => decimal(fields, key, NUMBER));
  } else if (type === optionType.channel) {
    choicesOf(fields, 'channel_types', CHANNEL_TYPES);
  } else if (type === optionType.attachment) {
    checkFileTypes(fields);
  }
}

/** Suggestions are fixed choices or those of autocomplete, never both. */
function checkSuggestions(fields: Fields, type: number): void {
  const autocomplete = yesNo(fields, 'autocomplete') === true;
  const choices = given(fields, 'choices');
  const hasChoices = Array.isArray(choices) && choices.length > 0;
  if (suggestible.includes(type as OptionType)) checkChoices(fields, type);
  else if (hasChoices) fields.spot.at('choices').report(unquoted.choicesNotTaken);
  if (!autocomplete) return;
  if (!suggestible.includes(type as OptionType)) fields.spot.at('autocomplete').report(unquoted.autocompleteNotTaken);
  else if (hasChoices) fields.spot.at('autocomplete').report(unquoted.autocompleteWithChoices);
}

function checkRange(fields: Fields, what: 'length' | 'value', read: (key: string) => number | null): void {
  const min = read(`min_${what}`);
  const max = read(`max_${what}`);
  if (min !== null && max !== null && min > max) fields.spot.at(`min_${what}`).report(unquoted.minAboveMax);
}

/** A command with subcommands is none itself: it cannot have values of its own beside them. */
function checkMixture(options: readonly Kind[]): void {
  const [first] = options;
  if (!first) return;
  const holdsOptions = (option: Kind): boolean => option.type <= subcommandGroup;
  for (const option of options) {
    if (holdsOptions(option) !== holdsOptions(first)) option.fields.spot.report(commandFaults.mixedOptions);
  }
}

function checkOrder(options: readonly Kind[]): void {
  let sawOptional = false;
  for (const { fields, type } of options) {
    if (type <= subcommandGroup) continue;
    const required = given(fields, 'required') === true;
    if (required && sawOptional) fields.spot.report(commandFaults.requiredOrder);
    sawOptional ||= !required;
  }
}

/**
 * Names differ, and a localized name differs from the default names of the others and from theirs in the same language
 * ("Localization").
 */
function checkNames(options: readonly Kind[]): void {
  const defaults = options.map(({ fields }) => given(fields, 'name'));
  const taken = new Set<string>();
  options.forEach(({ fields }, index) => {
    const name = defaults[index];
    if (typeof name !== 'string') return;
    if (defaults.indexOf(name) < index) fields.spot.report(commandFaults.duplicateOption(name));
    for (const [locale, word] of localizedWords(fields, 'name_localizations')) {
      const otherDefault = word !== name && defaults.includes(word);
      if (otherDefault || taken.has(`${locale} ${word}`)) {
        fields.spot.at('name_localizations', locale).report(commandFaults.duplicateOption(word));
      }
      taken.add(`${locale} ${word}`);
    }
  });
}
