/**
 * The body of a message: in a channel, as a follow-up to an interaction, or as the change of one.
 */
import type { ApiError } from './api-error.ts';
import { fieldsOf } from './fields.ts';
import { type FormError, formErrors } from './form-error.ts';
import { checkMessageForm } from './message-form.ts';
import { messageRefusal } from './message-refusal.ts';
import type { MessageContext, MessageTerms } from './message-terms.ts';
import { examine, type Spot } from './spot.ts';

/** @param body undefined when only files came. */
export function validateMessage(body: unknown, context: MessageContext): FormError | ApiError | null {
  const { edit, webhook, files, had = null } = context;
  return judgeMessage(body, { edit, surface: webhook ? 'webhook' : 'channel', files, had }, (root) => root);
}

/** @param place where the message is in the whole body, for the paths of the errors. */
export function judgeMessage(
  body: unknown,
  terms: MessageTerms,
  place: (root: Spot) => Spot,
): FormError | ApiError | null {
  const { result, problems } = examine((root) => {
    const message = fieldsOf({ spot: place(root), value: body ?? {} });
    return message && { message, form: checkMessageForm(message, terms) };
  });
  return formErrors(problems) ?? (result && messageRefusal(result.message, terms, result.form));
}
