/**
 * What a server says of itself, line by line into the log: bounded, whatever it says.
 */
import type { Clock } from '../../types/clock.ts';
import type { Log } from '../../types/log.ts';
import type { Redact } from '../redact.ts';
import { foreignLine } from './foreign-text.ts';

export interface TextLogOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** What stands beside the text. */
  readonly message: string;
  readonly redact: Redact;
  /** Whether the server may know what people said by now. */
  readonly isPersonal: () => boolean;
}

const LONGEST_LINE = 500;
/** So many lines a period, the rest is counted. */
const LINES = 50;
const PERIOD_MS = 10_000;

/** @returns takes a line */
export function createTextLog({ clock, log, message, redact, isPersonal }: TextLogOptions): (line: string) => void {
  let periodEnds = 0;
  let lines = 0;

  return (line) => {
    if (clock.now() >= periodEnds) {
      if (lines > LINES) log.debug({ lines: lines - LINES }, 'an MCP server said more than is logged');
      periodEnds = clock.now() + PERIOD_MS;
      lines = 0;
    }
    lines++;
    if (lines > LINES) return;
    const text = foreignLine(redact(line), LONGEST_LINE);
    if (text !== '') log.debug(isPersonal() ? { pii: { text } } : { text }, message);
  };
}

/** @returns takes text cut anywhere, and hands on whole lines; of one without an end no more than its beginning is kept */
export function intoLines(take: (line: string) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const parts = `${rest}${text}`.split('\n');
    rest = (parts.pop() ?? '').slice(0, 2 * LONGEST_LINE);
    for (const line of parts) take(line);
  };
}
