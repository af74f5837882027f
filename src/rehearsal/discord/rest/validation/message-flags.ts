/**
 * The flags of a message that an app sets itself, and which of them may be set where ("Message Flags").
 */
import { unquoted } from './faults.ts';
import { type Fields, integer } from './fields.ts';
import type { MessageTerms, Surface } from './message-terms.ts';

export const messageFlag = {
  suppressEmbeds: 1 << 2,
  ephemeral: 1 << 6,
  /** Set by Discord while a deferred answer waits for its first edit. */
  loading: 1 << 7,
  suppressNotifications: 1 << 12,
  voiceMessage: 1 << 13,
  componentsV2: 1 << 15,
} as const;

const { suppressEmbeds, ephemeral, suppressNotifications, voiceMessage, componentsV2 } = messageFlag;
const anywhere = suppressEmbeds | suppressNotifications | componentsV2;
const settable: Readonly<Record<Surface, number>> = {
  channel: anywhere | voiceMessage,
  webhook: anywhere | ephemeral,
  callback: anywhere | voiceMessage | ephemeral,
};

/** Bits are 32 wide here; Discord has named fifteen of them. */
const MAX_FLAGS = 2 ** 31 - 1;

/**
 * The flags that the message is judged by. An edit without flags keeps those that are there; one with flags names them all, and
 * Discord passes over those that an edit cannot change, except that a message of Components V2 stays one.
 */
export function checkFlags(message: Fields, { edit, surface, had }: MessageTerms): number {
  const asked = integer(message, 'flags', { min: 0, max: MAX_FLAGS });
  if (asked === null) return edit ? (had?.flags ?? 0) : 0;
  const spot = message.spot.at('flags');
  if (!edit && (asked & ~settable[surface]) !== 0) spot.report(unquoted.flagNotSettable(asked & ~settable[surface]));
  const wasV2 = edit && ((had?.flags ?? 0) & componentsV2) !== 0;
  if (wasV2 && (asked & componentsV2) === 0) spot.report(unquoted.flagNotRemovable);
  return asked;
}
