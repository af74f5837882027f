/**
 * A room as its thread has it, from the frames of a member to the packets of the answer, without Discord: real turn-taking, a real
 * Live session over real sockets, real playback and Opus. The test owns its time.
 */
import { randomUUID } from 'node:crypto';
import { createOpus } from '../../src/audio/opus-codec.ts';
import { createLiveSession, isConnected } from '../../src/live/session.ts';
import { createSocketTransport } from '../../src/live/socket-transport.ts';
import { createPlayback } from '../../src/playback/playback.ts';
import { BOT_VOICE } from '../../src/room/chain.ts';
import { createConversation } from '../../src/room/conversation.ts';
import type { RoomEvent } from '../../src/room/protocol.ts';
import { DEFAULT_SETTINGS } from '../../src/types/settings.ts';
import { QUESTION_FRAMES, questionFrame } from './numbered-question.ts';
import type { VirtualTime } from './virtual-time.ts';

const SPEAKER = 'ada';
const silentLog = { debug() {}, info() {}, warn() {}, error() {} };
/** A detector window of 32 ms falls due in so many frames. */
const FRAMES_A_VERDICT = 2;

export interface TalkingRoom {
  /** What was told of it, oldest first; the test takes what it has looked at. */
  readonly told: RoomEvent[];
  /** Voice packets that have left. */
  readonly packets: number;
  readonly connected: boolean;
  /** Whether the bot says something just now. */
  readonly playing: boolean;
  /** A member asks the question with this number, in real time. */
  ask(number: number): void;
  readonly asking: boolean;
  close(): Promise<void>;
}

export function openTalkingRoom(time: VirtualTime, endpoint: { baseUrl: string; model: string }): TalkingRoom {
  const { clock } = time;
  const told: RoomEvent[] = [];
  const opus = createOpus();
  let packets = 0;
  let question: { readonly number: number; left: number } | null = null;
  let frames = 0;
  const emit = (event: RoomEvent): void => void told.push(event);
  const common = { clock, count: () => {}, log: silentLog };
  const conversation = createConversation({
    roomId: 'room',
    ...common,
    emit,
    turnOptions: () => DEFAULT_SETTINGS,
    nameOf: () => 'Ada',
    newCallId: randomUUID,
    createLive: (on) =>
      createLiveSession({
        ...common,
        endpoint: { apiKey: 'a-key', ...endpoint },
        settings: DEFAULT_SETTINGS,
        selfName: 'Parley',
        handle: null,
        seed: [],
        connect: createSocketTransport,
        random: () => 0.5,
        on: {
          ...on,
          state(state) {
            if (!isConnected(state)) conversation.connectionLost();
          },
          usage: () => {},
          handle: () => {},
          problem: (problem) => emit({ type: 'problem', roomId: 'room', problem }),
          settingsApplied: () => {},
          settingsRefused: () => {},
          reach: () => {},
          connected: () => {},
          forgotten: () => {},
        },
      }),
    createPlayback: (on) =>
      createPlayback({
        ...common,
        on,
        encoder: opus.createEncoder(BOT_VOICE),
        sink: { canSend: () => true, sendPacket: () => void packets++, setSpeaking() {} },
      }),
  });

  const speak = (now: number): void => {
    if (question === null) return;
    conversation.packet(SPEAKER, now, false);
    conversation.frame({ speakerId: SPEAKER, startsAt: now, pcm: questionFrame(question.number), origin: 'heard' });
    if (++frames % FRAMES_A_VERDICT === 0)
      conversation.voice({ speakerId: SPEAKER, startsAt: now - 12, endsAt: now + 20, probability: 1 });
    if (--question.left === 0) question = null;
  };
  time.onFrame((now) => {
    conversation.playback.tick(now);
    conversation.tick(now);
    speak(now);
  });
  conversation.live.open();

  return {
    told,
    get packets() {
      return packets;
    },
    get connected() {
      return isConnected(conversation.live.state);
    },
    get playing() {
      return conversation.playback.state.status !== 'idle';
    },
    ask(number) {
      question = { number, left: QUESTION_FRAMES };
    },
    get asking() {
      return question !== null;
    },
    async close() {
      const gone = conversation.live.close();
      await time.until(() => false, 2_000);
      await gone;
      conversation.playback.close();
      opus.close();
    },
  };
}
