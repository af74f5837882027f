/**
 * The log: one JSON document a line on stdout. What a human said, wrote or is called stands under `pii` and never comes out.
 */
import pino from 'pino';
import { ParleyError } from './errors.ts';

export type Logger = pino.Logger;

/**
 * @param level pino's name of a level
 * @param destination where the lines go; stdout unless told
 */
export function createLogger(level: string, destination?: pino.DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: ['pii', '*.pii'], censor: '[redacted]' },
    serializers: { err: describeError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/**
 * An error for the log. Only known fields: those of discord.js carry the request, and with it interaction tokens (`url`)
 * and what people wrote (`requestBody`).
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error ? error.code : undefined;
  const status = 'status' in error ? error.status : undefined;
  return {
    type: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    ...(status === undefined ? {} : { status }),
    ...(error instanceof ParleyError ? { details: error.details } : {}),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
