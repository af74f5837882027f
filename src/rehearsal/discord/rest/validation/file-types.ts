/**
 * The kinds of files that an option or a modal asks for: a group, or an extension with its dot ("File Type Filtering").
 */
import { unquoted } from './faults.ts';
import { type Fields, list, textOf } from './fields.ts';

const MAX_FILE_TYPES = 10;
const fileType = /^(image|video|audio|\.\w+)$/;

export function checkFileTypes(fields: Fields): void {
  for (const item of list(fields, 'file_types', { max: MAX_FILE_TYPES })) {
    const type = textOf(item, {});
    if (type !== null && !fileType.test(type)) item.spot.report(unquoted.fileType);
  }
}
