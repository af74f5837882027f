/**
 * Keeps account of the servers that the bot was removed from, and has everything that is stored of them deleted in time.
 *
 * A server in an outage is not one that the bot was removed from: discord.js tells the two apart (`guildUnavailable`), and keeps
 * it among the client's guilds, also when it was unavailable at the login.
 */
import { type Client, Events, ShardClientUtil } from 'discord.js';
import type { Store } from '../store/store.ts';
import type { Clock, Timer } from '../types/clock.ts';
import type { Log } from '../types/log.ts';

const DAY_MS = 86_400_000;

/** Long enough to invite the bot again after a mistake. `/privacy` tells it to people. */
export const DAYS_KEPT_AFTER_REMOVAL = 30;

export interface GuildPresence {
  /** Listens to a client; its listeners go with the client. */
  attach(client: Client): void;
  close(): void;
}

export interface GuildPresenceOptions {
  readonly store: Pick<Store, 'readOnly' | 'guilds' | 'guildGone' | 'guildBack' | 'forgetGuildsGoneBefore'>;
  readonly clock: Clock;
  /** The calendar, ms since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

export function createGuildPresence({ store, clock, now, log }: GuildPresenceOptions): GuildPresence {
  let timer: Timer | null = null;
  let closed = false;

  const note = async (guildId: string, change: () => Promise<void>): Promise<void> => {
    try {
      await change();
    } catch (error) {
      log.warn(
        { err: error, guildId },
        'that the bot joined or left a server could not be saved; it is looked at again',
      );
    }
  };

  /** What happened while nobody listened, or could not be saved. */
  const catchUp = async (client: Client<true>): Promise<void> => {
    for (const guildId of await store.guilds()) {
      if (client.guilds.cache.has(guildId)) await store.guildBack(guildId);
      else if (isOurs(client, guildId)) await store.guildGone(guildId, now());
    }
  };

  const round = async (client: Client<true>): Promise<void> => {
    try {
      // First: a return that was not noted must not cost a server its settings.
      await catchUp(client);
      const forgotten = await store.forgetGuildsGoneBefore(now() - DAYS_KEPT_AFTER_REMOVAL * DAY_MS);
      if (forgotten.length > 0)
        log.info({ count: forgotten.length }, 'servers that the bot was removed from are forgotten');
    } catch (error) {
      log.warn(
        { err: error },
        'servers that the bot was removed from could not be looked through; tried again tomorrow',
      );
    }
  };

  const everyDay = (client: Client<true>): void => {
    if (closed) return;
    timer?.cancel();
    timer = clock.after(DAY_MS, () => everyDay(client));
    void round(client);
  };

  return {
    attach(client) {
      if (store.readOnly) return;
      client.once(Events.ClientReady, everyDay);
      client.on(Events.GuildCreate, ({ id }) => void note(id, () => store.guildBack(id)));
      client.on(Events.GuildDelete, ({ id }) => void note(id, () => store.guildGone(id, now())));
    },
    close() {
      closed = true;
      timer?.cancel();
      timer = null;
    },
  };
}

/** Guilds of other shards are another process's, with which this one may share the database. */
export function isOurs(client: Client<true>, guildId: string): boolean {
  return client.ws.shards.has(ShardClientUtil.shardIdForGuildId(guildId, client.options.shardCount ?? 1));
}
