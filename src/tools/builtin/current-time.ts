import { z } from 'zod';
import { defineTool, type Tool, ToolFailure } from '../define-tool.ts';
import { localTime, offsetMs } from './zoned-time.ts';
import { createZonesOfPlace } from './zones-of-place.ts';

/** A country with more clocks than this is told by some of them. */
const MOST_CLOCKS = 12;

/** The model knows no time of its own. @param now the calendar, ms since 1970 */
export function currentTime(now: () => number): Tool {
  const zonesOfPlace = createZonesOfPlace();
  return defineTool({
    name: 'current_time',
    description:
      'Tells the date, the day of the week and the time of day, in UTC or in a place. Call this when somebody asks for the time ' +
      'or the date, or before you work with a time of day; you do not know it otherwise.',
    args: z.object({
      place: z
        .string()
        .trim()
        .min(1)
        .max(100)
        .optional()
        .describe(
          'An IANA time zone such as Europe/Berlin, which is best; or a big city, or a country. Leave it out for UTC.',
        ),
    }),
    defaultOn: true,
    audience: 'everybody',
    async run({ place }) {
      const at = now();
      const utc = new Date(at).toISOString();
      if (place === undefined) {
        const note = 'This is UTC, since no place was named. Ask where they are if they want their own time.';
        return { utc, ...clockOf('UTC', at), note };
      }
      const zones = onePerOffset(zonesOfPlace(place), at);
      const [only] = zones;
      if (only === undefined)
        throw new ToolFailure(
          `No time zone is known for that place. Call again with an IANA zone such as Europe/Berlin.`,
        );
      if (zones.length === 1) return { utc, place, ...clockOf(only, at) };
      const note = 'There is more than one time zone there. If it matters, ask which part of it they mean.';
      return { utc, place, clocks: zones.slice(0, MOST_CLOCKS).map((zone) => clockOf(zone, at)), note };
    },
  });
}

const clockOf = (zone: string, at: number) => ({ zone, ...localTime(at, zone) });

/** From west to east, one for all zones whose clocks show the same. */
function onePerOffset(zones: readonly string[], at: number): readonly string[] {
  const byOffset = new Map(zones.toReversed().map((zone) => [offsetMs(at, zone), zone]));
  return [...byOffset].toSorted(([one], [other]) => one - other).map(([, zone]) => zone);
}
