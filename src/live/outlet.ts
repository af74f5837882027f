/**
 * The outlet: what the ledger has to send goes out here, as the model takes it and as fast as it may.
 */
import type { ModelProfile } from '../catalogue/models.ts';
import type { Clock } from '../types/clock.ts';
import type { Ledger } from './ledger.ts';
import type { Line } from './line.ts';
import { createMediaPace } from './media-pace.ts';
import type { Outgoing } from './outgoing.ts';
import type { Replies } from './replies.ts';
import type { Transcript } from './transcript.ts';
import { framesOf } from './wire-frames.ts';

export interface OutletOptions {
  readonly profile: ModelProfile;
  readonly ledger: Ledger;
  readonly line: Line;
  readonly replies: Replies;
  readonly transcript: Transcript;
  readonly clock: Clock;
}

export interface Outlet {
  /** Sends what is due. @param held a call is open */
  flush(held: boolean): void;
  /** Whether it goes on when there is room on the line again. */
  readonly waitsForLine: boolean;
  /** When the next image may go out, ms on the clock; null: none waits, or something else is in its way. */
  readonly imageDue: number | null;
}

export function createOutlet({ profile, ledger, line, replies, transcript, clock }: OutletOptions): Outlet {
  const pace = createMediaPace(line, clock);

  const send = (outgoing: Outgoing): void => {
    for (const { frame, kind } of framesOf(outgoing, profile)) line.send(frame, kind);
    switch (outgoing.type) {
      case 'turn':
        transcript.typed(outgoing.typed);
        return replies.asked();
      case 'activityStart':
        if (outgoing.typed !== undefined) transcript.typed(outgoing.typed);
        return replies.spokenOver();
      case 'activityEnd':
        return replies.asked();
      case 'streamEnd':
        if (ledger.awaiting) replies.asked();
        return;
      case 'image':
        return pace.shown();
    }
  };

  return {
    flush(held) {
      for (;;) {
        const outgoing = ledger.take(pace.leave(held));
        for (const each of outgoing) send(each);
        // What waits for room on the line goes on at once while there is some.
        if (outgoing.length === 0 || ledger.waitsFor !== 'line') return;
      }
    },
    get waitsForLine() {
      return ledger.waitsFor === 'line';
    },
    get imageDue() {
      const { nextImageAt } = pace;
      return ledger.waitsFor === 'image' && nextImageAt > clock.now() ? nextImageAt : null;
    },
  };
}
