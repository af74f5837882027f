/**
 * Who a message may ping ("Allowed Mentions Object"): kinds of mentions, or ids, but not both of one kind.
 */
import { faults, messageFaults } from './faults.ts';
import { distinct, type Fields, list, record, snowflakeOf, textOf, yesNo } from './fields.ts';

const KINDS = ['users', 'roles', 'everyone'] as const;
const LISTED = ['users', 'roles'] as const;
const MAX_IDS = 100;

export function checkAllowedMentions(message: Fields): void {
  const mentions = record(message, 'allowed_mentions');
  if (!mentions) return;
  const parsed = distinct(list(mentions, 'parse'), (item) => {
    const kind = textOf(item, {});
    if (kind !== null && !(KINDS as readonly string[]).includes(kind)) item.spot.report(faults.choices(KINDS));
    return kind;
  });
  for (const kind of LISTED) {
    const ids = distinct(list(mentions, kind, { max: MAX_IDS }), snowflakeOf);
    if (ids.length > 0 && parsed.includes(kind)) mentions.spot.report(messageFaults.mentionsTwice(kind));
  }
  yesNo(mentions, 'replied_user');
}
