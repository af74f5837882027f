/**
 * The real bot in this process, against the loopback Discord, with rooms that have no audio plane.
 */
import type { Client } from 'discord.js';
import { onTestFinished } from 'vitest';
import { type Config, readConfig } from '../../../src/config.ts';
import { createClient } from '../../../src/discord/client.ts';
import { type Parley, startParley } from '../../../src/parley.ts';
import type { Interaction } from '../../../src/rehearsal/discord/interactions/interaction.ts';
import { startLoopbackDiscord } from '../../../src/rehearsal/discord/loopback-discord.ts';
import { wordsOf } from '../../../src/rehearsal/discord/message-words.ts';
import type { ChannelState } from '../../../src/rehearsal/discord/world/guild-state.ts';
import type { Tool } from '../../../src/tools/define-tool.ts';
import { type Clock, systemClock } from '../../../src/types/clock.ts';
import { createMemoryRooms, type MemoryRooms } from '../../kit/memory-rooms.ts';
import { createRecordingLog, type RecordingLog } from '../../kit/recording-log.ts';
import { createStoppableClock } from '../../kit/stoppable-clock.ts';

/** The member reads an answer. */
export const answered = ({ state }: Interaction): boolean => state.status === 'answered';
export const words = ({ messages }: Interaction): string => messages[0]?.content ?? '';
/** What can be read in a channel, one text a message: panels as they are now. */
export const posted = ({ messages }: ChannelState): string[] => messages.map(wordsOf);

export type Loopback = Awaited<ReturnType<typeof startLoopbackDiscord>>;

export interface Bot extends AsyncDisposable {
  /** As `kill -9` would: nothing of it says or does anything any more. Its file is as it is. */
  kill(): Promise<void>;
  readonly parley: Parley;
  readonly rooms: MemoryRooms;
  readonly log: RecordingLog;
}

export interface BotOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Text of the file that a setting names; empty unless told. */
  readonly readFile?: (path: string) => string;
  readonly clock?: Clock;
  /** The calendar, ms since 1970. */
  readonly now?: () => number;
  readonly readyAtOnce?: boolean;
  /** In place of the functions that Parley brings along. */
  readonly tools?: readonly Tool[];
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
  readFile: (path: string) => string = () => '',
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
    readFile,
  );
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.config;
}

/** Logs in and resolves when the bot is ready. Its rooms join through the gateway, as real ones do. */
export async function startBot(discord: Pick<Loopback, 'apiUrl' | 'token'>, options: BotOptions = {}): Promise<Bot> {
  const { env, now = Date.now, readyAtOnce = true, tools } = options;
  const clock = createStoppableClock(options.clock ?? systemClock);
  const log = createRecordingLog();
  let rooms: MemoryRooms | undefined;
  const clients: Client[] = [];
  const parley = await startParley(configFor(discord, env, options.readFile), {
    log,
    clock,
    now,
    signal: new AbortController().signal,
    onRefused: (problem) => log.error({ err: problem }, 'refused'),
    createClient(config) {
      const client = createClient(config);
      clients.push(client);
      return client;
    },
    createRooms: ({ on, sendVoicePayload, maxRooms }) => {
      rooms = createMemoryRooms({ on, sendVoicePayload, maxRooms, readyAtOnce });
      return rooms;
    },
    ...(tools && { createTools: () => tools }),
  });
  onTestFinished(() => parley.close());
  if (rooms === undefined) throw new Error('the bot made no rooms');
  const kill = async (): Promise<void> => {
    clock.stop();
    for (const client of clients) {
      client.removeAllListeners();
      await client.destroy();
    }
  };
  return { parley, rooms, log, kill, [Symbol.asyncDispose]: () => parley.close() };
}
