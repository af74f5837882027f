/**
 * A poll in a new message ("Poll Create Request Object").
 */
import { checkEmoji } from './emoji.ts';
import { type Fields, integer, oneOf, record, records, text, yesNo } from './fields.ts';

const MAX_ANSWERS = 10;
const MAX_HOURS = 32 * 24;
/** The only layout there is. */
const LAYOUTS = [1] as const;

export function checkPoll(message: Fields): void {
  const poll = record(message, 'poll');
  if (!poll) return;
  const question = record(poll, 'question', { required: true });
  if (question) text(question, 'text', { required: true, min: 1, max: 300 });
  for (const answer of records(poll, 'answers', { required: true, min: 1, max: MAX_ANSWERS })) checkAnswer(answer);
  integer(poll, 'duration', { min: 1, max: MAX_HOURS });
  yesNo(poll, 'allow_multiselect');
  oneOf(poll, 'layout_type', LAYOUTS);
}

function checkAnswer(answer: Fields): void {
  const media = record(answer, 'poll_media', { required: true });
  if (!media) return;
  text(media, 'text', { required: true, min: 1, max: 55 });
  const emoji = record(media, 'emoji');
  if (emoji) checkEmoji(emoji);
}
