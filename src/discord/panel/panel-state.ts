/**
 * What the first line of a panel says, out of what the room and Discord know. Pure.
 */
import type { RoomStatus } from '../../room/protocol.ts';

/** What a moderator, or a stage, does to the bot's own voice. */
export interface SelfState {
  readonly muted: boolean;
  readonly deafened: boolean;
  /** On a stage: nobody hears it until somebody lets it speak. */
  readonly inAudience: boolean;
}

export type PanelState = 'listening' | 'recovering' | 'deafened' | 'muted' | 'inAudience';

/** Of several troubles the one that matters most to whoever talks with the bot. */
export function panelState({ status }: RoomStatus, self: SelfState): PanelState {
  if (status === 'recovering') return 'recovering';
  if (self.deafened) return 'deafened';
  if (self.muted) return 'muted';
  return self.inAudience ? 'inAudience' : 'listening';
}
