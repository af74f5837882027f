/**
 * What a process that was killed has left behind is taken up once this one is ready: rooms whose people are still there come
 * back into their channel and their conversation, the rest is put in order.
 *
 * Nothing is asked again: what was being said when the process was killed died with it, and a session that is resumed stays
 * silent until somebody speaks.
 */
import { type Client, Events, type Guild } from 'discord.js';
import { describeProblem } from '../../i18n/translate.ts';
import type { Store, StoredPanel, StoredRoom } from '../../store/store.ts';
import type { Count, Log } from '../../types/log.ts';
import { isOurs } from '../guild-presence.ts';
import type { KeyedQueue } from '../keyed-queue.ts';
import { switchOffPanels } from '../panel/leftover-panels.ts';
import type { RoomKeeper } from '../room-keeper.ts';
import { banishGhost, ghostChannelId } from './ghost.ts';
import { type OpenAgainServices, type OpenedAgain, openAgain, tellWhy } from './open-again.ts';

/**
 * Rooms that join at the same time. Each takes two or three of the 120 messages a minute that a shard's gateway connection has
 * (Discord, "Gateway", Rate Limiting), and a process has eight rooms unless told.
 */
const AT_ONCE = 4;

export interface Recovery {
  /** Listens to a client; its listeners go with the client. */
  attach(client: Client): void;
  /** What did not come back yet never will. Never rejects. */
  forget(): Promise<void>;
  /** Brings nothing back any more. */
  close(): void;
}

export interface RecoveryOptions extends Omit<OpenAgainServices, 'client' | 'keeper'> {
  /** Of before this start. */
  readonly leftRooms: readonly StoredRoom[];
  readonly leftPanels: readonly StoredPanel[];
  readonly keeper: Pick<RoomKeeper, 'open' | 'say'>;
  readonly store: Pick<Store, 'removeOpenRoom' | 'removePanel'>;
  /** Keeps what is done here apart from what members of the guild ask for. */
  readonly perGuild: KeyedQueue;
  readonly count: Count;
}

/** The rooms of before this start. Asked for before any of its own are written. Never rejects. */
export async function readLeftRooms(store: Pick<Store, 'openRooms'>, log: Log): Promise<readonly StoredRoom[]> {
  try {
    return await store.openRooms();
  } catch (error) {
    log.error({ err: error }, 'the rooms of before this start could not be read');
    return [];
  }
}

export function createRecovery(options: RecoveryOptions): Recovery {
  const { leftPanels, store, perGuild, rooms, keeper, count, log } = options;
  /** Rooms of which nothing has come yet, by guild: there is one a guild. */
  const left = new Map<string, StoredRoom>();
  const outdated: StoredRoom[] = [];
  let closed = false;

  // A room whose end could not be written stands beside the one that came after it.
  for (const room of options.leftRooms.toSorted((a, b) => a.aliveAt - b.aliveAt)) {
    const older = left.get(room.guildId);
    if (older !== undefined) outdated.push(older);
    left.set(room.guildId, room);
  }

  const forgetRoom = async ({ roomId, guildId }: StoredRoom): Promise<void> => {
    try {
      await store.removeOpenRoom(roomId);
    } catch (error) {
      log.warn({ err: error, roomId, guildId }, 'a room of before the restart could not be forgotten');
    }
  };

  const panelsOf = (guildId: string): readonly StoredPanel[] => leftPanels.filter((panel) => panel.guildId === guildId);

  const switchOff = (client: Client<true>, panels: readonly StoredPanel[]): Promise<void> =>
    switchOffPanels(panels, { client, store, log });

  /** It is in its channel and can talk, or has ended. */
  const settle = async (
    client: Client<true>,
    stored: StoredRoom,
    { room, welcomed, panel, remembers }: OpenedAgain,
  ): Promise<void> => {
    try {
      await welcomed;
    } catch {
      // It is in the log; what is to be told of it depends on how the room is.
    }
    if (room.status.status !== 'ended') {
      count('room_restored_total');
      const words = remembers() ? 'recovery.remembers' : 'recovery.afresh';
      keeper.say(room.guildId, (t) => t(words, { channel: `<#${room.channelId}>` }));
      return;
    }
    if (panel !== null) await switchOff(client, [panel]);
    const reason = await room.ended;
    const guild = client.guilds.cache.get(stored.guildId);
    if (guild === undefined || !('problem' in reason)) return;
    await tellWhy(guild, stored, options, (locale) => describeProblem(locale, reason.problem));
  };

  const recover = async (client: Client<true>, stored: StoredRoom): Promise<void> => {
    const { guildId } = stored;
    const panels = panelsOf(guildId);
    const outcome = await perGuild.run(guildId, async () => {
      if (closed || left.get(guildId) !== stored) return 'waiting';
      const opened = await openAgain(stored, panels, { ...options, client });
      // From here on an open room is written down like any other.
      if (opened !== 'waiting') left.delete(guildId);
      return opened;
    });
    if (outcome === 'waiting') return;
    const goesOnWith = outcome?.panel ?? null;
    const others = switchOff(
      client,
      panels.filter((panel) => panel !== goesOnWith),
    );
    await Promise.all([others, outcome === null ? forgetRoom(stored) : settle(client, stored, outcome)]);
  };

  const recoverSafely = async (client: Client<true>, stored: StoredRoom): Promise<void> => {
    try {
      await recover(client, stored);
    } catch (error) {
      log.error({ err: error, roomId: stored.roomId, guildId: stored.guildId }, 'a room could not be brought back');
      left.delete(stored.guildId);
      if (rooms.ofGuild(stored.guildId)?.id !== stored.roomId) await forgetRoom(stored);
    }
  };

  /** Of a guild that no room was in, as far as was written down. */
  const banishStray = async (client: Client<true>, guild: Guild): Promise<void> => {
    try {
      await perGuild.run(guild.id, async () => {
        if (!closed && rooms.ofGuild(guild.id) === undefined) await banishGhost(guild, { ...options, client });
      });
    } catch (error) {
      log.warn({ err: error, guildId: guild.id }, 'the bot may still be shown in a channel that it is not in');
    }
  };

  const start = async (client: Client<true>): Promise<void> => {
    // What another process has left behind is left to it.
    for (const guildId of left.keys()) if (!isOurs(client, guildId)) left.delete(guildId);
    const strays = client.guilds.cache.filter((guild) => !left.has(guild.id) && ghostChannelId(guild) !== null);
    const waiting = [...left.values()].values();
    const worker = async (): Promise<void> => {
      for (const stored of waiting) await recoverSafely(client, stored);
    };
    await Promise.all([
      switchOff(
        client,
        leftPanels.filter(({ guildId }) => !left.has(guildId)),
      ),
      ...strays.map((guild) => banishStray(client, guild)),
      ...outdated.map(forgetRoom),
      ...Array.from({ length: AT_ONCE }, worker),
    ]);
  };

  return {
    attach(client) {
      client.once(Events.ClientReady, (ready) => void start(ready));
      client.on(Events.GuildAvailable, (guild) => {
        const stored = left.get(guild.id);
        if (stored !== undefined && client.isReady()) void recoverSafely(client, stored);
      });
    },
    async forget() {
      const rest = [...left.values()];
      left.clear();
      await Promise.all(rest.map(forgetRoom));
    },
    close() {
      closed = true;
    },
  };
}
