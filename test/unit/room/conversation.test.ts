import { expect, test } from 'vitest';
import type { LiveSession } from '../../../src/live/session.ts';
import { createPlayback } from '../../../src/playback/playback.ts';
import { type ConversationOptions, createConversation } from '../../../src/room/conversation.ts';
import type { RoomEvent } from '../../../src/room/protocol.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';

type LiveEvents = Parameters<ConversationOptions['createLive']>[0];

const silentLog = { debug() {}, info() {}, warn() {}, error() {} };
const SECOND = 24_000;
const VOICED = 1;

/** A room with real turn-taking and real playback; the test plays the members and the service. */
function setUp({ interrupt = 'careful' as const } = {}) {
  const clock = createFakeClock();
  const wire: string[] = [];
  const events: RoomEvent[] = [];
  const counts = new Map<string, number>();
  const count = (name: string, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by);
  let packets = 0;
  let service: LiveEvents | undefined;
  const live = {
    state: { status: 'idle' },
    open() {},
    startWindow: ({ speakers, notes }) =>
      void wire.push(`start ${speakers.join(',')}${notes.map((n) => ` | ${n}`).join('')}`),
    sendAudio: () => void (wire.at(-1) === 'audio' || wire.push('audio')),
    endWindow: () => void wire.push('end'),
    addSpeaker: (name) => void wire.push(`join ${name}`),
    sendText: (text) => void wire.push(`text ${text}`),
    answerTools() {},
    applySettings() {},
    async close() {},
  } satisfies LiveSession as LiveSession;
  const conversation = createConversation({
    roomId: 'r',
    clock,
    count,
    emit: (event) => events.push(event),
    turnOptions: () => ({ pauseMs: 600, interrupt }),
    nameOf: (id) => id.toUpperCase(),
    createLive(on) {
      service = on;
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
  if (service === undefined) throw new Error('no Live session was made');
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
  return { clock, wire, events, counts, conversation, service, pass, sound, heard };
}

test('a question goes out as one window and its answer is heard', () => {
  const { pass, wire, service, sound, heard, events } = setUp();
  pass(500, 'ada');
  pass(1000);
  expect(wire).toEqual(['start ADA', 'audio', 'end']);
  service.inputTranscript('What time is it?');
  service.outputTranscript(1, 'Noon.');
  service.audio(1, sound(SECOND / 2));
  service.generationComplete(1);
  pass(1000);
  service.turnComplete(1);
  expect(heard()).toBe(25);
  const said = events.filter((e) => e.type === 'transcript');
  expect(said).toMatchObject([
    { role: 'user', text: 'What time is it?', speakerIds: ['ada'] },
    { role: 'model', text: 'Noon.', interrupted: false },
  ]);
  expect(events.filter((e) => e.type === 'turn')).toHaveLength(1);
});

test('a barge-in silences the bot before anything is sent, and the rest of the old answer is never heard', () => {
  const { pass, wire, service, sound, heard } = setUp();
  service.audio(1, sound(5 * SECOND));
  pass(1000);
  expect(heard()).toBeGreaterThan(40);
  pass(260, 'ada');
  heard();
  service.audio(1, sound(SECOND));
  pass(400, 'ada');
  expect(heard()).toBe(0);
  service.interrupted(1);
  service.turnComplete(1);
  pass(1000);
  expect(wire[0]).toMatch(/^start ADA \| Your last answer was interrupted/);
  service.audio(2, sound(SECOND / 2));
  service.generationComplete(2);
  pass(1000);
  expect(heard()).toBe(25);
});

test('the answer to a question that goes on after a pause is not spoken over the speaker', () => {
  const { pass, wire, service, sound, heard } = setUp();
  pass(500, 'ada');
  pass(700);
  pass(200, 'ada');
  service.audio(1, sound(SECOND));
  pass(300, 'ada');
  expect(heard()).toBe(0);
  pass(700);
  service.audio(1, sound(SECOND));
  pass(200);
  expect(heard()).toBe(0);
  service.interrupted(1);
  service.turnComplete(1);
  service.audio(2, sound(SECOND / 2));
  service.generationComplete(2);
  pass(1000);
  expect(heard()).toBe(25);
  expect(wire.filter((line) => line === 'end')).toHaveLength(2);
});

test('stop ends the answer, sends nothing, and the next answer is heard', () => {
  const { pass, wire, service, sound, heard, conversation } = setUp();
  service.audio(1, sound(3 * SECOND));
  pass(500);
  conversation.stop();
  heard();
  service.audio(1, sound(SECOND));
  pass(5000);
  expect(heard()).toBe(0);
  expect(wire).toEqual([]);
  service.turnComplete(1);
  service.audio(2, sound(SECOND / 2));
  service.generationComplete(2);
  pass(1000);
  expect(heard()).toBe(25);
});

test('an interruption of the service alone stops the answer and frees the floor', () => {
  const { pass, service, sound, heard, wire } = setUp();
  service.audio(1, sound(3 * SECOND));
  pass(500);
  service.interrupted(1);
  heard();
  pass(500);
  expect(heard()).toBe(0);
  pass(200, 'ada');
  expect(wire[0]).toMatch(/^start ADA/);
});

test('a second speaker joins the window under their own name', () => {
  const { pass, wire } = setUp();
  pass(300, 'ada');
  pass(300, 'bob');
  expect(wire).toContain('join BOB');
});

test('a connection lost in mid-answer: what came is played to its end and the floor is free again', () => {
  const { pass, service, sound, heard, conversation, wire } = setUp();
  service.audio(1, sound(SECOND / 2));
  pass(200);
  conversation.connectionLost();
  pass(1500);
  expect(heard()).toBe(25);
  pass(200, 'ada');
  expect(wire[0]).toBe('start ADA');
});

test('release closes an open window', () => {
  const { pass, conversation, wire } = setUp();
  pass(300, 'ada');
  conversation.release();
  expect(wire.at(-1)).toBe('end');
});
