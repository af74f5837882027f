/**
 * The clock on the wall of a time zone, both ways. Pure; the rules of the zones are the machine's own (ICU).
 */

export interface LocalTime {
  /** `2026-10-02` */
  readonly date: string;
  /** In English. */
  readonly weekday: string;
  /** `18:03:22` */
  readonly time: string;
  /** `+02:00` */
  readonly utcOffset: string;
}

/**
 * @param at ms since 1970
 * @param zone an IANA name
 */
export function localTime(at: number, zone: string): LocalTime {
  const parts = new Map(
    format(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    weekday: part('weekday'),
    time: `${part('hour')}:${part('minute')}:${part('second')}`,
    // `GMT+05:30`, and plain `GMT` for none.
    utcOffset: part('timeZoneName').slice('GMT'.length) || '+00:00',
  };
}

/**
 * When a clock on the wall of a zone shows that. A time that comes twice, when clocks are put back, is one of the two; one that
 * never comes is as far from the hours around it as it says.
 *
 * @param local `2026-10-02T18:00` or with seconds
 * @returns ms since 1970
 */
export function instantOf(local: string, zone: string): number {
  const asUtc = Date.parse(`${local}Z`);
  const near = asUtc - offsetMs(asUtc, zone);
  return asUtc - offsetMs(near, zone);
}

/** How far the zone is ahead of UTC, ms. */
export function offsetMs(at: number, zone: string): number {
  const [sign = '+', hours = '00', minutes = '00'] =
    /([+-])(\d\d):(\d\d)/.exec(localTime(at, zone).utcOffset)?.slice(1) ?? [];
  const ahead = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === '-' ? -ahead : ahead;
}

function format(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  });
}
