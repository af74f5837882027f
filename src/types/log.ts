/**
 * What a module needs of a logger. pino satisfies it on the main thread; in a room's thread lines travel as events.
 *
 * The message is static, everything that varies is a field. What a human said, wrote or is called goes only under the key
 * `pii` (`{ pii: { name } }`), which is redacted by default. Tokens and keys are never fields.
 */
export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFields = Readonly<Record<string, unknown>>;

/** A log that adds the same fields to every line. */
export function withFields(log: Log, bound: LogFields): Log {
  return {
    debug: (fields, message) => log.debug({ ...bound, ...fields }, message),
    info: (fields, message) => log.info({ ...bound, ...fields }, message),
    warn: (fields, message) => log.warn({ ...bound, ...fields }, message),
    error: (fields, message) => log.error({ ...bound, ...fields }, message),
  };
}

/** Counts what happens: packets dropped, reconnects, recoveries. Names are `stage_noun_total`. */
export type Count = (name: string, by?: number) => void;
