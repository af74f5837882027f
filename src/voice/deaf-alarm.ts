/**
 * The deaf alarm: notices that the call's encryption has failed for good.
 *
 * Nothing reports it: after a re-key that went wrong the bot is connected, packets come, and every one of them is dropped
 * (NousResearch/hermes-agent#77968). Both signs need another member in the call: alone there is nothing to be encrypted with.
 * Pure.
 */

export interface DeafAlarm {
  /** Since when somebody else has been in the call without our being able to speak to them, ms; null: we are. */
  readonly muteSince: number | null;
  /** Since when packets of speakers have come of which none could be decrypted, ms; null: the last one was. */
  readonly deafSince: number | null;
  /** How many of those. */
  readonly undecryptable: number;
}

/** A re-key takes 20 to 60 ms, a slow one 2 s; longer than this is no transition any more. */
export const ALARM_MS = 5_000;

/** Half a second of speech: a stray packet and, five seconds later, another one are no evidence. */
export const ALARM_PACKETS = 25;

export const CALM: DeafAlarm = { muteSince: null, deafSince: null, undecryptable: 0 };

/** A packet of a speaker came; `decrypted` says whether it could be read. */
export function heardPacket(alarm: DeafAlarm, decrypted: boolean, now: number): DeafAlarm {
  if (!decrypted) {
    return { ...alarm, deafSince: alarm.deafSince ?? now, undecryptable: alarm.undecryptable + 1 };
  }
  return alarm.deafSince === null ? alarm : { ...alarm, deafSince: null, undecryptable: 0 };
}

/** To be called now and then: `ableToSpeak` as the encryption has it, `company` whether somebody else is in the call. */
export function watchSpeaking(
  alarm: DeafAlarm,
  { ableToSpeak, company }: { readonly ableToSpeak: boolean; readonly company: boolean },
  now: number,
): DeafAlarm {
  if (ableToSpeak || !company) return alarm.muteSince === null ? alarm : { ...alarm, muteSince: null };
  return alarm.muteSince === null ? { ...alarm, muteSince: now } : alarm;
}

/** True when it is time to do something; start again from `CALM` after that. */
export function isAlarmed({ muteSince, deafSince, undecryptable }: DeafAlarm, now: number): boolean {
  const mute = muteSince !== null && now - muteSince >= ALARM_MS;
  const deaf = deafSince !== null && now - deafSince >= ALARM_MS && undecryptable >= ALARM_PACKETS;
  return mute || deaf;
}
