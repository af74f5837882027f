/**
 * When a reminder is due, from what the model says of it. Pure.
 */
import { z } from 'zod';
import { instantOf } from './zoned-time.ts';
import type { ZonesOfPlace } from './zones-of-place.ts';

/** Below that, saying that it is set takes longer than the time. */
export const SOONEST_MS = 10_000;
/** Longer than any bot of a server lives untouched. */
export const LATEST_MS = 366 * 86_400_000;

export interface WantedTime {
  readonly in_seconds?: number | undefined;
  readonly in_minutes?: number | undefined;
  readonly in_hours?: number | undefined;
  readonly in_days?: number | undefined;
  /** ISO 8601 */
  readonly at?: string | undefined;
  /** Of `at`, when that has no offset of its own. */
  readonly zone?: string | undefined;
}

/** `problem` is what is wrong with it, in words for the model. */
export type DueTime = { readonly dueAt: number } | { readonly problem: string };

/** @param now ms since 1970 */
export function dueTime(wanted: WantedTime, now: number, zonesOfPlace: ZonesOfPlace): DueTime {
  const { at } = wanted;
  const inMs = inTime(wanted);
  if (at !== undefined && inMs !== null)
    return { problem: 'Say either in how long it is due, or at what time, not both.' };
  if (at === undefined && inMs === null)
    return { problem: 'Say in how long it is due (such as in_minutes), or at what time (at). Ask if you do not know.' };
  const due = at === undefined ? { dueAt: now + (inMs ?? 0) } : timeOf(at, wanted.zone, zonesOfPlace);
  if ('problem' in due) return due;
  const aheadMs = due.dueAt - now;
  if (aheadMs < 0) return { problem: `That time is over. It is ${new Date(now).toISOString()} now.` };
  if (aheadMs < SOONEST_MS) return { problem: 'That is too soon: a reminder takes 10 seconds or more.' };
  if (aheadMs > LATEST_MS) return { problem: 'That is too far away: a reminder may be due in a year at the latest.' };
  return due;
}

/** ms; null when nothing of it is given. */
function inTime({ in_seconds, in_minutes, in_hours, in_days }: WantedTime): number | null {
  const given = [in_seconds, in_minutes, in_hours, in_days];
  if (given.every((it) => it === undefined)) return null;
  const [seconds, minutes, hours, days] = given.map((it) => it ?? 0) as [number, number, number, number];
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
}

const ISO = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/i;
const ISO_LOCAL = z.iso.datetime({ local: true });

function timeOf(at: string, zone: string | undefined, zonesOfPlace: ZonesOfPlace): DueTime {
  const [, date = '', time = '', seconds = ':00', offset] = ISO.exec(at.trim()) ?? [];
  const local = `${date}T${time}${seconds}`;
  if (!ISO_LOCAL.safeParse(local).success)
    return { problem: 'That is no time: it has to be ISO 8601, such as 2026-10-02T18:00:00+02:00.' };
  if (offset !== undefined) return withOffset(local, offset);
  if (zone === undefined)
    return {
      problem: 'It is not known where that is the time: give an offset such as +02:00, or a zone. Ask if need be.',
    };
  const zones = zonesOfPlace(zone);
  const [only] = zones;
  if (only === undefined) return { problem: 'That zone is not known: give an IANA zone such as Europe/Berlin.' };
  if (zones.length > 1)
    return { problem: 'There is more than one time zone there: give an IANA zone such as Europe/Berlin.' };
  return { dueAt: instantOf(local, only) };
}

function withOffset(local: string, offset: string): DueTime {
  const colon = /^[+-]\d{4}$/.test(offset) ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset.toUpperCase();
  const dueAt = Date.parse(local + colon);
  return Number.isNaN(dueAt)
    ? { problem: 'That offset is none: it has to be such as +02:00, or Z for UTC.' }
    : { dueAt };
}
