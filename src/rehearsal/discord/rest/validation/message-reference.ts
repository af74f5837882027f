/**
 * What a new message replies to, or forwards ("Message Reference Structure").
 */
import { type Fields, oneOf, record, snowflake, yesNo } from './fields.ts';

export const referenceType = { reply: 0, forward: 1 } as const;

export function checkReference(message: Fields): void {
  const reference = record(message, 'message_reference');
  if (!reference) return;
  const type = oneOf(reference, 'type', Object.values(referenceType));
  snowflake(reference, 'message_id', { required: true });
  // A reply stays in its channel; a forward has to say where it comes from.
  snowflake(reference, 'channel_id', { required: type === referenceType.forward });
  snowflake(reference, 'guild_id');
  yesNo(reference, 'fail_if_not_exists');
}
