/**
 * Takes every interaction to what answers it, and sees to it that each gets an answer: deferred at once where work is to be
 * done, a clear private message when anything fails, never Discord's "the application did not respond".
 */
import {
  type AutocompleteInteraction,
  type CacheType,
  type ChatInputCommandInteraction,
  type Client,
  DiscordAPIError,
  Events,
  type Interaction,
  MessageFlags,
  RESTJSONErrorCodes,
  type RepliableInteraction,
} from 'discord.js';
import { ParleyError, toProblem } from '../errors.ts';
import { toLocale } from '../i18n/locales.ts';
import { describeProblem, MESSAGE_LENGTH, translator } from '../i18n/translate.ts';
import type { Count, Log } from '../types/log.ts';
import type { Command, CommandServices } from './define-command.ts';

/** A click, a selection, or a modal that was sent. */
type ComponentInteraction<Cached extends CacheType = CacheType> = Extract<
  RepliableInteraction<Cached>,
  { customId: string }
>;

/** Answers clicks, selections and modals whose custom id begins with `NAMESPACE:`. It answers the interaction itself. */
export interface ComponentHandler {
  readonly namespace: string;
  run(interaction: ComponentInteraction<'cached'>, services: CommandServices): Promise<void>;
}

export interface DispatcherOptions {
  readonly commands: readonly Command[];
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

function createDispatcher({ commands, components, services, allowedGuilds, count, log }: DispatcherOptions) {
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
    const t = translator(toLocale(interaction.locale));
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
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      const locale = toLocale(interaction.locale);
      const reply = (text: string) => answerPrivately(interaction, text);
      await command?.run({ ...services, interaction, locale, t: translator(locale), reply });
    });

  const runComponent = (interaction: ComponentInteraction): Promise<void> =>
    guarded(interaction, async () => {
      const handler = byNamespace.get(interaction.customId.split(':')[0] ?? '');
      if ((await turnedAway(interaction, handler !== undefined)) || !interaction.inCachedGuild()) return;
      await handler?.run(interaction, services);
    });

  const suggest = async (interaction: AutocompleteInteraction): Promise<void> => {
    try {
      const command = byName.get(interaction.commandName);
      const here = interaction.inCachedGuild() && mayUse(interaction.guildId);
      const found = here ? ((await command?.suggest?.(interaction)) ?? []) : [];
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

/** Discord cuts nothing: a message that is too long is refused, so it is cut here. */
async function answerPrivately(interaction: RepliableInteraction, text: string): Promise<void> {
  const content = text.length > MESSAGE_LENGTH ? `${text.slice(0, MESSAGE_LENGTH - 1)}…` : text;
  const message = { content, allowedMentions: { parse: [] } };
  if (interaction.deferred || interaction.replied) await interaction.editReply(message);
  else await interaction.reply({ ...message, flags: MessageFlags.Ephemeral });
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
