import { expect, test } from 'vitest';
import { ALARM_MS, ALARM_PACKETS, CALM, heardPacket, isAlarmed, watchSpeaking } from '../../../src/voice/deaf-alarm.ts';
import { ENCRYPTION_PENDING, SETTLE_MS, stepEncryption } from '../../../src/voice/encryption-state.ts';

const able = { able: true, transitioned: false };

test('the first word waits for the transition of the first group', () => {
  const settling = stepEncryption(ENCRYPTION_PENDING, { ...able, at: 0 });
  expect(settling.status).toBe('settling');
  expect(stepEncryption(settling, { ...able, at: SETTLE_MS - 1 }).status).toBe('settling');
  expect(stepEncryption(settling, { able: true, transitioned: true, at: 20 }).status).toBe('ready');
});

test('a transition that is never executed does not silence the bot for ever', () => {
  const settling = stepEncryption(ENCRYPTION_PENDING, { ...able, at: 0 });
  expect(stepEncryption(settling, { ...able, at: SETTLE_MS }).status).toBe('ready');
});

test('a session that re-initialises is not ready until it is again', () => {
  const ready = stepEncryption(ENCRYPTION_PENDING, { able: true, transitioned: true, at: 0 });
  expect(ready.status).toBe('ready');
  expect(stepEncryption(ready, { able: false, transitioned: true, at: 1 })).toBe(ENCRYPTION_PENDING);
});

test('the alarm comes after five seconds of speech that cannot be read', () => {
  let alarm = CALM;
  for (let i = 0; i <= ALARM_MS / 20; i++) {
    alarm = heardPacket(alarm, false, i * 20);
    expect(isAlarmed(alarm, i * 20)).toBe(i * 20 >= ALARM_MS);
  }
});

test('one readable packet, or too few unreadable ones, are no alarm', () => {
  let alarm = CALM;
  for (let i = 0; i < 200; i++) alarm = heardPacket(alarm, false, i * 20);
  alarm = heardPacket(alarm, true, 4000);
  expect(isAlarmed(alarm, 60_000)).toBe(false);
  for (let i = 0; i < ALARM_PACKETS - 1; i++) alarm = heardPacket(alarm, false, 10_000 + i * 1000);
  expect(isAlarmed(alarm, 60_000)).toBe(false);
});

test('not being able to speak is an alarm in company only', () => {
  const alone = watchSpeaking(CALM, { ableToSpeak: false, company: false }, 0);
  expect(isAlarmed(alone, 60_000)).toBe(false);
  const mute = watchSpeaking(alone, { ableToSpeak: false, company: true }, 1000);
  expect(isAlarmed(mute, 1000 + ALARM_MS - 1)).toBe(false);
  expect(isAlarmed(mute, 1000 + ALARM_MS)).toBe(true);
  expect(isAlarmed(watchSpeaking(mute, { ableToSpeak: true, company: true }, 5999), 60_000)).toBe(false);
});
