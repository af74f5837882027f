/**
 * Suggestions for an option that is being typed: the `data` of an autocomplete interaction's answer.
 */
import { checkChoices } from './command-choices.ts';
import { fieldsOf } from './fields.ts';
import { type FormError, formErrors } from './form-error.ts';
import { examine } from './spot.ts';

/** @param optionType of the option in focus; it decides what the choices' values are. */
export function validateAutocomplete(body: unknown, optionType: number): FormError | null {
  const { problems } = examine((spot) => {
    const data = fieldsOf({ spot, value: body });
    if (data) checkChoices(data, optionType);
  });
  return formErrors(problems);
}
