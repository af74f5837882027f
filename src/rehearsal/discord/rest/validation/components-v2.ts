/**
 * Messages that consist of components only (flag IS_COMPONENTS_V2): texts, sections, pictures, files, and containers around them
 * ("Component Reference").
 */
import { checkButton } from './buttons.ts';
import type { Census } from './census.ts';
import { componentType } from './component-types.ts';
import { checkRow } from './components-v1.ts';
import { componentFaults, faults, unquoted } from './faults.ts';
import { type Fields, given, integer, list, oneOf, record, records, text, yesNo } from './fields.ts';
import { link, MAX_URL_CHARACTERS, WEB_OR_FILE } from './links.ts';
import { checkTextDisplay, MAX_TEXT_CHARACTERS } from './text-display.ts';
import type { Kind } from './unions.ts';

/** Nested ones count. */
const MAX_COMPONENTS = 40;
const MAX_COLOUR = 0xff_ff_ff;
const MAX_PICTURES = 10;
const SPACINGS = [1, 2] as const;

const { actionRow, button, section, textDisplay, thumbnail, mediaGallery, file, separator, container } = componentType;
const inContainer: readonly number[] = [actionRow, section, textDisplay, mediaGallery, file, separator];
const onTop: readonly number[] = [...inContainer, container];

interface Walk {
  readonly census: Census;
  /** Names of the files that components may show; null when they are not known. */
  readonly files: ReadonlySet<string> | null;
}

export function checkLayout(message: Fields, walk: Walk): void {
  for (const item of list(message, 'components', { max: MAX_COMPONENTS })) {
    const kind = walk.census.component(item, onTop);
    if (kind) checkComponent(kind, walk);
  }
  const spot = message.spot.at('components');
  if (walk.census.components > MAX_COMPONENTS) spot.report(unquoted.tooManyComponents(MAX_COMPONENTS));
  if (walk.census.characters > MAX_TEXT_CHARACTERS) spot.report(componentFaults.textTooLong(MAX_TEXT_CHARACTERS));
}

const checks: ReadonlyMap<number, (component: Fields, walk: Walk) => void> = new Map([
  [actionRow, (row, { census }) => checkRow(row, census)],
  [section, checkSection],
  [textDisplay, (display, { census }) => checkTextDisplay(display, census)],
  [thumbnail, checkPicture],
  [mediaGallery, checkGallery],
  [file, checkFile],
  [separator, checkSeparator],
  [container, checkContainer],
  [button, (one, { census }) => checkButton(one, census)],
]);

function checkComponent({ fields, type }: Kind, walk: Walk): void {
  checks.get(type)?.(fields, walk);
}

function checkContainer(fields: Fields, walk: Walk): void {
  integer(fields, 'accent_color', { min: 0, max: MAX_COLOUR });
  yesNo(fields, 'spoiler');
  for (const item of list(fields, 'components', { required: true, min: 1, max: MAX_COMPONENTS })) {
    const kind = walk.census.component(item, inContainer);
    if (kind) checkComponent(kind, walk);
  }
}

function checkSection(fields: Fields, walk: Walk): void {
  for (const item of list(fields, 'components', { required: true, min: 1, max: 3 })) {
    const kind = walk.census.component(item, [textDisplay]);
    if (kind) checkComponent(kind, walk);
  }
  const value = given(fields, 'accessory');
  const spot = fields.spot.at('accessory');
  if (value === null) spot.report(faults.required);
  const accessory = value === null ? null : walk.census.component({ spot, value }, [button, thumbnail]);
  if (accessory) checkComponent(accessory, walk);
}

function checkGallery(fields: Fields, walk: Walk): void {
  for (const item of records(fields, 'items', { required: true, min: 1, max: MAX_PICTURES })) checkPicture(item, walk);
}

function checkPicture(fields: Fields, walk: Walk): void {
  text(fields, 'description', { min: 1, max: 1024 });
  yesNo(fields, 'spoiler');
  checkMedia(fields, 'media', walk);
}

function checkFile(fields: Fields, walk: Walk): void {
  yesNo(fields, 'spoiler');
  const url = checkMedia(fields, 'file', walk);
  if (url !== null && !url.startsWith('attachment:')) fields.spot.at('file', 'url').report(unquoted.attachmentOnly);
}

function checkSeparator(fields: Fields): void {
  yesNo(fields, 'divider');
  oneOf(fields, 'spacing', SPACINGS);
}

function checkMedia(fields: Fields, key: string, { files }: Walk): string | null {
  const media = record(fields, key, { required: true });
  const url = media && link(media, 'url', { required: true, schemes: WEB_OR_FILE, max: MAX_URL_CHARACTERS });
  if (!media || url === null) return null;
  const name = /^attachment:\/\/(.*)$/.exec(url)?.[1];
  if (name !== undefined && files !== null && !files.has(name)) {
    media.spot.at('url').report(componentFaults.noSuchAttachment(url));
  }
  return url;
}
