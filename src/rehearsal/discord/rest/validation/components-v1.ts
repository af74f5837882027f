/**
 * Action rows of buttons and menus, which is all that a message without the flag IS_COMPONENTS_V2 has; in one with the flag they are
 * components among others.
 */

import { checkButton } from './buttons.ts';
import type { Census } from './census.ts';
import { componentType, selectTypes } from './component-types.ts';
import { componentFaults } from './faults.ts';
import { type Fields, list } from './fields.ts';
import { checkSelect } from './selects.ts';

const MAX_ROWS = 5;
/** A row is five buttons wide, and a menu fills it. */
const ROW_WIDTH = 5;
const inRow: readonly number[] = [componentType.button, ...selectTypes];

export function checkRows(message: Fields, census: Census): void {
  for (const item of list(message, 'components', { max: MAX_ROWS })) {
    const row = census.component(item, [componentType.actionRow]);
    if (row) checkRow(row.fields, census);
  }
}

export function checkRow(row: Fields, census: Census): void {
  let width = 0;
  for (const item of list(row, 'components', { required: true, min: 1, max: ROW_WIDTH })) {
    const kind = census.component(item, inRow);
    if (!kind) continue;
    const { fields, type } = kind;
    width += type === componentType.button ? 1 : ROW_WIDTH;
    if (width > ROW_WIDTH) fields.spot.report(componentFaults.width);
    if (type === componentType.button) checkButton(fields, census);
    else checkSelect(fields, type, census, 'message');
  }
}
