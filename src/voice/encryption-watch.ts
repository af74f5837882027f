/**
 * Looks at the call's encryption now and then while the link is ready: tells when it comes and goes, and raises the alarm.
 */
import type { Clock, Timer } from '../types/clock.ts';
import type { Connection } from './connection.ts';
import { CALM, type DeafAlarm, heardPacket, isAlarmed, watchSpeaking } from './deaf-alarm.ts';

/** How often, ms. Playback asks for every packet anyway; this is for the alarm and for who wants to be told. */
const WATCH_MS = 250;

/** `none`: what is said now would not be understood. `plain`: the call is not encrypted end to end. */
export type EncryptionLevel = 'none' | 'plain' | 'encrypted';

export interface EncryptionWatchOptions {
  readonly clock: Clock;
  readonly onChange: (level: EncryptionLevel) => void;
  readonly onAlarm: () => void;
}

export interface EncryptionWatch {
  /** Watches this connection, or nothing. */
  follow(connection: Connection | null): void;
  /** Something about the keys has changed: no need to wait for the next look. */
  changed(): void;
  heardPacket(decrypted: boolean): void;
}

export function createEncryptionWatch({ clock, onChange, onAlarm }: EncryptionWatchOptions): EncryptionWatch {
  let alarm: DeafAlarm = CALM;
  let told: EncryptionLevel = 'none';
  let followed: Connection | null = null;
  let timer: Timer | null = null;

  const tell = (level: EncryptionLevel): void => {
    if (level === told) return;
    told = level;
    onChange(level);
  };

  const look = (): void => {
    timer?.cancel();
    timer = null;
    if (!followed) {
      tell('none');
      return;
    }
    timer = clock.after(WATCH_MS, look);
    const now = clock.now();
    const ableToSpeak = followed.canSend();
    alarm = watchSpeaking(alarm, { ableToSpeak, company: followed.hasCompany() }, now);
    tell(!ableToSpeak ? 'none' : followed.encryptionVersion() === 0 ? 'plain' : 'encrypted');
    if (!isAlarmed(alarm, now)) return;
    alarm = CALM;
    onAlarm();
  };

  return {
    follow(connection) {
      followed = connection;
      alarm = CALM;
      look();
    },
    changed: look,
    heardPacket(decrypted) {
      alarm = heardPacket(alarm, decrypted, clock.now());
    },
  };
}
