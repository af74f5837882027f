/**
 * Buttons: the style decides what a button carries ("Button Styles").
 */
import type { Census } from './census.ts';
import { checkEmoji } from './emoji.ts';
import { componentFaults, faults, unquoted } from './faults.ts';
import { type Fields, given, oneOf, record, snowflake, text, yesNo } from './fields.ts';
import { link } from './links.ts';

/** Styles 1 to 4 differ in their colour only. */
const style = { link: 5, premium: 6 } as const;
const STYLES = [1, 2, 3, 4, style.link, style.premium] as const;
const MAX_LABEL_CHARACTERS = 80;
const LINK = { schemes: ['http', 'https', 'discord'], max: 512 } as const;

export function checkButton(button: Fields, census: Census): void {
  const shown = oneOf(button, 'style', STYLES, { required: true });
  text(button, 'label', { max: MAX_LABEL_CHARACTERS });
  const emoji = record(button, 'emoji');
  if (emoji) checkEmoji(emoji);
  yesNo(button, 'disabled');
  snowflake(button, 'sku_id', { required: shown === style.premium });
  link(button, 'url', { required: shown === style.link, ...LINK });
  census.customId(button, false);
  if (shown !== null) checkStyle(button, shown);
}

function checkStyle(button: Fields, shown: number): void {
  const refuse = (...keys: readonly string[]): void => {
    for (const key of keys) if (has(button, key)) button.spot.at(key).report(unquoted.buttonField(key));
  };
  if (shown === style.premium) {
    refuse('custom_id', 'label', 'url', 'emoji');
    return;
  }
  refuse('sku_id');
  if (!has(button, 'label') && !has(button, 'emoji')) button.spot.at('label').report(faults.required);
  if (has(button, 'custom_id') && has(button, 'url')) {
    for (const key of ['custom_id', 'url']) button.spot.at(key).report(componentFaults.customIdAndUrl);
  } else if (shown !== style.link) {
    refuse('url');
    if (!has(button, 'custom_id')) button.spot.at('custom_id').report(componentFaults.customIdRequired);
  } else {
    refuse('custom_id');
  }
}

/** An empty string is nothing. */
function has(button: Fields, key: string): boolean {
  const value = given(button, key);
  return value !== null && value !== '';
}
