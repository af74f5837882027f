/**
 * Rich embeds and their limits ("Embed Limits"). Texts are trimmed before they are measured.
 */
import { faults, messageFaults } from './faults.ts';
import { type Bounds, characters, checkLength, type Fields, given, integer, record, records, yesNo } from './fields.ts';
import { link, MAX_URL_CHARACTERS, WEB, WEB_OR_FILE } from './links.ts';

const MAX_EMBEDS = 10;
/** Of the texts of all embeds of a message. */
const MAX_CHARACTERS = 6000;
const MAX_FIELDS = 25;
const MAX_COLOUR = 0xff_ff_ff;

export function checkEmbeds(message: Fields): void {
  const sizes = records(message, 'embeds', { max: MAX_EMBEDS }).map(checkEmbed);
  const size = sizes.reduce((sum, each) => sum + each, 0);
  if (size > MAX_CHARACTERS) message.spot.at('embeds').report(messageFaults.embedsTooLong(MAX_CHARACTERS));
}

/** @returns how many characters count towards the limit of all. */
function checkEmbed(embed: Fields): number {
  checkSomethingToShow(embed);
  link(embed, 'url', { schemes: WEB, max: MAX_URL_CHARACTERS });
  integer(embed, 'color', { min: 0, max: MAX_COLOUR });
  checkTimestamp(embed);
  const author = record(embed, 'author');
  const footer = record(embed, 'footer');
  if (author) link(author, 'url', { schemes: WEB, max: MAX_URL_CHARACTERS });
  for (const part of [author, footer])
    if (part) link(part, 'icon_url', { schemes: WEB_OR_FILE, max: MAX_URL_CHARACTERS });
  for (const key of ['image', 'thumbnail']) {
    const image = record(embed, key);
    if (image) link(image, 'url', { schemes: WEB_OR_FILE, max: MAX_URL_CHARACTERS });
  }
  return (
    trimmed(embed, 'title', { max: 256 }) +
    trimmed(embed, 'description', { max: 4096 }) +
    (author ? trimmed(author, 'name', { max: 256 }) : 0) +
    (footer ? trimmed(footer, 'text', { max: 2048 }) : 0) +
    checkFields(embed)
  );
}

function checkFields(embed: Fields): number {
  const sizes = records(embed, 'fields', { max: MAX_FIELDS }).map((field) => {
    yesNo(field, 'inline');
    return (
      trimmed(field, 'name', { required: true, max: 256 }) + trimmed(field, 'value', { required: true, max: 1024 })
    );
  });
  return sizes.reduce((sum, each) => sum + each, 0);
}

/** What an embed can consist of; Discord asks for the description when it has nothing of all this. */
const visible = ['title', 'description', 'author', 'footer', 'fields', 'image', 'thumbnail'] as const;

function checkSomethingToShow(embed: Fields): void {
  const shows = visible.some((key) => {
    const value = given(embed, key);
    if (typeof value === 'string') return value.trim() !== '';
    return Array.isArray(value) ? value.length > 0 : value !== null;
  });
  if (!shows) embed.spot.at('description').report(faults.required);
}

/** @returns the characters of a text without the space around it; a required one of spaces only is missing. */
function trimmed(fields: Fields, key: string, rule: Bounds): number {
  const value = given(fields, key);
  const spot = fields.spot.at(key);
  if (value !== null && typeof value !== 'string') {
    spot.report(faults.notText(value));
    return 0;
  }
  const size = characters((value ?? '').trim());
  if (rule.required && size === 0) spot.report(faults.required);
  checkLength(spot, size, rule);
  return size;
}

/** ISO 8601 with a day, and usually a time. */
const isoDate = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

function checkTimestamp(embed: Fields): void {
  const value = given(embed, 'timestamp');
  if (value === null) return;
  const text = String(value);
  if (!isoDate.test(text) || Number.isNaN(Date.parse(text))) embed.spot.at('timestamp').report(faults.notDate(text));
}
