/**
 * The chain of one room: link → hearing → turn → live → playback → link, wired once and taken apart once.
 *
 * The only place where the stages meet. None of them knows another; what goes from one to the next goes through here or
 * through the conversation.
 */
import { randomUUID } from 'node:crypto';
import type { CodecPool } from '../audio/codec-pool.ts';
import type { FrameClock } from '../audio/frame-clock.ts';
import type { Opus } from '../audio/opus-codec.ts';
import { LIVE_OUTPUT_RATE } from '../audio/rates.ts';
import { goodbyeCue, readyCue } from '../audio/tone.ts';
import { createHearing } from '../hearing/hearing.ts';
import type { SpeechDetector } from '../hearing/speech-detector.ts';
import { createLiveSession, isConnected } from '../live/session.ts';
import { createSocketTransport } from '../live/socket-transport.ts';
import { createPlayback } from '../playback/playback.ts';
import type { Clock, Random } from '../types/clock.ts';
import { type Count, type Log, withFields } from '../types/log.ts';
import type { RoomTuning } from '../types/settings.ts';
import { createLink } from '../voice/link.ts';
import { createConversation } from './conversation.ts';
import { liveEvents } from './live-events.ts';
import type { EndReason, OpenRoom, RoomCommand, RoomEvent } from './protocol.ts';
import { type Legs, linkLeg, liveLeg, roomStatus } from './room-status.ts';
import { createRoster } from './roster.ts';
import { turnOptionsOf } from './turn-taking.ts';

/** What the rooms of a thread share. */
export interface ChainTools {
  readonly opus: Opus;
  readonly decoders: CodecPool;
  readonly detector: SpeechDetector;
  readonly frames: FrameClock;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly count: Count;
  readonly tuning: RoomTuning;
  emit(event: RoomEvent): void;
}

/** To a room that is open. */
export type ChainCommand = Exclude<RoomCommand, { type: 'open' | 'openText' | 'errand' }>;

export interface Chain {
  command(command: ChainCommand): void;
  /** Ends the room: the answer being spoken gets up to `drainMs`. Resolves when the channel is left and all is released. */
  end(reason: EndReason, drainMs: number): Promise<void>;
}

/**
 * How the bot's own voice is encoded: true to its sound. libopus' mode for speech filters and colours it, which pays at low bit rates only
 * (at 64 kb/s speech keeps 21 to 29 dB over the noise with this, 8 to 14 with that), and costs 450 us a frame where this costs 190:
 * with eight rooms in a thread half of the event loop's lag (`npm run bench -- --only thread-lag`: p99 8.8 ms, 4.5 with this).
 */
export const BOT_VOICE = { rate: LIVE_OUTPUT_RATE, channels: 1, application: 'audio' } as const;
/** How often the room tells how it is. The ping is taken at the voice gateway's heartbeats, which come about as often. */
const VITALS_MS = 10_000;
/** How long the tone that says goodbye may take to leave. */
const GOODBYE_MS = 700;

export function createChain(opening: OpenRoom, tools: ChainTools, onEnded: () => void): Chain {
  const { roomId, guildId } = opening;
  const { clock, count, emit, frames } = tools;
  const log = withFields(tools.log, { roomId, guildId });
  const roster = createRoster(opening.roster, opening.selfId);
  let settings = opening.settings;
  let legs: Legs = {
    link: 'connecting',
    live: 'connecting',
    opened: false,
    channelId: opening.channelId,
    encrypted: false,
  };
  let ending: Promise<void> | null = null;

  const update = (change: Partial<Legs>): void => {
    if (ending !== null) return;
    const before = roomStatus(legs);
    legs = { ...legs, ...change };
    const status = roomStatus(legs);
    if (status.status === 'ended') return void end(status.reason, 0);
    if (JSON.stringify(status) === JSON.stringify(before)) return;
    if (status.status === 'ready' && !legs.opened) conversation.playback.cue(readyCue());
    legs = { ...legs, opened: legs.opened || status.status === 'ready' };
    emit({ type: 'state', roomId, state: status });
  };

  const hearing = createHearing({
    decoders: tools.decoders,
    detector: tools.detector,
    clock,
    count,
    log,
    on: {
      packet: (speakerId, at, silence) => conversation.packet(speakerId, at, silence),
      frame: (frame) => conversation.frame(frame),
      voice: (window) => conversation.voice(window),
    },
  });

  const link = createLink({
    guildId,
    channelId: opening.channelId,
    channelKind: opening.channelKind,
    selfId: opening.selfId,
    clock,
    random: tools.random,
    log,
    count,
    adapter: {
      // Answered at once: whether the gateway really took it comes back as `voicePayloadFailed`.
      sendPayload(payload) {
        emit({ type: 'voicePayload', roomId, payload });
        return true;
      },
    },
    on: {
      packet: (speakerId, packet) => hearing.packet(speakerId, packet),
      state: (state) => update({ link: linkLeg(state) }),
      moved(channelId) {
        emit({ type: 'moved', roomId, channelId });
        update({ channelId });
      },
      muted: (state) => log.info({ ...state }, 'the bot was muted, deafened or seated'),
      encryption: (encrypted) => update({ encrypted }),
    },
  });

  const conversation = createConversation({
    roomId,
    clock,
    count,
    emit,
    detection: tools.tuning.turnDetection,
    turnOptions: () => turnOptionsOf(settings, tools.tuning.live),
    nameOf: roster.nameOf,
    newCallId: randomUUID,
    createLive: (on) =>
      createLiveSession({
        endpoint: opening.live,
        settings,
        revision: opening.revision,
        selfName: opening.selfName,
        handle: opening.handle,
        seed: opening.seed,
        tools: opening.tools,
        tuning: tools.tuning.live,
        detection: tools.tuning.turnDetection,
        gate: opening.gate,
        connect: createSocketTransport,
        clock,
        random: tools.random,
        log,
        count,
        on: {
          ...on,
          state(state) {
            if (!isConnected(state)) conversation.connectionLost();
            update({ live: liveLeg(state) });
          },
          ...liveEvents(roomId, emit),
        },
      }),
    createPlayback: (on) =>
      createPlayback({
        encoder: tools.opus.createEncoder(BOT_VOICE),
        sink: link,
        clock,
        on,
        count,
        log,
      }),
  });

  const setAudible = (): void => link.setAudible(roster.audible());
  const stopPlayout = frames.onPlayout((now) => conversation.playback.tick(now));
  const stopFrames = frames.onFrame((now) => {
    hearing.tick(now);
    conversation.tick(now);
  });

  let vitals = clock.after(VITALS_MS, tellVitals);
  function tellVitals(): void {
    emit({ type: 'vitals', roomId, voicePingMs: link.pingMs() });
    vitals = clock.after(VITALS_MS, tellVitals);
  }

  const command = (it: ChainCommand): void => {
    switch (it.type) {
      case 'close':
        return void end(it.reason, it.drainMs);
      case 'say':
        return conversation.say(it.text);
      case 'typed':
        return conversation.typed(it.turn);
      case 'dropTyped':
        return conversation.dropTyped(it.turnId);
      case 'image':
        return conversation.image(it.image.jpeg);
      case 'speakUp':
        return conversation.speakUp(it.note);
      case 'stop':
        return emit({ type: 'stopped', roomId, had: conversation.stop() });
      case 'gate':
        return conversation.live.gate(it.gate);
      case 'reset':
        return conversation.reset();
      case 'settings':
        settings = it.settings;
        return conversation.live.applySettings(it.settings, it.revision, it.tools);
      case 'toolResult':
        return conversation.toolResult(it.callId, it.outcome);
      case 'roster':
        for (const speakerId of roster.replace(it.roster)) {
          conversation.speakerLeft(speakerId);
          hearing.forget(speakerId);
        }
        return setAudible();
      case 'gatewayPayload':
        return link.gatewayPayload(it.payload);
      case 'gateway':
        return link.gatewayUp(it.up);
      case 'voicePayloadFailed':
        return link.payloadFailed();
    }
  };

  const end = (reason: EndReason, drainMs: number): Promise<void> => {
    if (ending !== null) return ending;
    // Known before anything is taken down: what that makes of the connections is no news of the room.
    const { promise, resolve } = Promise.withResolvers<void>();
    ending = promise;
    void finish(reason, drainMs)
      .catch((error: unknown) => {
        log.error({ err: error }, 'a room did not end cleanly');
        emit({ type: 'state', roomId, state: { status: 'ended', reason } });
        onEnded();
      })
      .finally(resolve);
    return ending;
  };

  const finish = async (reason: EndReason, drainMs: number): Promise<void> => {
    vitals.cancel();
    const speaking = conversation.release();
    link.setAudible(new Set());
    stopFrames();
    hearing.close();
    if (reason.kind === 'failed' && legs.link === 'up') {
      conversation.playback.flush();
      conversation.playback.cue(goodbyeCue());
      await played(GOODBYE_MS);
    } else if (speaking && drainMs > 0) {
      await played(drainMs);
    }
    conversation.end();
    conversation.playback.flush();
    stopPlayout();
    await Promise.all([conversation.live.close(), link.close()]);
    conversation.playback.close();
    emit({ type: 'state', roomId, state: { status: 'ended', reason } });
    onEnded();
  };

  /** Resolves when nothing is left to play, or after `limitMs`. */
  const played = (limitMs: number): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        stop();
        limit.cancel();
        resolve();
      };
      const limit = clock.after(limitMs, done);
      const stop = frames.onPlayout(() => {
        if (conversation.playback.state.status === 'idle') done();
      });
    });

  setAudible();
  conversation.live.open();
  return { command, end };
}
