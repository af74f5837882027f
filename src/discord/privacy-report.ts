/**
 * The words of `/privacy show`: whether this member is heard, what is heard, sent and stored, for how long, and how not to be heard.
 * Pure.
 */
import type { Translate } from '../i18n/translate.ts';
import type { RoomStatus } from '../room/protocol.ts';
import { USAGE_DAYS } from '../store/usage-tables.ts';
import { DAYS_KEPT_AFTER_REMOVAL } from './guild-presence.ts';

export interface PrivacyFacts {
  readonly optedOut: boolean;
  /** Id of the thread or channel in which what is said is written down; null while the guild's transcript is off. */
  readonly transcriptId: string | null;
  /** The guild's room, if the member is in its channel; else null. */
  readonly room: {
    readonly channelId: string;
    readonly status: RoomStatus['status'];
    readonly muted: boolean;
  } | null;
}

export function privacyReport(t: Translate, facts: PrivacyFacts): string {
  const { transcriptId } = facts;
  const kept = { usageDays: USAGE_DAYS, goneDays: DAYS_KEPT_AFTER_REMOVAL };
  return [
    ownState(t, facts),
    '',
    t('privacy.heard'),
    t('privacy.sent'),
    t('privacy.stored'),
    transcriptId === null ? t('privacy.transcriptOff') : t('privacy.transcriptOn', { place: `<#${transcriptId}>` }),
    t('privacy.kept', kept),
    t('privacy.change'),
  ].join('\n');
}

function ownState(t: Translate, { optedOut, room }: PrivacyFacts): string {
  if (optedOut) return t('privacy.you.optedOut');
  if (room === null) return t('privacy.you.elsewhere');
  const channel = `<#${room.channelId}>`;
  if (room.muted) return t('privacy.you.muted', { channel });
  // While a connection is being got back a member may or may not be heard: nobody is told that they are not.
  return room.status === 'joining' ? t('privacy.you.soon', { channel }) : t('privacy.you.heard', { channel });
}
