/**
 * One open room as the control plane holds it.
 */
import type { ResumptionHandle } from '../types/live.ts';
import type { RoomSettings, RosterEntry } from '../types/settings.ts';
import type { ToolOutcome } from '../types/tools.ts';
import type { RoomImage, TypedTurn } from '../types/typed-turn.ts';
import type { EndReason, RoomStatus } from './protocol.ts';
import type { RoomVitals } from './room-vitals.ts';

/** One open room. Every method is safe after its end and does nothing then; what it is asked is answered with false. */
export interface Room {
  readonly id: string;
  /** `text`: of a text channel, without a link. */
  readonly kind: 'voice' | 'text';
  readonly guildId: string;
  /** Changes when a moderator moves the bot. */
  readonly channelId: string;
  readonly status: RoomStatus;
  /** Resolves when the room hears and can talk; rejects with a `ParleyError` when it ends before. */
  readonly ready: Promise<void>;
  readonly ended: Promise<EndReason>;
  readonly vitals: RoomVitals;
  /** What continues the conversation on another connection, also one of another process. */
  readonly handle: ResumptionHandle | null;
  roster(roster: readonly RosterEntry[]): void;
  /** A revision that is not newer than the last is ignored. */
  settings(settings: RoomSettings, revision: number): void;
  /**
   * Ends the answer that is being spoken, or that is still to come to what was asked. Resolves with whether there was one;
   * with false also when the room ends, or loses its thread, before it could say so.
   */
  stop(): Promise<boolean>;
  /** Forgets the conversation. Resolves with true when the room can talk again and knows nothing, false when it ends before. */
  reset(): Promise<boolean>;
  say(text: string): void;
  /**
   * Asks once nobody speaks and nothing is being answered. What comes of it are `typedAnswer` events, the last exactly once,
   * whatever becomes of the room.
   */
  typed(turn: TypedTurn): void;
  /** Not asked yet, it never is; its answer is stopped. Either way it has its last event. */
  dropTyped(turnId: string): void;
  /** To be seen with what is said, or asked, now or next. */
  image(image: RoomImage): void;
  /** What came of a call; dropped when the room has stopped waiting for it. */
  toolResult(callId: string, outcome: ToolOutcome): void;
  /**
   * Has the bot speak about something by itself once the floor is free. Resolves with true when the model was told; with false
   * when the floor was not free within a minute, or the room ends or loses its thread before.
   */
  speakUp(note: string): Promise<boolean>;
  /** Ends the room; `drainMs` lets the sentence being spoken finish. Resolves when the channel has been left. */
  close(reason: EndReason, drainMs?: number): Promise<void>;
}
