/**
 * Which time zones a place has: an IANA zone by its name, a city that gave its name to one, or a country in one of the languages of
 * the interface. Pure; what places there are the machine knows (ICU).
 */
import { fold } from '../../discord/search.ts';
import { TABLES } from '../../i18n/locales.ts';

/** Node has it (ECMA-402, Intl Locale Info); TypeScript 7.0 does not know it yet. */
type LocaleWithZones = Intl.Locale & { getTimeZones(): readonly string[] | undefined };

export type ZonesOfPlace = (place: string) => readonly string[];

/** The zones, none for a place that is not known. What takes time to find out is found out once, when first asked for. */
export function createZonesOfPlace(): ZonesOfPlace {
  let areas: readonly string[] | null = null;
  let countries: ReadonlyMap<string, string> | null = null;

  return (place) => {
    const name = place.trim();
    const zone = zoneNamed(underscored(name));
    if (zone !== null) return [zone];
    areas ??= areasOfZones();
    for (const area of areas) {
      const inArea = zoneNamed(`${area}/${underscored(fold(name))}`);
      if (inArea !== null) return [inArea];
    }
    countries ??= regionsByName();
    const region = countries.get(fold(name));
    return region === undefined ? [] : zonesOfRegion(region);
  };
}

const underscored = (name: string): string => name.replace(/\s+/g, '_');

/** The zone of that name, in any case and also under a former name; null when there is none. */
function zoneNamed(name: string): string | null {
  // What is no name of a zone, such as an offset, would say nothing of where it is.
  if (!/^[A-Za-z]/.test(name)) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** What stands before the city: `Europe`, `America/Indiana`. In `Etc` there are no places, and its signs are the wrong way round. */
function areasOfZones(): readonly string[] {
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/') && !zone.startsWith('Etc/'));
  return [...new Set(zones.map((zone) => zone.slice(0, zone.lastIndexOf('/'))))];
}

/** Every region that has zones, by its code and by its names in our languages. */
function regionsByName(): ReadonlyMap<string, string> {
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  const codes = letters.flatMap((one) => letters.map((other) => one + other));
  const regions = codes.filter((code) => zonesOfRegion(code).length > 0);
  const names = Object.keys(TABLES).map(
    (language) => new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }),
  );
  const entries = regions.flatMap((region) => {
    const called = names.map((of) => of.of(region)).filter((name) => name !== undefined);
    return [region, ...called].map((name) => [fold(name), region] as const);
  });
  return new Map(entries);
}

function zonesOfRegion(region: string): readonly string[] {
  return (new Intl.Locale(`und-${region}`) as LocaleWithZones).getTimeZones() ?? [];
}
