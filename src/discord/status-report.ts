/**
 * The words of `/status`. Pure; at most 2,000 characters, however full the channel is: people are mentioned by id, never by a name
 * of their own choosing.
 */
import type { Locale } from '../i18n/locales.ts';
import { relativeTime } from '../i18n/relative-time.ts';
import { type Translate, translator } from '../i18n/translate.ts';
import type { RoomStatus } from '../room/protocol.ts';
import type { RoomVitals } from '../room/room-vitals.ts';
import type { RoomSettings } from '../types/settings.ts';
import type { Attendee } from './audibility.ts';
import { languageLabel } from './language-choice.ts';
import { voiceLabel } from './voice-choice.ts';

export interface StatusFacts {
  /** The guild's open room, or null. */
  readonly room: RoomFacts | null;
  readonly model: string;
  readonly settings: Pick<RoomSettings, 'voice' | 'language'>;
  /** Round trip to Discord's gateway, ms; null while it is not known. */
  readonly gatewayPingMs: number | null;
  readonly versions: readonly string[];
}

export interface RoomFacts {
  readonly channelId: string;
  readonly status: RoomStatus['status'];
  /** Its times are ms since 1970 here. */
  readonly vitals: RoomVitals;
  readonly attendees: readonly Attendee[];
}

/** A mention has up to 24 characters with its comma: two lists of these are less than half a message. */
const MOST_NAMED = 20;

export function statusReport(locale: Locale, { room, model, settings, gatewayPingMs, versions }: StatusFacts): string {
  const t = translator(locale);
  const [voice, language] = [voiceLabel(t, settings.voice), languageLabel(locale, settings.language)];
  const milliseconds = new Intl.NumberFormat(locale, { style: 'unit', unit: 'millisecond', maximumFractionDigits: 0 });
  const ping = (ms: number | null): string => (ms === null ? '–' : milliseconds.format(ms));
  return [
    ...(room === null ? [t('status.none')] : roomLines(t, room)),
    t('status.model', { model: `\`${model}\``, voice, language }),
    ...(room === null ? [] : conversationLines(locale, t, room.vitals)),
    t('status.ping', { gateway: ping(gatewayPingMs), voice: ping(room?.vitals.voicePingMs ?? null) }),
    t('status.versions', { versions: versions.join(' · ') }),
  ].join('\n');
}

function roomLines(t: Translate, { channelId, status, vitals, attendees }: RoomFacts): readonly string[] {
  const channel = `<#${channelId}>`;
  // Nobody is heard yet.
  if (status === 'joining' || vitals.readyAt === null) return [t('status.joining', { channel })];
  const heard = attendees.filter(({ audibility }) => audibility === 'heard').map(mention);
  const silent = attendees.filter(({ audibility }) => audibility === 'muted' || audibility === 'bot').map(mention);
  const optedOut = attendees.filter(({ audibility }) => audibility === 'optedOut').length;
  // Who does not want to be heard is nobody's business: they are only counted.
  const byChoice = optedOut > 0 ? [t('status.byChoice', { count: optedOut })] : [];
  const unheard = [...(silent.length > 0 ? [named(t, silent)] : []), ...byChoice];
  return [
    whereabouts(t, { channel, status, encrypted: vitals.encrypted, since: relativeTime(vitals.readyAt) }),
    t('status.heard', { people: heard.length > 0 ? named(t, heard) : t('status.nobody') }),
    ...(unheard.length > 0 ? [t('status.notHeard', { people: unheard.join(' · ') })] : []),
  ];
}

interface Whereabouts {
  readonly channel: string;
  readonly since: string;
  readonly status: RoomStatus['status'];
  readonly encrypted: boolean | null;
}

function whereabouts(t: Translate, { channel, since, status, encrypted }: Whereabouts): string {
  if (status !== 'ready') return t('status.recovering', { channel });
  const encryption = encrypted === true ? t('status.encrypted') : t('status.unencrypted');
  return t('status.ready', { channel, since, encryption });
}

function conversationLines(locale: Locale, t: Translate, vitals: RoomVitals): readonly string[] {
  const { conversationSince, connectedSince, contextTokens } = vitals;
  const number = new Intl.NumberFormat(locale);
  const facts = [
    conversationSince === null ? [] : [t('status.began', { since: relativeTime(conversationSince) })],
    connectedSince === null ? [] : [t('status.connected', { since: relativeTime(connectedSince) })],
    contextTokens === null ? [] : [t('status.context', { tokens: number.format(contextTokens) })],
  ].flat();
  return facts.length === 0 ? [] : [t('status.conversation', { facts: facts.join(' · ') })];
}

function named(t: Translate, people: readonly string[]): string {
  const first = people.slice(0, MOST_NAMED).join(', ');
  const rest = people.length - MOST_NAMED;
  return rest > 0 ? t('status.more', { people: first, count: rest }) : first;
}

function mention({ id }: Attendee): string {
  return `<@${id}>`;
}
