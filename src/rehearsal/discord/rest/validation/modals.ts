/**
 * A modal: the `data` of an interaction's answer that opens a form.
 */
import { type Census, createCensus } from './census.ts';
import { componentType } from './component-types.ts';
import { componentFaults, faults } from './faults.ts';
import { type Fields, fieldsOf, given, list, text } from './fields.ts';
import { type FormError, formErrors } from './form-error.ts';
import { checkInput, inLabel } from './modal-inputs.ts';
import { examine } from './spot.ts';
import { checkTextDisplay } from './text-display.ts';
import type { Kind } from './unions.ts';

const MAX_COMPONENTS = 5;
const MAX_LABEL_CHARACTERS = 45;
const MAX_DESCRIPTION_CHARACTERS = 100;
const { actionRow, label, textDisplay, textInput } = componentType;
const onTop: readonly number[] = [actionRow, textDisplay, label];

export function validateModal(body: unknown): FormError | null {
  const { problems } = examine((spot) => {
    const modal = fieldsOf({ spot, value: body });
    if (modal) checkModal(modal);
  });
  return formErrors(problems);
}

export function checkModal(modal: Fields): void {
  text(modal, 'custom_id', { required: true, min: 1, max: 100 });
  text(modal, 'title', { required: true, min: 1, max: 45 });
  const census = createCensus();
  for (const item of list(modal, 'components', { required: true, min: 1, max: MAX_COMPONENTS })) {
    const kind = census.component(item, onTop);
    if (kind) checkComponent(kind, census);
  }
}

function checkComponent({ fields, type }: Kind, census: Census): void {
  if (type === textDisplay) checkTextDisplay(fields, census);
  else if (type === label) checkLabel(fields, census);
  else checkRow(fields, census);
}

function checkLabel(fields: Fields, census: Census): void {
  text(fields, 'label', { required: true, min: 1, max: MAX_LABEL_CHARACTERS });
  text(fields, 'description', { min: 1, max: MAX_DESCRIPTION_CHARACTERS });
  const value = given(fields, 'component');
  const spot = fields.spot.at('component');
  if (value === null) spot.report(faults.required);
  const input = value === null ? null : census.component({ spot, value }, inLabel);
  if (input) checkInput(input, census);
}

/** How modals were before labels: one text input a row, with the label in the input. */
function checkRow(row: Fields, census: Census): void {
  const inputs = list(row, 'components', { required: true, min: 1, max: 5 });
  inputs.forEach((item, index) => {
    const input = census.component(item, [textInput]);
    if (!input) return;
    text(input.fields, 'label', { required: true, min: 1, max: MAX_LABEL_CHARACTERS });
    checkInput(input, census);
    if (index > 0) input.fields.spot.report(componentFaults.width);
  });
}
