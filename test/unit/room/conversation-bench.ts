import type { TurnEnd } from '../../../src/live/live-session.ts';
import type { LiveSession } from '../../../src/live/session.ts';
import { createPlayback } from '../../../src/playback/playback.ts';
import { type ConversationOptions, createConversation } from '../../../src/room/conversation.ts';
import type { RoomEvent } from '../../../src/room/protocol.ts';
import type { TurnDetection } from '../../../src/types/live-tuning.ts';
import type { InterruptMode } from '../../../src/types/settings.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';

type LiveEvents = Parameters<ConversationOptions['createLive']>[0];

/** A turn ends by itself, unless told how. */
interface Service extends Omit<LiveEvents, 'turnComplete'> {
  turnComplete(generation: number, how?: TurnEnd): void;
}

const silentLog = { debug() {}, info() {}, warn() {}, error() {} };
/** Samples of an answer. */
export const SECOND = 24_000;
const VOICED = 1;

/** A room with real turn-taking and real playback; the test plays the members and the service. */
export function setUp({
  interrupt = 'careful',
  detection = 'manual',
}: {
  interrupt?: InterruptMode;
  detection?: TurnDetection;
} = {}) {
  const clock = createFakeClock();
  const wire: string[] = [];
  const events: RoomEvent[] = [];
  const counts = new Map<string, number>();
  const count = (name: string, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by);
  let packets = 0;
  let ids = 0;
  let told: LiveEvents | undefined;
  let answerDue = false;
  /** Answers of which anything has come, and had come when something was asked last. */
  let seen = 0;
  let before = 0;
  const ask = (): void => {
    answerDue = true;
    before = seen;
  };
  const came = (generation: number): void => {
    seen = Math.max(seen, generation);
    if (generation > before) answerDue = false;
  };
  let state: LiveSession['state'] = { status: 'ready', since: 0, until: Number.POSITIVE_INFINITY };
  const live = {
    get state() {
      return state;
    },
    goesOn: false,
    get answerDue() {
      return answerDue;
    },
    open() {},
    startWindow({ speakers, notes }) {
      ask();
      wire.push(`start ${speakers.join(',')}${notes.map((n) => ` | ${n}`).join('')}`);
    },
    sendAudio: () => void (wire.at(-1) === 'audio' || wire.push('audio')),
    endWindow: () => void wire.push('end'),
    addSpeaker: (name) => void wire.push(`join ${name}`),
    sendText(text) {
      ask();
      wire.push(`text ${text}`);
    },
    sendTurn({ text, notes = [], images = [], context = [], recording = null }) {
      ask();
      const before = [...context.map((it) => `${it.role}: ${it.text}`), ...notes].map((it) => `${it} | `).join('');
      wire.push(
        `turn ${before}${text}${' +image'.repeat(images.length)}${recording ? ` +${recording.length} samples` : ''}`,
      );
    },
    showImage: () => void wire.push('image'),
    answerTools(responses) {
      for (const { id, response, quiet } of responses) {
        wire.push(`respond ${id} ${JSON.stringify(response)}${quiet ? ' quietly' : ''}`);
      }
    },
    applySettings() {},
    gate() {},
    spoke: () => void wire.push('spoke'),
    reset: () => void wire.push('reset'),
    async close() {},
  } satisfies LiveSession as LiveSession;
  const conversation = createConversation({
    roomId: 'r',
    clock,
    count,
    emit: (event) => events.push(event),
    detection,
    turnOptions: () => ({ pauseMs: 600, interrupt }),
    nameOf: (id) => id.toUpperCase(),
    newCallId: () => `call-${++ids}`,
    createLive(on) {
      told = on;
      return live;
    },
    createPlayback: (on) =>
      createPlayback({
        encoder: { encode: (pcm) => Uint8Array.of(pcm[0] === 0 ? 0 : VOICED), close() {} },
        sink: { canSend: () => true, sendPacket: (opus) => void (opus[0] === VOICED && packets++), setSpeaking() {} },
        clock,
        on,
        count,
        log: silentLog,
      }),
  });
  if (told === undefined) throw new Error('no Live session was made');
  const { audio, turnComplete, ...others } = told;
  /** What is answered, or passed over, is not due any more. */
  const service: Service = {
    ...others,
    audio(generation, pcm) {
      came(generation);
      audio(generation, pcm);
    },
    turnComplete(generation, how = 'whole') {
      came(generation);
      turnComplete(generation, how);
    },
  };
  let windowFrom = 0;
  const pass = (ms: number, speaker?: string): void => {
    for (let left = ms; left > 0; left -= 20) {
      clock.advance(20);
      const now = clock.now();
      conversation.playback.tick(now);
      conversation.tick(now);
      if (speaker === undefined) continue;
      conversation.packet(speaker, now, false);
      conversation.frame({ speakerId: speaker, startsAt: now, pcm: new Int16Array(320).fill(100), origin: 'heard' });
      if (now - windowFrom < 32) continue;
      windowFrom = now;
      conversation.voice({ speakerId: speaker, startsAt: now - 12, endsAt: now + 20, probability: 0.9 });
    }
  };
  const sound = (samples: number): Int16Array => new Int16Array(samples).fill(VOICED);
  const heard = (): number => {
    const since = packets;
    packets = 0;
    return since;
  };
  /** The connection to the service is lost, or there again. */
  const connected = (on: boolean): void => {
    state = on ? { status: 'ready', since: 0, until: Number.POSITIVE_INFINITY } : { status: 'idle' };
  };
  return { connected, clock, wire, events, counts, conversation, service, pass, sound, heard };
}
