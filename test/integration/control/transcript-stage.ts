/**
 * A server with a voice room in which the test speaks for people and for the model.
 */
import { expect, onTestFinished } from 'vitest';
import type { ChannelState } from '../../../src/rehearsal/discord/world/guild-state.ts';
import type { PersonSpec } from '../../../src/rehearsal/discord/world/world.ts';
import { createSkippingClock } from '../voice/skipping-clock.ts';
import {
  answered,
  type Bot,
  type BotOptions,
  type Loopback,
  posted,
  startBot,
  startDiscord,
  words,
} from './harness.ts';

export interface TranscriptStage {
  readonly discord: Loopback;
  readonly general: ChannelState;
  readonly lounge: ChannelState;
  /** Starts a bot, and with `join` has Adam call it into the lounge. */
  start(options?: BotOptions & { readonly join?: boolean }): Promise<Bot>;
  /** Somebody who may manage the server runs a subcommand; the words of the answer. */
  transcript(subcommand: string, channel?: ChannelState, who?: string): Promise<string>;
  /** A turn of a member, whole or as far as it is known. */
  says(bot: Bot, name: string, turn: number, text: string, final?: boolean): void;
  /** A turn of the model. */
  answers(bot: Bot, turn: number, text: string, change?: { final?: boolean; interrupted?: boolean }): void;
  /** The threads of the server, the oldest first. */
  threads(): readonly ChannelState[];
  /** What stands in the newest thread, or in a channel, once it is as wanted; the second of pause between two calls is skipped. */
  written(wanted: readonly string[], channel?: ChannelState): Promise<void>;
  /** Like `expect.poll`, with a second skipped before each look. */
  eventually<T>(read: () => T): ReturnType<typeof expect.poll<T>>;
  /** Lets time pass for the bot. */
  skip(ms: number): void;
}

/** Noon of a day; the bot's calendar stands still unless a test moves it. */
export const NOON = Date.UTC(2026, 10, 24, 12);
export const DAY_MS = 86_400_000;

const PEOPLE: readonly PersonSpec[] = [
  { name: 'Olive' },
  { name: 'Adam' },
  { name: 'Beth' },
  { name: 'Mona', permissions: ['ManageGuild'] },
];

export async function transcriptStage({ locale = 'en-US', people = PEOPLE } = {}): Promise<TranscriptStage> {
  const channels = [
    { name: 'general' },
    { name: 'Lounge', kind: 'voice' as const },
    { name: 'Secret', kind: 'voice' as const },
  ];
  const discord = await startDiscord({ guilds: [{ name: 'first', locale, channels, people }] });
  const { control } = discord;
  const clock = createSkippingClock();
  onTestFinished(() => clock.close());
  const general = control.channel('general');
  const lounge = control.channel('Lounge');
  const threads = () => control.guild().channels.filter(({ kind }) => kind === 'thread');
  const tell = (bot: Bot, change: object): void => {
    const room = bot.rooms.latest();
    room.tells({
      ...{ type: 'transcript', roomId: room.id, role: 'user', turn: 1, text: '', final: true },
      ...{ interrupted: false, speakerIds: [], ...change },
    });
  };
  const eventually = <T>(read: () => T) =>
    expect.poll(() => {
      clock.skip(1_000);
      return read();
    });
  return {
    ...{ discord, general, lounge, threads },
    async start({ join = true, ...options } = {}) {
      const bot = await startBot(discord, { clock, now: () => NOON, ...options });
      if (!join) return bot;
      const adam = control.person('Adam');
      if (adam.voice === null) adam.joinVoice(lounge);
      await adam.command('join').until(answered);
      return bot;
    },
    async transcript(subcommand, channel = general, who = 'Mona') {
      return words(await control.person(who).command('transcript', { subcommand, channel }).until(answered));
    },
    says: (bot, name, turn, text, final = true) =>
      tell(bot, { turn, text, final, speakerIds: name.split(' ').map((one) => control.person(one).id) }),
    answers: (bot, turn, text, change = {}) => tell(bot, { role: 'model', turn, text, ...change }),
    async written(wanted, channel) {
      await eventually(() => {
        const place = channel ?? threads().at(-1);
        return place === undefined ? [] : posted(place);
      }).toEqual(wanted);
    },
    eventually,
    skip: (ms) => clock.skip(ms),
  };
}

export const isIntro = expect.stringMatching(/^📝 \*\*Transcript of <#\d+>\*\*/);
