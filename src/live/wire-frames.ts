/**
 * What the ledger gives out, as the frames that the model takes for it. Pure.
 */
import {
  activityEndMessage,
  activityStartMessage,
  audioMessage,
  realtimeTextMessage,
  textTurnMessage,
} from './client-messages.ts';
import type { ModelProfile } from './models.ts';
import type { FrameKind } from './transport.ts';
import type { Outgoing } from './window-ledger.ts';

export interface WireFrame {
  readonly frame: string;
  readonly kind: FrameKind;
}

const control = (frame: string): WireFrame => ({ frame, kind: 'control' });

/** None where the model has no way to take it. */
export function framesOf(outgoing: Outgoing, profile: ModelProfile): readonly WireFrame[] {
  switch (outgoing.type) {
    case 'activityStart':
      return [control(activityStartMessage())];
    case 'activityEnd':
      return [control(activityEndMessage())];
    case 'audio':
      return [{ frame: audioMessage(outgoing.pcm), kind: 'audio' }];
    case 'note':
      return profile.textInWindow ? [control(realtimeTextMessage(outgoing.text))] : [];
    case 'turn':
      if (profile.clientContentMidSession) return [control(textTurnMessage(outgoing.text))];
      // Whether text alone starts an answer while detection is manual is not known; a window around it does.
      return [activityStartMessage(), realtimeTextMessage(outgoing.text), activityEndMessage()].map(control);
  }
}
