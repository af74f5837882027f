/**
 * What a server reads when the bot is added to it: three lines of help, or why it may not be used there.
 */
import { ChannelType, type Client, Events, type Guild, type GuildTextBasedChannel, type TextChannel } from 'discord.js';
import { publicLocale } from '../i18n/locales.ts';
import { translator } from '../i18n/translate.ts';
import type { Log } from '../types/log.ts';
import type { GuildSettings } from './guild-settings.ts';
import { createNoticeBoard } from './notice-board.ts';

export interface WelcomeOptions {
  /** Guilds that may use the bot; null for all. */
  readonly allowedGuilds: readonly string[] | null;
  readonly settings: Pick<GuildSettings, 'read'>;
  readonly log: Log;
}

/**
 * Listens to a client; its listener goes with the client. A server that comes back after an outage, or that is there at the
 * start, is no new one: for those discord.js has other events (`GUILD_CREATE.js`).
 */
export function attachWelcome(client: Client, { allowedGuilds, settings, log }: WelcomeOptions): void {
  const welcome = async (guild: Guild): Promise<void> => {
    // A server that was here before may have a language set.
    const { language } = (await settings.read(guild.id)).settings;
    const t = translator(publicLocale(language, guild.preferredLocale));
    const mayUse = allowedGuilds?.includes(guild.id) ?? true;
    const text = mayUse
      ? `${t('welcome.hello')}\n${t('welcome.help')}\n${t('welcome.privacy')}`
      : t('welcome.notAllowed');
    const posted = await createNoticeBoard(placesFor(guild), log).post(text);
    log.info({ guildId: guild.id, mayUse, posted }, 'the bot was added to a server');
  };
  client.on(Events.GuildCreate, (guild) => {
    welcome(guild).catch((error: unknown) => log.error({ err: error, guildId: guild.id }, 'a server was not welcomed'));
  });
}

/** Where Discord itself posts, then the text channels from the top down. */
function placesFor({ channels, systemChannel }: Guild): readonly GuildTextBasedChannel[] {
  const texts = [...channels.cache.values()].filter((channel) => channel.type === ChannelType.GuildText);
  const others = texts.filter(({ id }) => id !== systemChannel?.id).toSorted(asShown);
  return systemChannel === null ? others : [systemChannel, ...others];
}

/** Channels without a category stand above all categories. */
function asShown(one: TextChannel, other: TextChannel): number {
  const category = ({ parent }: TextChannel): number => parent?.rawPosition ?? -1;
  return category(one) - category(other) || one.rawPosition - other.rawPosition;
}
