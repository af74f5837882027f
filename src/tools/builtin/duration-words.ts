const UNITS = [
  { name: 'day', ms: 86_400_000 },
  { name: 'hour', ms: 3_600_000 },
  { name: 'minute', ms: 60_000 },
  { name: 'second', ms: 1_000 },
] as const;

/** How long something takes in words for the model, to the two largest units: `2 hours 5 minutes`. @param ms of it */
export function durationWords(ms: number): string {
  let left = Math.round(Math.max(0, ms) / 1_000) * 1_000;
  const words: string[] = [];
  for (const { name, ms: unit } of UNITS) {
    const times = Math.floor(left / unit);
    left -= times * unit;
    if (times > 0) words.push(`${times} ${name}${times === 1 ? '' : 's'}`);
    // What is further down than the unit below the first does not matter.
    else if (words.length > 0) break;
    if (words.length === 2) break;
  }
  return words.join(' ') || '0 seconds';
}
