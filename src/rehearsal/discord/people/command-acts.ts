/**
 * A member runs commands: from the text box, with suggestions while typing, and from the menu of a message.
 */
import { CHAT_INPUT, type RegisteredCommand } from '../commands.ts';
import type { InteractionWatch } from '../interactions/interaction.ts';
import type { ChannelState } from '../world/guild-state.ts';
import { memberOf } from '../world/guild-state.ts';
import { ALL_PERMISSIONS, permissionsIn } from '../world/permissions.ts';
import { commandData, type Focus } from './command-data.ts';
import type { Habits } from './habits.ts';
import type { CommandCall, Person } from './person.ts';
import { createResolved } from './resolved.ts';

const MESSAGE_COMMAND = 3;
/** Where a command is offered: in servers. */
const IN_GUILDS = 0;

export function commandActs(habits: Habits): Pick<Person, 'command' | 'suggestions' | 'messageCommand'> {
  const { guild, member, deps } = habits;
  const bot = (): ReturnType<typeof memberOf> => memberOf(guild, deps.world.bot.id);

  const commandFor = (name: string, type: number, channel: ChannelState): RegisteredCommand => {
    const command = bot() && deps.commands.find(guild.id, name, type);
    if (!command || command.contexts?.includes(IN_GUILDS) === false) throw new Error(`there is no command ${name}`);
    habits.needs(channel, 'ViewChannel', 'UseApplicationCommands');
    if (!sees(command, permissionsIn(guild, channel, member)))
      throw new Error(`${member.user.name} does not see ${name}`);
    return command;
  };

  const ask = (name: string, call: CommandCall, focus: Focus | null): InteractionWatch => {
    const channel = call.channel ?? habits.somewhere();
    const command = commandFor(name, CHAT_INPUT, channel);
    const upload = (file: Parameters<typeof deps.files.keep>[1]) => deps.files.keep(channel.id, file);
    const { data, focusedType } = commandData(command, call, { guild, member, bot: bot(), upload }, focus);
    const kind = focus === null ? 'command' : 'autocomplete';
    return habits.start({ kind, name, channel, source: null, focusedType }, data, call.locale);
  };

  return {
    command: (name, call = {}) => ask(name, call, null),
    async suggestions(name, option, typed, call = {}) {
      const { state } = await ask(name, call, { option, typed }).until((one) => one.state.status === 'choices');
      return state.status === 'choices' ? state.choices : [];
    },
    messageCommand(name, message) {
      const channel = habits.reach(message);
      const command = commandFor(name, MESSAGE_COMMAND, channel);
      const resolved = createResolved(guild, member, bot());
      resolved.message(message);
      const target = { guild_id: guild.id, target_id: message.id, resolved: resolved.json() };
      const data = { id: command.id, name, type: MESSAGE_COMMAND, ...target };
      return habits.start({ kind: 'command', name, channel, source: null, focusedType: 0 }, data);
    },
  };
}

/** Whoever has the permissions that the command asks for; of those with none at all, administrators only. */
function sees({ default_member_permissions: needed }: RegisteredCommand, permissions: bigint): boolean {
  if (permissions === ALL_PERMISSIONS || needed == null) return true;
  return BigInt(needed) !== 0n && (permissions & BigInt(needed)) === BigInt(needed);
}
