/**
 * What the ledger gives out, as the frames that the model takes for it. Pure.
 */

import type { ModelProfile } from '../catalogue/models.ts';
import {
  activityEndMessage,
  activityStartMessage,
  audioMessage,
  audioStreamEndMessage,
  imageMessage,
  realtimeTextMessage,
  turnMessage,
} from './client-messages.ts';
import type { Outgoing, OutgoingTurn } from './outgoing.ts';
import type { FrameKind } from './transport.ts';

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
    case 'streamEnd':
      return [control(audioStreamEndMessage())];
    case 'audio':
      return [{ frame: audioMessage(outgoing.pcm), kind: 'audio' }];
    case 'note':
      return profile.textInWindow ? [control(realtimeTextMessage(outgoing.text))] : [];
    case 'image':
      return [control(imageMessage(outgoing.jpeg))];
    case 'turn':
      return [control(turnFrame(outgoing, profile))];
  }
}

/** Where a model takes no turns, one comes here in automatic detection alone: else the ledger has made a window of it. */
function turnFrame(turn: OutgoingTurn, { clientContentMidSession }: ModelProfile): string {
  return clientContentMidSession ? turnMessage(turn) : realtimeTextMessage(turn.text);
}
