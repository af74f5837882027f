import { expect, test } from 'vitest';
import { SECOND, setUp } from './conversation-bench.ts';

const automatic = (interrupt: 'careful' | 'off' = 'careful') => setUp({ detection: 'automatic', interrupt });

test('what is heard is streamed from the first packet to a second after the last, with what is believed to be speech marked', () => {
  const { pass, wire, service, sound, heard, events } = automatic();
  pass(500, 'ada');
  pass(300, 'ben');
  pass(1_100);
  expect(wire).toEqual(['start ', 'audio', 'spoke', 'audio', 'join ', 'audio', 'spoke', 'audio', 'end']);
  service.inputTranscript('What time is it?');
  service.outputTranscript(1, 'Noon.');
  service.audio(1, sound(SECOND / 2));
  service.generationComplete(1);
  pass(1_000);
  service.turnComplete(1);
  expect(heard()).toBe(25);
  expect(events.filter((e) => e.type === 'transcript' && e.final)).toMatchObject([
    { role: 'user', text: 'What time is it?', speakerIds: ['ada', 'ben'] },
    { role: 'model', text: 'Noon.', interrupted: false },
  ]);
  const [turn] = events.filter((e) => e.type === 'turn');
  expect(turn?.times.firstPacketAt).toBeGreaterThan(turn?.times.lastSpeechAt ?? Number.POSITIVE_INFINITY);
});

test('an answer that the service begins while somebody still makes a sound is heard: whose turn it is, is for it to say', () => {
  const { pass, service, sound, heard } = automatic();
  pass(500, 'ada');
  service.audio(1, sound(SECOND / 2));
  service.generationComplete(1);
  pass(700);
  expect(heard()).toBe(25);
});

test('speech silences the bot at once, and the rest of that answer is not heard though the service has not noticed', () => {
  const { pass, wire, service, sound, heard, counts } = automatic();
  service.audio(1, sound(5 * SECOND));
  pass(1_000);
  expect(heard()).toBeGreaterThan(40);
  pass(260, 'ada');
  heard();
  service.audio(1, sound(3 * SECOND));
  pass(400, 'ada');
  pass(4_000);
  service.audio(1, sound(SECOND));
  pass(1_000);
  expect(heard()).toBe(0);
  expect(counts.get('turn_barge_ins_total')).toBe(1);
  expect(wire.filter((it) => it !== 'audio')).toEqual(['start ', 'spoke', 'end']);
  service.turnComplete(1);
  service.audio(2, sound(SECOND / 2));
  service.generationComplete(2);
  pass(1_000);
  expect(heard()).toBe(25);
});

test('when the service cuts its own answer nothing more of it is heard, and the next one is', () => {
  const { pass, service, sound, heard, events } = automatic();
  service.outputTranscript(1, 'one two three four');
  service.audio(1, sound(4 * SECOND));
  pass(1_000);
  heard();
  service.interrupted(1);
  service.turnComplete(1);
  pass(1_000);
  expect(heard()).toBe(0);
  pass(500, 'ada');
  service.audio(2, sound(SECOND / 2));
  service.generationComplete(2);
  pass(1_000);
  expect(heard()).toBe(25);
  const [cut] = events.filter((e) => e.type === 'transcript' && e.role === 'model' && e.final);
  expect(cut).toMatchObject({ interrupted: true });
});

test('where nothing may interrupt, an answer is heard to its end over whatever is said', () => {
  const { pass, service, sound, heard, wire } = automatic('off');
  service.audio(1, sound(2 * SECOND));
  service.generationComplete(1);
  pass(500);
  pass(1_000, 'ada');
  pass(1_500);
  expect(heard()).toBe(100);
  expect(wire).toContain('spoke');
});

test('/stop keeps what was asked from being answered aloud, also in a stream', () => {
  const { pass, service, sound, heard, conversation } = automatic();
  pass(500, 'ada');
  pass(1_100);
  expect(conversation.stop()).toBe(true);
  service.audio(1, sound(SECOND));
  pass(1_000);
  expect(heard()).toBe(0);
  service.turnComplete(1);
  expect(conversation.stop()).toBe(false);
});

test('a room that closes ends its stream', () => {
  const { pass, wire, conversation } = automatic();
  pass(500, 'ada');
  conversation.release();
  expect(wire.at(-1)).toBe('end');
});

test('the first sound that opens a stream is in it, also when its packet was late', () => {
  const { conversation, clock, counts, wire } = automatic();
  const now = clock.now();
  conversation.packet('ada', now, false);
  conversation.frame({ speakerId: 'ada', startsAt: now - 150, pcm: new Int16Array(320).fill(100), origin: 'heard' });
  for (let frames = 0; frames < 20; frames++) {
    clock.advance(20);
    conversation.tick(clock.now());
  }
  expect(wire).toEqual(['start ', 'audio']);
  expect(counts.get('turn_late_frames_total')).toBeUndefined();
});
