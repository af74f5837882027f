/**
 * The whole bot in this process (rooms in the main thread, real sockets, real speech) between both loopbacks.
 *
 * Every test ends with both loopbacks free of violations, unless it says which it means to provoke.
 */
import { afterAll, expect, type TestContext } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { type Parley, startParley } from '../../src/parley.ts';
import type { Interaction } from '../../src/rehearsal/discord/interactions/interaction.ts';
import { type LoopbackDiscord, startLoopbackDiscord } from '../../src/rehearsal/discord/loopback-discord.ts';
import { wordsOf } from '../../src/rehearsal/discord/message-words.ts';
import type { VoiceMember } from '../../src/rehearsal/discord/voice/member.ts';
import type { SpeakOptions } from '../../src/rehearsal/discord/voice/speak.ts';
import type { GuildSpec } from '../../src/rehearsal/discord/world/world.ts';
import type { LiveWindow } from '../../src/rehearsal/live/live-event.ts';
import {
  type LoopbackLive,
  type LoopbackLiveOptions,
  startLoopbackLive,
} from '../../src/rehearsal/live/loopback-live.ts';
import { measure } from '../../src/rehearsal/speech/loudness.ts';
import { createSpeechThread } from '../../src/rehearsal/speech/speech-thread.ts';
import { knownUtterance } from '../../src/rehearsal/speech/utterances.ts';
import { createRooms } from '../../src/room/rooms.ts';
import type { Tool } from '../../src/tools/define-tool.ts';
import { type Clock, systemClock } from '../../src/types/clock.ts';
import { trustedCertificate } from '../kit/certificate.ts';
import { createRecordingLog, type RecordingLog } from '../kit/recording-log.ts';

/** One for all tests of a file: preparing the recogniser takes a second. */
const speech = createSpeechThread();
afterAll(() => speech.close());

const certificate = trustedCertificate();

const DISCORD_RATE = 48_000;
/** What Discord's own voice detection lets through around the speech. */
const MARGIN_MS = 40;
/** Short, and unlike anything that is asked. */
export const SHORT_ANSWER = 'Yes, of course.';

export interface World {
  readonly discord: LoopbackDiscord;
  readonly live: LoopbackLive;
  readonly parley: Parley;
  readonly log: RecordingLog;
  /** Puts a member of that name into a voice channel, the lounge unless told. */
  enter(name: string, channel?: string): VoiceMember;
  /** Runs `/join` for a member in the channel and waits until the bot is there, encrypted, and has said with its tone that it listens. */
  join(name: string): Promise<Interaction>;
  /** Runs a command to its answer; the words of that. */
  command(name: string, command: string): Promise<string>;
  /** A member says one of the known utterances. Resolves when the last packet has left. */
  say(member: VoiceMember, id: string, options?: SpeakOptions): ReturnType<VoiceMember['speak']>;
  /** The window with that number (0 is the first), as soon as it is closed and recognised. */
  window(index: number): Promise<LiveWindow>;
  /** The answer to that window, when all of it was sent. */
  answer(index: number): Promise<NonNullable<LiveWindow['answer']>>;
  /** What the room's channel reads. */
  posted(channel?: string): string;
}

export interface WorldOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly live?: Partial<LoopbackLiveOptions>;
  readonly guilds?: readonly GuildSpec[];
  /** The application may read what is not for it. */
  readonly messageContent?: boolean;
  readonly clock?: Clock;
  /** In place of the functions that Parley brings along. */
  readonly tools?: readonly Tool[];
  /** As in an `mcp.json`. */
  readonly mcpServers?: Readonly<Record<string, object>>;
  /** The test provokes violations and looks at them itself. */
  readonly violationsMeant?: boolean;
}

/** @param context of the test, which may run beside others: most of it is waiting for people to finish speaking */
export async function startWorld(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  options: WorldOptions = {},
): Promise<World> {
  const { clock = systemClock, guilds, tools, messageContent = false } = options;
  const live = await startLoopbackLive({ speech, ...options.live });
  onTestFinished(() => live.close());
  const discord = await startLoopbackDiscord({
    ...{ certificate: await certificate, messageContent },
    ...(guilds ? { guilds } : {}),
  });
  onTestFinished(() => discord.close());
  const log = createRecordingLog();
  const parley = await startParley(configOf(discord, live, options), {
    log,
    clock,
    signal: new AbortController().signal,
    onRefused: (problem) => log.error({ err: problem }, 'refused'),
    createRooms,
    ...(tools && { createTools: () => tools }),
  });
  onTestFinished(async () => {
    await parley.close(0);
    if (options.violationsMeant) return;
    expect(live.violations).toEqual([]);
    expect(discord.violations).toEqual([]);
    expect(discord.voice.violations).toEqual([]);
  });
  return { discord, live, parley, log, ...actions(discord, live) };
}

/** Answered, and not only with "still connecting": a machine that is busy takes its time to join. */
function isDecided({ state, messages }: Interaction): boolean {
  return state.status === 'answered' && messages[0]?.content.startsWith('Still connecting') === false;
}

function configOf(discord: LoopbackDiscord, live: LoopbackLive, { env, mcpServers, messageContent }: WorldOptions) {
  const result = readConfig(
    {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      GEMINI_API_KEY: 'no-key',
      GEMINI_BASE_URL: live.url,
      DATABASE_URL: 'sqlite::memory:',
      HTTP_PORT: '0',
      ROOM_THREADS: '0',
      ...(messageContent && { MESSAGE_CONTENT: 'true' }),
      ...(mcpServers && { MCP_CONFIG: 'mcp.json' }),
      ...env,
    },
    () => (mcpServers === undefined ? '' : JSON.stringify({ mcpServers })),
  );
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.config;
}

function actions(discord: LoopbackDiscord, live: LoopbackLive) {
  const { control } = discord;
  const complete = new Set<number | null>();
  live.on((event) => {
    if (event.type === 'turnComplete') complete.add(event.window);
  });
  const windowWhen = async (index: number, ready: (window: LiveWindow) => boolean): Promise<LiveWindow> => {
    const { promise, resolve, reject } = Promise.withResolvers<LiveWindow>();
    const look = (): void => {
      const window = live.windows[index];
      if (window && ready(window)) resolve(window);
    };
    const stop = live.on(() => queueMicrotask(look));
    const timer = setTimeout(
      () => reject(new Error(`window ${index} did not come so far; there are ${live.windows.length}`)),
      20_000,
    );
    look();
    return promise.finally(() => {
      clearTimeout(timer);
      stop();
    });
  };
  return {
    enter: (name: string, channel = 'Lounge') => control.person(name).joinVoice(control.channel(channel)),
    async join(name: string) {
      const reply = await control.person(name).command('join').until(isDecided);
      const channel = control.botChannel();
      if (channel === null) throw new Error(`the bot did not come: ${reply.messages[0]?.content}`);
      await discord.voice.call(channel.id)?.until((call) => call.botSecured || call.memberIds.length === 0);
      // The short tone that tells that it listens.
      await control
        .person(name)
        .voice?.heard.until(({ voiced, flags }) => voiced.length > 0 && flags.at(-1)?.speaking === false);
      return reply;
    },
    async command(name: string, command: string) {
      const { messages } = await control.person(name).command(command).until(isDecided);
      return messages[0]?.content ?? '';
    },
    say: async (member: VoiceMember, id: string, speakOptions?: SpeakOptions) =>
      member.speak(await spoken(id), speakOptions),
    window: (index: number) =>
      windowWhen(index, ({ endedAt, recognition }) => endedAt !== null && recognition !== null),
    answer: async (index: number) => {
      const { answer } = await windowWhen(index, () => complete.has(index));
      if (answer === null) throw new Error(`window ${index} was not answered`);
      return answer;
    },
    posted: (channel = 'Lounge') => control.channel(channel).messages.map(wordsOf).join('\n'),
  };
}

/** A known utterance as a microphone with voice detection sends it: 48 kHz mono. */
export async function spoken(id: string): Promise<Int16Array> {
  const pcm = await speech.load(knownUtterance(id), DISCORD_RATE);
  const { span } = measure(pcm, DISCORD_RATE);
  if (span === null) return pcm;
  const samples = (ms: number): number => Math.round((ms * DISCORD_RATE) / 1_000);
  return pcm.slice(Math.max(0, samples(span.startMs - MARGIN_MS)), samples(span.endMs + MARGIN_MS));
}

/** How much shorter or longer an utterance is at the Live side than it was, ms. */
export function lengthOff({ recognition }: LiveWindow): number {
  const span = recognition?.loudness.span;
  const original = recognition?.best?.originalSpanMs;
  return span && original !== undefined ? span.endMs - span.startMs - original : Number.NaN;
}
