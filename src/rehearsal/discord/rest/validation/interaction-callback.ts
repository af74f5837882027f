/**
 * The first answer to an interaction: what kind of answer it may be, and its data.
 */
import type { ApiError } from './api-error.ts';
import { checkChoices } from './command-choices.ts';
import { faults } from './faults.ts';
import { type Fields, fieldsOf, given, integer, integerOf, record } from './fields.ts';
import { type FormError, formErrors } from './form-error.ts';
import type { MessageContext } from './message-terms.ts';
import { judgeMessage } from './messages.ts';
import { checkModal } from './modals.ts';
import { examine } from './spot.ts';

export type InteractionKind = 'command' | 'component' | 'modal' | 'autocomplete';

/** `had` is the message whose component was used; of a modal's submission, the one that the modal was opened from. */
export type CallbackContext = Pick<MessageContext, 'files' | 'had'>;

/** Discord's names are in the words of its errors. */
const callbackNames = {
  4: 'CHANNEL_MESSAGE_WITH_SOURCE',
  5: 'DEFERRED_CHANNEL_MESSAGE_WITH_SOURCE',
  6: 'DEFERRED_UPDATE_MESSAGE',
  7: 'UPDATE_MESSAGE',
  8: 'APPLICATION_COMMAND_AUTOCOMPLETE_RESULT',
  9: 'MODAL',
} as const;

type CallbackType = keyof typeof callbackNames;
const message: CallbackType = 4;
const deferredMessage: CallbackType = 5;
const deferredUpdate: CallbackType = 6;
const update: CallbackType = 7;
const choices: CallbackType = 8;
const modal: CallbackType = 9;

/** Which answers a kind of interaction takes. */
function answersTo(kind: InteractionKind, { had }: CallbackContext): readonly CallbackType[] {
  if (kind === 'autocomplete') return [choices];
  if (kind === 'command') return [message, deferredMessage, modal];
  if (kind === 'component') return [message, deferredMessage, deferredUpdate, update, modal];
  // A modal that a slash command opened has no message that could be changed.
  return had ? [message, deferredMessage, deferredUpdate, update] : [message, deferredMessage];
}

export function validateCallback(
  body: unknown,
  kind: InteractionKind,
  context: CallbackContext,
): FormError | ApiError | null {
  const { result, problems } = examine((spot) => {
    const callback = fieldsOf({ spot, value: body });
    const type = callback && typeOf(callback, answersTo(kind, context));
    if (!callback || type === null) return null;
    checkData(callback, type);
    return { type, data: given(callback, 'data') };
  });
  return formErrors(problems) ?? (result && messageError(result.data, result.type, context));
}

function typeOf(callback: Fields, taken: readonly CallbackType[]): number | null {
  const value = given(callback, 'type');
  const spot = callback.spot.at('type');
  if (value === null) {
    spot.report(faults.required);
    return null;
  }
  const type = integerOf({ spot, value }, {});
  if (type === null || (taken as readonly number[]).includes(type)) return type;
  const names = taken.map((each) => `<InteractionCallbackTypes.${callbackNames[each]}: ${each}>`);
  spot.report({ code: 'BASE_TYPE_CHOICES', message: `Value must be one of {${names.join(', ')}}.` });
  return null;
}

function checkData(callback: Fields, type: number): void {
  const data = record(callback, 'data', { required: type === choices || type === modal });
  if (!data) return;
  if (type === choices) checkChoices(data, null);
  else if (type === modal) checkModal(data);
  // Of all flags Discord keeps EPHEMERAL here, and drops the others without a word.
  else if (type === deferredMessage) integer(data, 'flags', { min: 0 });
}

function messageError(data: unknown, type: number, { files, had }: CallbackContext): FormError | ApiError | null {
  if (type !== message && type !== update) return null;
  const edit = type === update;
  const terms = { edit, surface: 'callback', files, had: (edit && had) || null } as const;
  return judgeMessage(data, terms, (root) => root.at('data'));
}
