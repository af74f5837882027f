/**
 * Why a question in writing gets no answer, in plain words. Most of what the catalogue says is about voice channels; what is said here of
 * the rest does not tell people to use `/join`.
 */
import type { ErrorCode, Problem } from '../errors.ts';
import type { Locale } from '../i18n/locales.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { describeProblem, translator } from '../i18n/translate.ts';

const OWN_WORDS: Readonly<Partial<Record<ErrorCode, Extract<MessageKey, 'chat.lost' | 'chat.busy'>>>> = {
  ROOM_LIMIT: 'chat.busy',
  ROOM_NONE: 'chat.lost',
  ROOM_THREAD_LOST: 'chat.lost',
  ROOM_THREAD_REPEATEDLY_LOST: 'chat.lost',
  LIVE_LOST: 'chat.lost',
};

export function chatProblem(locale: Locale, problem: Problem): string {
  const key = OWN_WORDS[problem.code];
  return key === undefined ? describeProblem(locale, problem) : translator(locale)(key);
}
