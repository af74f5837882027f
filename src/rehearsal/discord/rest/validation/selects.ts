/**
 * Select menus, in messages and in modals.
 */
import type { Census } from './census.ts';
import { CHANNEL_TYPES } from './channel-types.ts';
import { componentType } from './component-types.ts';
import { checkEmoji } from './emoji.ts';
import { componentFaults, faults, unquoted } from './faults.ts';
import {
  type Bounds,
  choicesOf,
  type Fields,
  given,
  integer,
  record,
  records,
  snowflake,
  text,
  yesNo,
} from './fields.ts';

const MAX_OPTIONS = 25;
const MAX_PLACEHOLDER_CHARACTERS = 150;
const WORDS: Bounds = { required: true, min: 1, max: 100 };

/** What may be preselected in the menus that Discord fills itself. */
const preselectable: ReadonlyMap<number, readonly string[]> = new Map([
  [componentType.userSelect, ['user']],
  [componentType.roleSelect, ['role']],
  [componentType.mentionableSelect, ['user', 'role']],
  [componentType.channelSelect, ['channel']],
]);

interface Amount {
  readonly min: number;
  readonly max: number;
}

export function checkSelect(select: Fields, type: number, census: Census, place: 'message' | 'modal'): void {
  census.customId(select, true);
  text(select, 'placeholder', { max: MAX_PLACEHOLDER_CHARACTERS });
  const disabled = yesNo(select, 'disabled');
  if (place === 'modal' && disabled === true) select.spot.at('disabled').report(unquoted.disabledInModal);
  const amount = checkAmount(select, MAX_OPTIONS, 1);
  if (place === 'modal') checkMinimum(select);
  if (type === componentType.stringSelect) checkStrings(select, amount);
  else checkDefaults(select, preselectable.get(type) ?? [], amount);
  if (type === componentType.channelSelect) choicesOf(select, 'channel_types', CHANNEL_TYPES);
}

/** How many things are to be chosen: at least one, unless the component says otherwise. */
export function checkAmount(fields: Fields, most: number, usualMax: number): Amount {
  const min = integer(fields, 'min_values', { min: 0, max: most }) ?? 1;
  const max = integer(fields, 'max_values', { min: 1, max: most }) ?? usualMax;
  if (min > max) fields.spot.at('min_values').report(unquoted.minAboveMax);
  return { min, max };
}

/** Whoever must answer in a modal must choose something. */
export function checkMinimum(fields: Fields): void {
  const required = yesNo(fields, 'required') ?? true;
  if (required && given(fields, 'min_values') === 0)
    fields.spot.at('min_values').report(unquoted.requiredWithoutMinimum);
}

function checkStrings(select: Fields, { max }: Amount): void {
  const options = records(select, 'options', { required: true, min: 1, max: MAX_OPTIONS });
  for (const option of options) {
    checkOption(option);
    const emoji = record(option, 'emoji');
    if (emoji) checkEmoji(emoji);
  }
  checkOptionSet(select, options, max);
}

/** One choice of a list that the app wrote itself. */
export function checkOption(option: Fields): void {
  text(option, 'label', WORDS);
  text(option, 'value', WORDS);
  text(option, 'description', { max: 100 });
  yesNo(option, 'default');
}

/** Values differ, there are as many as may be chosen, and no more are chosen beforehand. */
export function checkOptionSet(holder: Fields, options: readonly Fields[], max: number): void {
  const taken = new Set<unknown>();
  for (const option of options) {
    const value = given(option, 'value');
    if (taken.has(value)) option.spot.report(componentFaults.duplicateOption);
    if (value !== null) taken.add(value);
  }
  const spot = holder.spot.at('options');
  if (options.length > 0 && options.length < max) spot.report(faults.minLength(max));
  if (options.filter((option) => given(option, 'default') === true).length > max)
    spot.report(componentFaults.tooManyDefaults);
}

function checkDefaults(select: Fields, kinds: readonly string[], { min, max }: Amount): void {
  const defaults = records(select, 'default_values', { max: MAX_OPTIONS });
  for (const value of defaults) {
    snowflake(value, 'id', { required: true });
    const kind = text(value, 'type', { required: true });
    if (kind !== null && !kinds.includes(kind)) value.spot.at('type').report(faults.choices(kinds));
  }
  const spot = select.spot.at('default_values');
  if (defaults.length > max) spot.report(componentFaults.tooManyDefaults);
  else if (defaults.length > 0 && defaults.length < min) spot.report(faults.minLength(min));
}
