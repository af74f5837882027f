/**
 * The timeline: what happens in the rehearsal, line by line as it happens, in words and seconds since its start.
 */
export interface Timeline {
  /** `at` in ms on the rehearsal's clock; now if left out. */
  note(who: string, what: string, at?: number): void;
  /** A line without a time: headings, tables. */
  print(line: string): void;
}

export interface TimelineOptions {
  write(line: string): void;
  now(): number;
}

const NAME_WIDTH = 9;

export function createTimeline({ write, now }: TimelineOptions): Timeline {
  const startedAt = now();
  return {
    note(who, what, at = now()) {
      const seconds = Math.max(0, (at - startedAt) / 1000).toFixed(2);
      write(`${seconds.padStart(7)} s  ${who.padEnd(NAME_WIDTH)} ${what}`);
    },
    print: write,
  };
}
