/**
 * Where the live benchmarks play: both loopbacks, the real bot as a child process, and as many servers as are wanted, each with a room
 * in which Parley is present and listens.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type BotLine, type BotProcess, startBot } from '../../src/rehearsal/bot-process.ts';
import type { VoiceMember } from '../../src/rehearsal/discord/voice/member.ts';
import type { GuildSpec } from '../../src/rehearsal/discord/world/world.ts';
import { type Ears, earsOf } from '../../src/rehearsal/ears.ts';
import type { Respond } from '../../src/rehearsal/live/answer.ts';
import type { LoopbackLiveOptions } from '../../src/rehearsal/live/loopback-live.ts';
import { openStage, type Stage } from '../../src/rehearsal/stage.ts';
import { deafSpeech } from './deaf-speech.ts';
import { ms } from './statistics.ts';

/** One server with Parley in its voice channel. */
export interface Room {
  readonly adam: VoiceMember;
  readonly beth: VoiceMember;
  /** Adam's: everybody hears the same. */
  readonly ears: Ears;
}

export interface Venue extends AsyncDisposable {
  readonly stage: Stage;
  readonly bot: BotProcess;
  readonly rooms: readonly Room[];
  /** The only one, or the first. */
  readonly room: Room;
  /** Errors that the bot logged and violations that the stand-ins saw, in words. */
  problems(): string[];
  /** How late this process itself was since the rooms were open: what it measures is no better than that. */
  lateness(): string;
}

export interface VenueOptions {
  /** What the Live side answers. */
  readonly respond: Respond;
  readonly rooms?: number;
  /** Names of members besides the two who talk. */
  readonly others?: readonly string[];
  /** Whether Discord's rate limits hold; benchmarks that ask faster than people do can do without. */
  readonly rateLimited?: boolean;
  readonly live?: Partial<LoopbackLiveOptions>;
  /** Settings of the bot besides those of the stage. */
  readonly env?: Readonly<Record<string, string>>;
  readonly execArgv?: readonly string[];
  readonly onLine?: (line: BotLine) => void;
  /** False spares the listener on the Live wire, which tells one conversation from another only when there is one. */
  readonly tapped?: boolean;
}

/** `/join` may take 15 s; then the tone that tells that Parley listens. */
const LISTENING_MS = 20_000;
/** How often the event loop is looked at; the histogram holds whole intervals, so this is taken off again. */
const LAG_RESOLUTION_MS = 5;

export async function openVenue(options: VenueOptions): Promise<Venue> {
  const { respond, rooms: count = 1, live = {}, env = {}, execArgv = [], onLine = () => {}, tapped = true } = options;
  const { others = [], rateLimited = false } = options;
  const guilds = Array.from({ length: count }, (_, index) => guildSpec(index, others));
  await using parts = new AsyncDisposableStack();
  const stage = parts.use(
    await openStage({
      live: { kind: 'loopback' },
      discordOptions: { guilds, rateLimited },
      liveOptions: { respond, speech: deafSpeech, ...live },
    }),
  );
  const base = tapped ? {} : { GEMINI_BASE_URL: stage.loopbackLive?.url ?? '' };
  const bot = startBot({ ...stage.env, ...base, ...env }, onLine, { execArgv });
  parts.defer(async () => void (await bot.stop()));
  await bot.ready;
  const rooms: Room[] = [];
  for (let index = 0; index < count; index++) rooms.push(await openRoom(stage, guildName(index)));
  const [room] = rooms;
  if (room === undefined) throw new RangeError('a venue has at least one room');
  const lag = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS });
  lag.enable();
  parts.defer(() => void lag.disable());
  const owned = parts.move();
  return {
    stage,
    bot,
    rooms,
    room,
    problems: () => problemsOf(stage, bot),
    lateness: () =>
      `the measuring process itself was late by p99 ${ms(lag.percentile(99) / 1e6 - LAG_RESOLUTION_MS)} ms`,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

const guildName = (index: number): string => `Server ${index + 1}`;

function guildSpec(index: number, others: readonly string[]): GuildSpec {
  return {
    name: guildName(index),
    channels: [{ name: 'general' }, { name: 'Lounge', kind: 'voice' }],
    people: ['Adam', 'Beth', ...others].map((name) => ({ name })),
  };
}

async function openRoom({ discord: { control } }: Stage, name: string): Promise<Room> {
  const guild = control.guild(name);
  const channel = control.channel('Lounge', guild);
  const caller = control.person('Adam', guild);
  const adam = caller.joinVoice(channel);
  const beth = control.person('Beth', guild).joinVoice(channel);
  const ears = earsOf(adam);
  const mark = ears.mark();
  const { interaction } = caller.command('join');
  if (!(await ears.silent(mark, LISTENING_MS))) {
    const words = interaction.messages.at(-1)?.content ?? 'it said nothing';
    throw new Error(`Parley does not listen in ${name}: ${words}`);
  }
  return { adam, beth, ears };
}

function problemsOf({ discord, loopbackLive }: Stage, { troubles }: BotProcess): string[] {
  const errors = troubles.filter(({ level }) => level !== 'warn').map(({ msg }) => `the bot logged an error: ${msg}`);
  const violations = [...discord.violations, ...discord.voice.violations, ...(loopbackLive?.violations ?? [])];
  return [...errors, ...violations.map(({ rule, detail }) => `violation: ${rule}: ${detail}`)];
}
