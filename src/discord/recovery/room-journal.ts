/**
 * Keeps the store's account of the open voice rooms, so that a process that was killed leaves behind what brings them back. A
 * write that fails costs no more than that: a room never waits for one.
 */
import type { RoomEvent } from '../../room/protocol.ts';
import type { Room } from '../../room/rooms.ts';
import type { Store, StoredRoom } from '../../store/store.ts';
import type { Clock } from '../../types/clock.ts';
import type { Log } from '../../types/log.ts';
import { createPacedWrite, type PacedWrite } from './paced-write.ts';

/** A service that issues handles all the time costs one write a second a room. */
const PACE_MS = 1_000;
/** How exactly a restart knows when the process was last alive; far below what `recovery-decision.ts` makes of it. */
const ALIVE_MS = 60_000;
/** The store itself waits 2 s for a lock; a disk that is full stays so for longer. */
const RETRY_MS = 10_000;
const TELL_AGAIN_MS = 60_000;

export interface JournalEntry {
  readonly room: Room;
  /** Where `/join` was run. */
  readonly originId: string | null;
  /** ms since 1970. */
  readonly openedAt: number;
}

export interface RoomJournal {
  opened(entry: JournalEntry): void;
  /** Takes note of what a room tells. */
  on(event: RoomEvent): void;
  ended(room: Pick<Room, 'id'>): void;
  /** What is written stays as it is, whatever becomes of the rooms: the process is coming to a bad end. Never rejects. */
  preserve(): Promise<void>;
  /** Resolves when all is written, or could not be. */
  close(): Promise<void>;
}

export interface RoomJournalOptions {
  readonly store: Pick<Store, 'readOnly' | 'saveOpenRoom' | 'removeOpenRoom'>;
  readonly clock: Clock;
  /** The calendar, ms since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

interface Page {
  readonly entry: JournalEntry;
  readonly writer: PacedWrite;
  ended: boolean;
}

export function createRoomJournal({ store, clock, now, log }: RoomJournalOptions): RoomJournal {
  const pages = new Map<string, Page>();
  let preserved = store.readOnly;
  let toldAt = Number.NEGATIVE_INFINITY;

  const tell = (error: unknown): void => {
    if (clock.now() - toldAt < TELL_AGAIN_MS) return;
    toldAt = clock.now();
    log.warn({ err: error }, 'the account of the open rooms could not be written; it is tried again');
  };

  const write = async (page: Page): Promise<void> => {
    const { room } = page.entry;
    if (!page.ended) return store.saveOpenRoom(rowOf(page.entry, clock, now));
    await store.removeOpenRoom(room.id);
    page.writer.stop();
    pages.delete(room.id);
  };

  const finish = async (): Promise<void> => {
    await Promise.all([...pages.values()].map(({ writer }) => writer.finish()));
  };

  return {
    opened(entry) {
      if (preserved) return;
      const paces = { paceMs: PACE_MS, idleMs: ALIVE_MS, retryMs: RETRY_MS };
      const writer = createPacedWrite({ write: () => write(page), clock, ...paces, onFailure: tell });
      const page: Page = { entry, writer, ended: false };
      pages.set(entry.room.id, page);
      writer.changed();
    },
    on(event) {
      const page = 'roomId' in event ? pages.get(event.roomId) : undefined;
      if (page === undefined || page.ended || preserved) return;
      // What people wanted forgotten must not come back with a kill, not even one within the second.
      if (event.type === 'forgotten' || (event.type === 'handle' && event.handle === null)) page.writer.hurry();
      else if (event.type === 'handle' || event.type === 'moved' || event.type === 'session') page.writer.changed();
    },
    ended({ id }) {
      const page = pages.get(id);
      if (page === undefined || preserved) return;
      page.ended = true;
      page.writer.hurry();
    },
    preserve() {
      preserved = true;
      return finish();
    },
    close: finish,
  };
}

/** As it is just now: all that changes is asked of the room. */
function rowOf({ room, originId, openedAt }: JournalEntry, clock: Clock, now: () => number): StoredRoom {
  const since = room.vitals.conversationSince;
  return {
    roomId: room.id,
    guildId: room.guildId,
    channelId: room.channelId,
    originId,
    handle: room.handle,
    openedAt,
    conversationSince: since === null ? null : now() - (clock.now() - since),
    aliveAt: now(),
  };
}
