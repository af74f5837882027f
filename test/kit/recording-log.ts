import type { Log, LogFields, LogLevel } from '../../src/types/log.ts';

interface Line {
  readonly level: LogLevel;
  readonly fields: LogFields;
  readonly message: string;
}

export interface RecordingLog extends Log {
  readonly lines: readonly Line[];
  messages(level: LogLevel): readonly string[];
}

/** A log that keeps every line, for tests that ask what was said and to prove that nothing else was. */
export function createRecordingLog(): RecordingLog {
  const lines: Line[] = [];
  const at = (level: LogLevel) => (fields: LogFields, message: string) => void lines.push({ level, fields, message });
  return {
    lines,
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    messages: (level) => lines.filter((line) => line.level === level).map(({ message }) => message),
  };
}
