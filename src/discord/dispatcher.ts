/**
 * Takes every interaction to what answers it, and sees to it that each gets an answer: deferred at once where work is to be
 * done, a clear private message when anything fails, never Discord's "the application did not respond".
 */
import {
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type Client,
  DiscordAPIError,
  Events,
  type Interaction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  RESTJSONErrorCodes,
  type RepliableInteraction,
} from 'discord.js';
import { ParleyError, toProblem } from '../errors.ts';
import { toLocale } from '../i18n/locales.ts';
import { describeProblem, translator } from '../i18n/translate.ts';
import type { Count, Log } from '../types/log.ts';
import type { Command } from './define-command.ts';
import type { ComponentHandler, ComponentInteraction } from './define-component.ts';
import type { MessageCommand } from './define-message-command.ts';
import { answerPrivately } from './private-answer.ts';
import type { Asker, CommandServices, Reply } from './services.ts';

export interface DispatcherOptions {
  readonly commands: readonly Command[];
  readonly messageCommands: readonly MessageCommand[];
  readonly components: readonly ComponentHandler[];
  readonly services: CommandServices;
  /** Guilds that may use the bot; null for all. */
  readonly allowedGuilds: readonly string[] | null;
  readonly count: Count;
  readonly log: Log;
}

/** Discord did not wait for us, or somebody answered before: there is nothing left to answer. */
const TOO_LATE: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
]);

/** Discord shows at most this many suggestions (Discord, "Application Commands", Autocomplete). */
const MOST_SUGGESTIONS = 25;

export function attachDispatcher(client: Client, options: DispatcherOptions): void {
  const dispatcher = createDispatcher(options);
  client.on(Events.InteractionCreate, (interaction) => {
    void dispatcher(interaction);
  });
}

function createDispatcher(options: DispatcherOptions) {
  const { commands, messageCommands, components, services, allowedGuilds, count, log } = options;
  const byName = new Map<string, Command>(commands.map((command) => [command.name, command]));
  const byNamespace = new Map(components.map((handler) => [handler.namespace, handler]));
  const mayUse = (guildId: string): boolean => allowedGuilds?.includes(guildId) ?? true;

  const guarded = async (interaction: RepliableInteraction, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (isTooLate(error)) {
        count('interaction_late_total');
        log.warn({ err: error, interactionId: interaction.id }, 'an interaction could not be answered in time');
        return;
      }
      logFailure(log, interaction, error);
      await answerPrivately(interaction, describeProblem(toLocale(interaction.locale), toProblem(error)));
    }
  };

  /** Answers on the spot what is not to be worked on; true when it did. */
  const turnedAway = async (interaction: RepliableInteraction, known: boolean): Promise<boolean> => {
    const { t } = askerOf(interaction);
    if (!interaction.inCachedGuild()) await answerPrivately(interaction, t('dispatch.guildOnly'));
    else if (!mayUse(interaction.guildId)) throw new ParleyError('GUILD_NOT_ALLOWED');
    else if (!known) await answerPrivately(interaction, t('dispatch.unknown'));
    else return false;
    return true;
  };

  const runCommand = (interaction: ChatInputCommandInteraction): Promise<void> =>
    guarded(interaction, async () => {
      const command = byName.get(interaction.commandName);
      if ((await turnedAway(interaction, command !== undefined)) || !interaction.inCachedGuild()) return;
      const context = { ...services, ...askerOf(interaction), interaction };
      const form = await command?.form?.(context);
      if (form) return void (await interaction.showModal(form));
      const refused = command?.public?.refusal(context) ?? null;
      if (refused !== null) return answerPrivately(interaction, refused);
      const reply = await deferred(interaction, command?.public !== undefined);
      await command?.run({ ...context, reply });
    });

  const runMessageCommand = (interaction: MessageContextMenuCommandInteraction): Promise<void> =>
    guarded(interaction, async () => {
      const command = messageCommands.find(({ body }) => body.name === interaction.commandName);
      if ((await turnedAway(interaction, command !== undefined)) || !interaction.inCachedGuild()) return;
      const context = { ...services, ...askerOf(interaction), interaction };
      const refused = command?.refusal(context) ?? null;
      if (refused !== null) return answerPrivately(interaction, refused);
      await deferred(interaction, true);
      await command?.run(context);
    });

  const runComponent = (interaction: ComponentInteraction): Promise<void> =>
    guarded(interaction, async () => {
      const [namespace = '', ...args] = interaction.customId.split(':');
      const handler = byNamespace.get(namespace);
      if ((await turnedAway(interaction, handler !== undefined)) || !interaction.inCachedGuild()) return;
      const reply = await deferred(interaction);
      await handler?.run({ ...services, ...askerOf(interaction), interaction, args, reply });
    });

  const suggest = async (interaction: AutocompleteInteraction): Promise<void> => {
    try {
      const command = byName.get(interaction.commandName);
      const context = interaction.inCachedGuild() ? { ...services, ...askerOf(interaction), interaction } : null;
      const here = context !== null && mayUse(context.interaction.guildId);
      const found = here ? ((await command?.suggest?.(context)) ?? []) : [];
      await interaction.respond(found.slice(0, MOST_SUGGESTIONS));
    } catch (error) {
      logFailure(log, interaction, error);
      if (!interaction.responded)
        await interaction.respond([]).catch((late: unknown) => logFailure(log, interaction, late));
    }
  };

  return async (interaction: Interaction): Promise<void> => {
    try {
      if (interaction.isChatInputCommand()) await runCommand(interaction);
      else if (interaction.isMessageContextMenuCommand()) await runMessageCommand(interaction);
      else if (interaction.isMessageComponent() || interaction.isModalSubmit()) await runComponent(interaction);
      else if (interaction.isAutocomplete()) await suggest(interaction);
      else if (interaction.isRepliable())
        await guarded(interaction, async () => void (await turnedAway(interaction, false)));
    } catch (error) {
      // Even the message that something failed could not be delivered.
      logFailure(log, interaction, error);
    }
  };
}

function askerOf({ locale }: Interaction): Asker {
  const known = toLocale(locale);
  return { locale: known, t: translator(known) };
}

/** A "thinking …" at once, private unless told; the answer replaces it. */
async function deferred(interaction: RepliableInteraction, isPublic = false): Promise<Reply> {
  await interaction.deferReply(isPublic ? {} : { flags: MessageFlags.Ephemeral });
  return (text, files) => answerPrivately(interaction, text, files);
}

function isTooLate(error: unknown): boolean {
  return error instanceof DiscordAPIError && TOO_LATE.has(error.code);
}

function logFailure(log: Log, interaction: Interaction, error: unknown): void {
  const { code } = toProblem(error);
  const fields = { err: error, guildId: interaction.guildId, interactionId: interaction.id };
  if (code === 'INTERNAL') log.error(fields, 'an interaction failed');
  else log.info(fields, 'an interaction was refused');
}
