/**
 * A room with its panel, and what is there of panels to be seen and pressed.
 */
import { expect, onTestFinished } from 'vitest';
import { type Part, partsOf } from '../../../src/rehearsal/discord/people/message-parts.ts';
import type { ChannelState, MessageState } from '../../../src/rehearsal/discord/world/guild-state.ts';
import { createSkippingClock } from '../voice/skipping-clock.ts';
import { answered, type BotOptions, posted, startBot, startDiscord } from './harness.ts';

const COMPONENTS_V2 = 1 << 15;
/** A little more than the least time between two edits. */
export const NEXT_EDIT_MS = 2_100;

type VoiceOption = { readonly label: string; readonly value: string; readonly description: string; default: boolean };

const isPanel = ({ flags }: MessageState): boolean => (flags & COMPONENTS_V2) !== 0;
export const panelsIn = (channel: ChannelState): MessageState[] => channel.messages.filter(isPanel);
export const partOf = ({ components }: MessageState, action: string): Part | undefined =>
  partsOf(components).find(({ custom_id }) => custom_id?.startsWith(`panel:${action}:`));
export const voices = (message: MessageState): readonly VoiceOption[] =>
  (partOf(message, 'voice')?.options ?? []) as readonly VoiceOption[];
export const isOff = (message: MessageState): boolean =>
  ['stop', 'leave', 'voice'].every((action) => partOf(message, action)?.disabled === true);

export function latestPanel(channel: ChannelState): MessageState {
  const panel = panelsIn(channel).at(-1);
  if (panel === undefined) throw new Error(`there is no panel in ${channel.name}`);
  return panel;
}

/** The custom id of a panel's control. */
export function idOf(message: MessageState, action: string): string {
  return partOf(message, action)?.custom_id ?? `no ${action}`;
}

const PEOPLE = ['Olive', 'Adam', 'Beth', 'Carl', 'Dora', 'Emil', 'Fred'];

/** Adam has called the bot into the lounge; Olive owns the server. */
export async function joined(options: BotOptions = {}, locale = 'en-US') {
  const clock = createSkippingClock();
  onTestFinished(() => clock.close());
  const discord = await startDiscord({
    // Where time is skipped, Discord's limits by the second mean nothing.
    rateLimited: false,
    guilds: [
      {
        locale,
        channels: [{ name: 'general' }, ...['Lounge', 'Studio'].map((name) => ({ name, kind: 'voice' as const }))],
        people: [...PEOPLE.map((name) => ({ name })), { name: 'Jukebox', bot: true }],
      },
    ],
  });
  const bot = await startBot(discord, { clock, ...options });
  const { control } = discord;
  const lounge = control.channel('Lounge');
  const adam = control.person('Adam');
  adam.joinVoice(lounge);
  await adam.command('join').until(answered);
  clock.skip(NEXT_EDIT_MS);
  return { ...bot, discord, control, clock, lounge, adam, read: () => posted(lounge).join('\n') };
}

type Joined = Awaited<ReturnType<typeof joined>>;

/** The room ends while Discord refuses everything: its panel stays as it was. */
export async function endUnseen({ control, rooms, log }: Pick<Joined, 'control' | 'rooms' | 'log'>): Promise<void> {
  control.rest.failWith = 403;
  rooms.latest().end({ kind: 'failed', problem: { code: 'VOICE_KICKED', details: {} } });
  await expect.poll(() => log.messages('warn')).toContain('a panel could not be brought up to date');
  control.rest.failWith = null;
}
