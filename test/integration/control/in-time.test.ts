import { ApplicationCommandOptionType as OptionType } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import type { Interaction } from '../../../src/rehearsal/discord/interactions/interaction.ts';
import type { CommandCall, OptionValue, Person } from '../../../src/rehearsal/discord/people/person.ts';
import { createSkippingClock } from '../voice/skipping-clock.ts';
import { answered, startBot, startDiscord, words } from './harness.ts';

interface Call extends CommandCall {
  readonly name: string;
}

type OptionBody = NonNullable<(typeof commands)[number]['body']['options']>[number];

/** Something that the option takes, so that the command comes to do what it does; undefined: best left out. */
function valueFor(option: OptionBody): OptionValue | undefined {
  const known: Readonly<Record<string, OptionValue>> = { 'voice.name': 'Puck', code: 'de', name: 'google_search' };
  if ('choices' in option && option.choices?.[0]) return option.choices[0].value;
  if (option.type === OptionType.String) return known[option.name] ?? 'Puck';
  if (option.type === OptionType.Integer) return option.min_value ?? 1;
  return undefined;
}

function optionsOf(options: readonly OptionBody[]): Readonly<Record<string, OptionValue>> {
  const given = options.flatMap((option) => {
    const value = valueFor(option);
    return value === undefined ? [] : [[option.name, value] as const];
  });
  return Object.fromEntries(given);
}

/** Every command once, those with subcommands once for each. */
const CALLS: readonly Call[] = commands.flatMap(({ name, body: { options = [] } }): readonly Call[] => {
  const subcommands = options.filter((option) => option.type === OptionType.Subcommand);
  if (subcommands.length === 0) return [{ name, options: optionsOf(options) }];
  return subcommands.map((sub) => ({ name, subcommand: sub.name, options: optionsOf(sub.options ?? []) }));
});

const title = ({ name, subcommand }: Call): string => [`/${name}`, subcommand].filter(Boolean).join(' ');

/** Longer than anything that waits for the Live service. */
const LONG_MS = 20_000;

async function withRoom(state: 'none' | 'joining' | 'hanging') {
  const clock = createSkippingClock();
  const discord = await startDiscord();
  const { rooms } = await startBot(discord, { clock, readyAtOnce: state !== 'joining' });
  const olive = discord.control.person('Olive');
  olive.joinVoice(discord.control.channel('Lounge'));
  const join = state === 'none' ? null : olive.command('join');
  if (state === 'joining') await expect.poll(() => rooms.opened.length).toBe(1);
  if (state === 'hanging') await join?.until(answered);
  rooms.hang(true);
  return { clock, discord, olive };
}

/** A form is sent on as it is. */
async function begin(olive: Person, { name, ...call }: Call) {
  const first = olive.command(name, call);
  const { state } = await first.until(({ state: now }) => now.status !== 'pending');
  return state.status === 'modal' ? olive.submit(first.interaction, {}) : first;
}

/** "Still at it …" is none. */
const isEnd = (it: Interaction): boolean => answered(it) && words(it) !== '' && !words(it).endsWith('…');

describe.each(['none', 'joining', 'hanging'] as const)('with a Live service that hangs, room: %s', (state) => {
  test.each(CALLS.map((call) => [title(call), call] as const))(
    '%s is answered within 3 s, and has an end',
    async (_, call) => {
      const { clock, discord, olive } = await withRoom(state);
      const watch = await begin(olive, call);
      await watch.until(({ state: now }) => now.status !== 'pending');
      const skipping = setInterval(() => clock.skip(LONG_MS / 8), 5);
      await watch.until(isEnd).finally(() => clearInterval(skipping));
      // Late answers and those that never came are violations of the loopback's.
      expect(discord.violations).toEqual([]);
      clock.close();
    },
  );
});
