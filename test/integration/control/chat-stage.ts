/**
 * A server with text channels and a voice channel in which people write, and the test answers for the model.
 */
import { expect, onTestFinished } from 'vitest';
import type { Person, WriteOptions } from '../../../src/rehearsal/discord/people/person.ts';
import type { ChannelState, MessageState } from '../../../src/rehearsal/discord/world/guild-state.ts';
import type { PersonSpec } from '../../../src/rehearsal/discord/world/world.ts';
import type { TypedAnswer, TypedTurn } from '../../../src/types/typed-turn.ts';
import type { MemoryRoom } from '../../kit/memory-rooms.ts';
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

export interface ChatStage {
  readonly discord: Loopback;
  readonly bot: Bot;
  readonly general: ChannelState;
  readonly other: ChannelState;
  readonly lounge: ChannelState;
  person(name: string): Person;
  /** Writes something that mentions the bot. */
  calls(name: string, text: string, channel?: ChannelState, options?: WriteOptions): MessageState;
  /** The turn that waits for an answer in the newest room of a text channel, or in that room. */
  asked(room?: MemoryRoom): Promise<TypedTurn>;
  /** Answers that turn, as soon as there is one. */
  answer(answer: TypedAnswer | string, room?: MemoryRoom): Promise<TypedTurn>;
  /** What stands in a channel, once it is as wanted; the second of pause between two edits is skipped. */
  reads(channel: ChannelState, wanted: readonly unknown[]): Promise<void>;
  /** What the bot has posted last in a channel, once it is as wanted. */
  said(channel: ChannelState, wanted: unknown): Promise<MessageState>;
  command(name: string, command: string, call?: Parameters<Person['command']>[1]): Promise<string>;
  /** Has Adam call the bot into the lounge. */
  join(): Promise<MemoryRoom>;
  skip(ms: number): void;
}

const PEOPLE: readonly PersonSpec[] = [
  { name: 'Olive' },
  { name: 'Adam' },
  { name: 'Beth' },
  { name: 'Mona', permissions: ['ManageGuild'] },
];

export interface ChatStageOptions extends BotOptions {
  /** Everything that is written can be read. */
  readonly intent?: boolean;
  readonly locale?: string;
  readonly people?: readonly PersonSpec[];
}

export async function chatStage(options: ChatStageOptions = {}): Promise<ChatStage> {
  const { intent = false, locale = 'en-US', people = PEOPLE, env = {}, ...rest } = options;
  const channels = [
    { name: 'general' },
    { name: 'other' },
    { name: 'third' },
    { name: 'fourth' },
    { name: 'fifth' },
    { name: 'Lounge', kind: 'voice' as const },
  ];
  const discord = await startDiscord({ messageContent: intent, guilds: [{ name: 'first', locale, channels, people }] });
  const { control } = discord;
  const clock = createSkippingClock();
  onTestFinished(() => clock.close());
  const content = intent ? { MESSAGE_CONTENT: 'true' } : {};
  const bot = await startBot(discord, { clock, ...rest, env: { ...content, ...env } });
  const { rooms } = bot;
  const general = control.channel('general');
  const person = (name: string): Person => control.person(name);

  const asked = async (room?: MemoryRoom): Promise<TypedTurn> => {
    const waiting = (): TypedTurn | undefined => (room ?? rooms.openedText.at(-1))?.typing.unanswered[0];
    await expect.poll(waiting).toBeDefined();
    const turn = waiting();
    if (turn === undefined) throw new Error('nothing was asked');
    return turn;
  };

  return {
    ...{ discord, bot, general, person, asked },
    other: control.channel('other'),
    lounge: control.channel('Lounge'),
    calls: (name, text, channel = general, write = {}) =>
      person(name).write(channel, `<@${control.botId}> ${text}`, write),
    async answer(answer, room) {
      const turn = await asked(room);
      const { typing } = room ?? rooms.latestText();
      typing.answer(typeof answer === 'string' ? { status: 'done', text: answer } : answer);
      return turn;
    },
    async reads(channel, wanted) {
      await expect
        .poll(() => {
          clock.skip(1_000);
          return posted(channel);
        })
        .toEqual(wanted);
    },
    async said(channel, wanted) {
      const ofBot = (): MessageState | undefined =>
        channel.messages.findLast(({ author }) => author.id === control.botId);
      await expect
        .poll(() => {
          clock.skip(1_000);
          return ofBot()?.content;
        })
        .toEqual(wanted);
      const message = ofBot();
      if (message === undefined) throw new Error('the bot has posted nothing');
      return message;
    },
    command: async (name, command, call) => words(await person(name).command(command, call).until(answered)),
    async join() {
      const adam = person('Adam');
      if (adam.voice === null) adam.joinVoice(control.channel('Lounge'));
      await adam.command('join').until(answered);
      return rooms.latest();
    },
    skip: (ms) => clock.skip(ms),
  };
}
