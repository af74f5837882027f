/**
 * The real bot in this process, against the loopback Discord, with rooms that have no audio plane.
 */
import { onTestFinished } from 'vitest';
import { type Config, readConfig } from '../../../src/config.ts';
import { type Parley, startParley } from '../../../src/parley.ts';
import type { Interaction } from '../../../src/rehearsal/discord/interactions/interaction.ts';
import { startLoopbackDiscord } from '../../../src/rehearsal/discord/loopback-discord.ts';
import { type Clock, systemClock } from '../../../src/types/clock.ts';
import { createMemoryRooms, type MemoryRooms } from '../../kit/memory-rooms.ts';
import { createRecordingLog, type RecordingLog } from '../../kit/recording-log.ts';

/** The member reads an answer. */
export const answered = ({ state }: Interaction): boolean => state.status === 'answered';
export const words = ({ messages }: Interaction): string => messages[0]?.content ?? '';

export type Loopback = Awaited<ReturnType<typeof startLoopbackDiscord>>;

export interface Bot extends AsyncDisposable {
  readonly parley: Parley;
  readonly rooms: MemoryRooms;
  readonly log: RecordingLog;
}

export interface BotOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  readonly readyAtOnce?: boolean;
}

/** A loopback Discord that is gone when the test is. */
export async function startDiscord(options: Parameters<typeof startLoopbackDiscord>[0] = {}): Promise<Loopback> {
  const discord = await startLoopbackDiscord(options);
  onTestFinished(() => discord.close());
  return discord;
}

export function configFor(
  discord: Pick<Loopback, 'apiUrl' | 'token'>,
  env: Readonly<Record<string, string>> = {},
): Config {
  const result = readConfig(
    {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      GEMINI_API_KEY: 'no-key',
      DATABASE_URL: 'sqlite::memory:',
      HTTP_PORT: '0',
      ROOM_THREADS: '0',
      ...env,
    },
    () => '',
  );
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.config;
}

/** Logs in and resolves when the bot is ready. Its rooms join through the gateway, as real ones do. */
export async function startBot(discord: Pick<Loopback, 'apiUrl' | 'token'>, options: BotOptions = {}): Promise<Bot> {
  const { env, clock = systemClock, readyAtOnce = true } = options;
  const log = createRecordingLog();
  let rooms: MemoryRooms | undefined;
  const parley = await startParley(configFor(discord, env), {
    log,
    clock,
    signal: new AbortController().signal,
    onRefused: (problem) => log.error({ err: problem }, 'refused'),
    createRooms: ({ on, sendVoicePayload }) => {
      rooms = createMemoryRooms({ on, sendVoicePayload, readyAtOnce });
      return rooms;
    },
  });
  onTestFinished(() => parley.close());
  if (rooms === undefined) throw new Error('the bot made no rooms');
  return { parley, rooms, log, [Symbol.asyncDispose]: () => parley.close() };
}
