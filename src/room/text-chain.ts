/**
 * The chain of a text channel's room: no link, no ears, no voice; a conversation in writing and its Live session.
 */
import { randomUUID } from 'node:crypto';
import { createLiveSession } from '../live/session.ts';
import { createSocketTransport } from '../live/socket-transport.ts';
import type { LiveTuning } from '../types/live-tuning.ts';
import { withFields } from '../types/log.ts';
import type { Chain, ChainCommand, ChainTools } from './chain.ts';
import { liveEvents } from './live-events.ts';
import type { EndReason, OpenTextRoom } from './protocol.ts';
import { type Legs, liveLeg, roomStatus } from './room-status.ts';
import { createTextConversation } from './text-conversation.ts';

export function createTextChain(opening: OpenTextRoom, tools: ChainTools, onEnded: () => void): Chain {
  const { roomId, guildId, channelId } = opening;
  const { clock, count, emit } = tools;
  const log = withFields(tools.log, { roomId, guildId });
  let legs: Legs = { link: 'up', live: 'connecting', opened: false, channelId, encrypted: false };
  let ending: Promise<void> | null = null;

  const update = (live: Legs['live']): void => {
    if (ending !== null) return;
    const before = roomStatus(legs);
    legs = { ...legs, live };
    const status = roomStatus(legs);
    if (status.status === 'ended') return void end(status.reason, 0);
    if (JSON.stringify(status) === JSON.stringify(before)) return;
    legs = { ...legs, opened: legs.opened || status.status === 'ready' };
    emit({ type: 'state', roomId, state: status });
  };

  const conversation = createTextConversation({
    ...{ roomId, clock, count, emit, newCallId: randomUUID },
    createLive: (on) =>
      createLiveSession({
        endpoint: opening.live,
        settings: opening.settings,
        revision: opening.revision,
        selfName: opening.selfName,
        place: 'text',
        modality: 'TEXT',
        handle: opening.handle,
        seed: opening.seed,
        tools: opening.tools,
        tuning: readable(tools.tuning.live),
        gate: opening.gate,
        connect: createSocketTransport,
        ...{ clock, random: tools.random, log, count },
        on: { ...on, ...liveEvents(roomId, emit), state: (state) => update(liveLeg(state)) },
      }),
  });

  const command = (it: ChainCommand): void => {
    const { live } = conversation;
    switch (it.type) {
      case 'close':
        return void end(it.reason, it.drainMs);
      case 'typed':
        return conversation.typed(it.turn);
      case 'dropTyped':
        return conversation.dropTyped(it.turnId);
      case 'image':
        return conversation.image(it.image.jpeg);
      case 'stop':
        return emit({ type: 'stopped', roomId, had: conversation.stop() });
      case 'gate':
        return live.gate(it.gate);
      case 'reset':
        return conversation.reset();
      case 'settings':
        return live.applySettings(it.settings, it.revision, it.tools);
      case 'toolResult':
        return conversation.toolResult(it.callId, it.outcome);
      case 'speakUp':
        // Nobody is there to be spoken to.
        return emit({ type: 'spokeUp', roomId, said: false });
      case 'say':
      case 'roster':
      case 'gatewayPayload':
      case 'gateway':
      case 'voicePayloadFailed':
        // Of voice rooms alone.
        return;
    }
  };

  const end = (reason: EndReason, drainMs: number): Promise<void> => {
    if (ending !== null) return ending;
    // Known before anything is taken down: what that makes of the connections is no news of the room.
    const { promise, resolve } = Promise.withResolvers<void>();
    ending = promise;
    void finish(drainMs)
      .catch((error: unknown) => log.error({ err: error }, 'a text room did not end cleanly'))
      .then(() => {
        emit({ type: 'state', roomId, state: { status: 'ended', reason } });
        onEnded();
      })
      .finally(resolve);
    return ending;
  };

  const finish = async (drainMs: number): Promise<void> => {
    await conversation.end(drainMs);
    await conversation.live.close();
  };

  conversation.live.open();
  return { command, end };
}

/** What the model says is read here: without its words there would be nothing. */
function readable(tuning: LiveTuning): LiveTuning {
  return { ...tuning, transcription: { ...tuning.transcription, output: true } };
}
