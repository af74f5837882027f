/**
 * The program: reads the settings, starts the bot, ends it on a signal. Exit codes: 0 told to end, 1 something broke,
 * 78 a problem that a person has to put right first.
 */
import { readFileSync } from 'node:fs';
import { type Config, readConfig } from './config.ts';
import type { RoomsFate } from './control-plane.ts';
import type { ParleyError } from './errors.ts';
import { createLogger, type Logger } from './log.ts';
import { type Parley, startParley } from './parley.ts';
import { within } from './shutdown.ts';
import { EXIT_CONFIG, isStartProblem, problemsOfConfig, problemsOfStart, problemText } from './start-problems.ts';
import { systemClock } from './types/clock.ts';

/** A supervisor kills after 10 s (DESIGN.md §4); by then everything that matters has been let go of. */
const LAST_MOMENT_MS = 9_500;
/** After a crash nothing is waited for but leaving the channels. */
const CRASH_MOMENT_MS = 3_000;

const result = readConfig(process.env, (path) => readFileSync(path, 'utf8'));
if (result.ok) await run(result.config, createLogger(result.config.logLevel));
else refuse(await problemsOfConfig(result));

async function run(config: Config, log: Logger): Promise<void> {
  const starting = new AbortController();
  let starts: Promise<Parley> | null = null;
  let ending = false;

  /** Ends once, in the time there is; whoever comes second changes nothing. */
  const end = async (code: number, limitMs: number, fate: RoomsFate, drainMs?: number): Promise<void> => {
    if (ending) return;
    ending = true;
    starting.abort();
    // A start that is nearly through is waited for: it may be in channels already.
    const closed = starts?.then(
      (parley) => parley.close(drainMs, fate),
      () => undefined,
    );
    try {
      await within(limitMs, systemClock, closed ?? Promise.resolve());
    } catch (error) {
      log.error({ err: error }, 'could not end in good order');
    }
    log.info({ code }, 'ended');
    process.exit(code);
  };

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      log.info({ signal }, 'told to end');
      void end(0, LAST_MOMENT_MS, 'forget');
    });
  }
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'crashed');
    void end(1, CRASH_MOMENT_MS, 'keep', 0);
  });

  try {
    const onRefused = (problem: ParleyError): void => {
      log.fatal({ err: problem }, 'Discord has ended the connection for good');
      void end(isStartProblem(problem) ? EXIT_CONFIG : 1, LAST_MOMENT_MS, 'keep');
    };
    starts = startParley(config, { log, signal: starting.signal, onRefused });
    await starts;
  } catch (error) {
    if (ending) return;
    ending = true;
    if (isStartProblem(error)) return refuse(await problemsOfStart(error, config));
    log.fatal({ err: error }, 'could not start');
    process.exit(1);
  }
}

function refuse(problems: readonly string[]): never {
  process.stderr.write(problemText(problems));
  process.exit(EXIT_CONFIG);
}
