/**
 * Makes simulated members act on the loopback Discord.
 */
import { CHAT_INPUT, type Commands, type RegisteredCommand } from '../commands.ts';
import type { Interaction, InteractionWatch } from '../interactions/interaction.ts';
import type { Interactions, Started } from '../interactions/interactions.ts';
import type { MessageBody, Messages } from '../messages.ts';
import type { VoiceStates } from '../voice-states.ts';
import type { ChannelState, GuildState, MemberState } from '../world/guild-state.ts';
import { channelOf } from '../world/guild-state.ts';
import { has, type PermissionName, permissionsIn } from '../world/permissions.ts';
import { messageJson, userJson } from '../world/serialise.ts';
import type { World } from '../world/world.ts';
import { commandData } from './command-data.ts';
import { interactionPayload } from './interaction-payload.ts';
import { filledIn, PartType, selectionProblem, usablePart } from './message-parts.ts';
import type { CommandCall, Person } from './person.ts';

export interface PersonDeps {
  readonly world: World;
  readonly commands: Commands;
  readonly interactions: Interactions;
  readonly messages: Messages;
  readonly voiceStates: VoiceStates;
}

const MESSAGE_COMMAND = 3;
const DEFAULT_LOCALE = 'en-US';
/** Longer than the 15 s that `/join` may take. */
const UNTIL_MS = 20_000;

export function createPerson(guild: GuildState, member: MemberState, deps: PersonDeps): Person {
  const { world, commands, interactions, messages, voiceStates } = deps;
  const { id, name } = member.user;

  const may = (channel: ChannelState, permission: PermissionName): boolean =>
    has(permissionsIn(guild, channel, member), permission);
  const mayOrThrow = (channel: ChannelState, ...needed: readonly PermissionName[]): void => {
    for (const one of needed) if (!may(channel, one)) throw new Error(`${name} lacks ${one} in ${channel.name}`);
  };
  const somewhere = (): ChannelState => {
    const channel = guild.channels.find((one) => one.kind === 'text' && may(one, 'ViewChannel'));
    if (!channel) throw new Error(`${name} sees no text channel`);
    return channel;
  };

  const watching = (interaction: Interaction): InteractionWatch => ({
    interaction,
    until: (check, timeoutMs = UNTIL_MS) => until(interactions, interaction, check, timeoutMs),
  });
  const start = (
    started: Omit<Started, 'user' | 'guild'>,
    data: object,
    locale: string = DEFAULT_LOCALE,
  ): InteractionWatch => {
    const message = started.source ? messageJson(started.source) : undefined;
    const all = { ...started, user: member.user, guild };
    return watching(
      interactions.start(all, (interaction) => interactionPayload(interaction, world, locale, data, message)),
    );
  };

  const commandFor = (commandName: string, type: number, channel: ChannelState): RegisteredCommand => {
    const command = commands.find(guild.id, commandName, type);
    if (!command) throw new Error(`there is no command ${commandName}`);
    mayOrThrow(channel, 'ViewChannel', 'UseApplicationCommands');
    const needed = BigInt(command.default_member_permissions ?? 0);
    if ((permissionsIn(guild, channel, member) & needed) !== needed)
      throw new Error(`${name} does not see ${commandName}`);
    return command;
  };

  const ask = (
    commandName: string,
    call: CommandCall,
    focus: { option: string; typed: string } | null,
  ): InteractionWatch => {
    const channel = call.channel ?? somewhere();
    const command = commandFor(commandName, CHAT_INPUT, channel);
    const { data, focusedType } = commandData(command, call, guild, focus);
    const kind = focus === null ? 'command' : 'autocomplete';
    return start({ kind, name: commandName, channel, source: null, focusedType }, data, call.locale);
  };

  const press = (message: Interaction['messages'][number], customId: string, data: object): InteractionWatch => {
    const channel = channelOf(guild, message.channelId) ?? somewhere();
    if (message.privateTo !== null && message.privateTo !== id) throw new Error(`${name} does not see that message`);
    return start(
      { kind: 'component', name: customId, channel, source: message, focusedType: 0 },
      { ...data, custom_id: customId },
    );
  };

  return {
    id,
    name,
    get voice() {
      return voiceStates.voiceOf(id);
    },
    joinVoice(channel) {
      mayOrThrow(channel, 'Connect');
      return voiceStates.join(guild, channel, id);
    },
    leaveVoice: () => voiceStates.leave(guild, id),
    setVoice: (change) => voiceStates.change(guild, id, change),
    command: (commandName, call = {}) => ask(commandName, call, null),
    async suggestions(commandName, option, typed, call = {}) {
      const watch = ask(commandName, call, { option, typed });
      const { state } = await watch.until((one) => one.state.status !== 'pending');
      if (state.status !== 'choices') throw new Error('no suggestions came');
      return state.choices;
    },
    click(message, customId) {
      usablePart(message.components, customId, PartType.button);
      return press(message, customId, { component_type: PartType.button, id: 1 });
    },
    select(message, customId, values) {
      const problem = selectionProblem(usablePart(message.components, customId, PartType.stringSelect), values);
      if (problem !== null) throw new Error(`${customId}: ${problem}`);
      return press(message, customId, { component_type: PartType.stringSelect, id: 1, values });
    },
    submit(shown, values) {
      if (shown.state.status !== 'modal') throw new Error('no modal was shown');
      const modal = shown.state.modal as { custom_id: string; components: readonly unknown[] };
      const { channel, source } = shown;
      const data = { custom_id: modal.custom_id, components: filledIn(modal.components, values) };
      return start({ kind: 'modal', name: modal.custom_id, channel, source, focusedType: 0 }, data);
    },
    messageCommand(commandName, message) {
      const channel = channelOf(guild, message.channelId) ?? somewhere();
      const command = commandFor(commandName, MESSAGE_COMMAND, channel);
      const resolved = {
        messages: { [message.id]: messageJson(message) },
        users: { [message.author.id]: userJson(message.author) },
      };
      const data = {
        id: command.id,
        name: commandName,
        type: MESSAGE_COMMAND,
        guild_id: guild.id,
        target_id: message.id,
        resolved,
      };
      return start({ kind: 'command', name: commandName, channel, source: null, focusedType: 0 }, data);
    },
    write(channel, content, { replyTo, withoutPing = false, files = [] } = {}) {
      mayOrThrow(channel, 'ViewChannel', 'SendMessages');
      const allowed = withoutPing ? { allowed_mentions: { parse: ['users'], replied_user: false } } : {};
      const body: MessageBody = { content, ...allowed };
      const uploads = files.map((file, index) => ({ ...file, index }));
      return messages.post({ guild, channel, author: member.user, body, files: uploads, replyTo: replyTo ?? null });
    },
    deleteMessage: (message) => messages.remove(message),
  };
}

function until(
  interactions: Interactions,
  interaction: Interaction,
  check: (interaction: Interaction) => boolean,
  timeoutMs: number,
): Promise<Interaction> {
  const { promise, resolve, reject } = Promise.withResolvers<Interaction>();
  const look = (): void => {
    if (check(interaction)) resolve(interaction);
  };
  const end = interactions.watch(interaction, look);
  const timer = setTimeout(() => {
    const said = interaction.messages.map(({ content }) => content).join(' | ');
    reject(new Error(`${interaction.name}: not answered as expected within ${timeoutMs} ms; so far "${said}"`));
  }, timeoutMs);
  look();
  return promise.finally(() => {
    clearTimeout(timer);
    end();
  });
}
