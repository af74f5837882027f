/**
 * The rooms of text channels: opened when something is asked there, closed after two minutes of quiet, and gone on with from where they
 * were when something is asked again within two hours.
 */
import { ParleyError } from '../errors.ts';
import type { Room, Rooms } from '../room/rooms.ts';
import { type ChatStore, TEXT_ROOM_KEPT_MS } from '../store/chat.ts';
import type { StoredSettings } from '../store/store.ts';
import type { Clock, Timer } from '../types/clock.ts';
import type { Log } from '../types/log.ts';
import type { LiveEndpoint } from '../types/settings.ts';

const IDLE_MS = 2 * 60_000;
/** Of one server; more channels than that talk one after the other. */
const MOST_ROOMS = 4;

export interface TextRooms {
  /** The channel's room, open; it stays so until it is released. @throws ParleyError */
  obtain(guildId: string, channelId: string): Promise<Room>;
  release(room: Room): void;
  /** Whether the channel's conversation goes on as it was left. */
  isOpen(channelId: string): boolean;
  /** The channel is gone. */
  forget(channelId: string): Promise<void>;
  /** The bot is on that server no more. */
  leave(guildId: string): void;
  /** Closes those that are idle; the others are closed with all rooms. Resolves when their handles are saved. */
  close(): Promise<void>;
}

export interface TextRoomsOptions {
  readonly rooms: Pick<Rooms, 'openText'>;
  readonly store: ChatStore;
  readonly readSettings: (guildId: string) => Promise<StoredSettings>;
  /** What the bot is called there; null where it is not. */
  readonly selfIn: (guildId: string) => { readonly selfId: string; readonly selfName: string } | null;
  readonly onEnded: (channelId: string) => void;
  readonly live: LiveEndpoint;
  readonly clock: Clock;
  /** The calendar, ms since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

interface Kept {
  readonly room: Room;
  busy: boolean;
  idleSince: number;
  idle: Timer | null;
  /** Of what is stored. */
  savedHandle: string | null;
  /** Nothing of it is to be stored any more. */
  forgotten: boolean;
}

export function createTextRooms(options: TextRoomsOptions): TextRooms {
  return new OpenTextRooms(options);
}

class OpenTextRooms implements TextRooms {
  readonly #options: TextRoomsOptions;
  /** By channel. */
  readonly #kept = new Map<string, Kept>();
  /** Channels that are being opened, and those that wait for it. */
  readonly #opening = new Map<string, string>();
  #waiting: readonly (() => void)[] = [];
  readonly #saving = new Set<Promise<void>>();
  /** By channel: rooms that are about to be gone. */
  readonly #ending = new Map<string, Promise<void>>();

  constructor(options: TextRoomsOptions) {
    this.#options = options;
  }

  async obtain(guildId: string, channelId: string): Promise<Room> {
    const saved = await this.#options.readSettings(guildId);
    const known = this.#kept.get(channelId);
    const isOpen = known !== undefined && known.room.status.status !== 'ended';
    const kept = isOpen ? known : await this.#open(guildId, channelId, saved);
    kept.busy = true;
    kept.idle?.cancel();
    // Ignored where it is in force already: what was set since is not told to rooms like this one.
    kept.room.settings(saved.settings, saved.revision);
    return kept.room;
  }

  release(room: Room): void {
    const kept = this.#keptOf(room);
    if (kept === undefined) return;
    const { clock } = this.#options;
    kept.busy = false;
    kept.idleSince = clock.now();
    kept.idle?.cancel();
    kept.idle = clock.after(IDLE_MS, () => this.#end(kept));
    this.#save(kept);
    this.#makeWay();
  }

  isOpen(channelId: string): boolean {
    return this.#kept.has(channelId);
  }

  async forget(channelId: string): Promise<void> {
    const kept = this.#kept.get(channelId);
    if (kept !== undefined) {
      kept.forgotten = true;
      this.#end(kept);
    }
    await this.#options.store.removeTextRoom(channelId);
  }

  leave(guildId: string): void {
    for (const kept of [...this.#kept.values()]) if (kept.room.guildId === guildId) this.#end(kept);
  }

  async close(): Promise<void> {
    for (const kept of this.#kept.values()) {
      kept.idle?.cancel();
      this.#save(kept);
    }
    await Promise.all(this.#saving);
  }

  async #open(guildId: string, channelId: string, saved: StoredSettings): Promise<Kept> {
    const { rooms, selfIn, live, log, clock } = this.#options;
    await this.#untilThereIsRoom(guildId);
    this.#opening.set(channelId, guildId);
    try {
      // The service takes a conversation on one connection only.
      await this.#ending.get(channelId);
      const self = selfIn(guildId);
      if (self === null) throw new ParleyError('DISCORD_UNREACHABLE');
      const handle = await this.#handleFor(channelId);
      const room = rooms.openText({ guildId, channelId, ...self, ...saved, live, handle, seed: [] });
      log.info({ roomId: room.id, guildId, channelId, resumed: handle !== null }, 'text room opened');
      const savedHandle = handle?.value ?? null;
      const kept: Kept = { room, busy: true, idleSince: clock.now(), idle: null, savedHandle, forgotten: false };
      this.#kept.set(channelId, kept);
      void room.ended.then((reason) => {
        log.info({ roomId: room.id, guildId, channelId, reason }, 'text room ended');
        this.#ended(kept);
      });
      return kept;
    } finally {
      this.#opening.delete(channelId);
    }
  }

  /** The idlest makes room for another; where all are talking, that waits until one is done. */
  async #untilThereIsRoom(guildId: string): Promise<void> {
    const opening = (): number => [...this.#opening.values()].filter((id) => id === guildId).length;
    for (;;) {
      const open = [...this.#kept.values()].filter(({ room }) => room.guildId === guildId);
      if (open.length + opening() < MOST_ROOMS) return;
      const [idlest] = open.filter(({ busy }) => !busy).toSorted((one, other) => one.idleSince - other.idleSince);
      if (idlest !== undefined) this.#end(idlest);
      else await this.#nextRelease();
    }
  }

  #nextRelease(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting = [...this.#waiting, resolve];
    return promise;
  }

  /** Whoever waits for room looks again. */
  #makeWay(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const look of waiting) look();
  }

  /** It counts no more from here on; its end may take a moment. */
  #end(kept: Kept): void {
    const { room } = kept;
    const { channelId } = room;
    this.#ended(kept);
    const ending = room
      .close({ kind: 'left' })
      .catch((error: unknown) => this.#options.log.error({ err: error, roomId: room.id }, 'a text room did not close'))
      .finally(() => {
        if (this.#ending.get(channelId) === ending) this.#ending.delete(channelId);
      });
    this.#ending.set(channelId, ending);
  }

  #ended(kept: Kept): void {
    kept.idle?.cancel();
    if (this.#kept.get(kept.room.channelId) !== kept) return;
    this.#kept.delete(kept.room.channelId);
    // Again, if need be: it is from now on that the service keeps the conversation for so long.
    kept.savedHandle = null;
    this.#save(kept);
    this.#makeWay();
    this.#options.onEnded(kept.room.channelId);
  }

  #keptOf({ channelId, id }: Room): Kept | undefined {
    const kept = this.#kept.get(channelId);
    return kept?.room.id === id ? kept : undefined;
  }

  async #handleFor(channelId: string) {
    const { store, live, now } = this.#options;
    const stored = await store.textRoom(channelId);
    if (stored === null || now() - stored.usedAt >= TEXT_ROOM_KEPT_MS || stored.handle.model !== live.model)
      return null;
    return stored.handle;
  }

  /** What continues the conversation: of no use without the key of the Live service, and nothing of what was said is in it. */
  #save(kept: Kept): void {
    const { store, now, log } = this.#options;
    const { guildId, channelId, handle } = kept.room;
    const value = handle?.value ?? null;
    if (value === kept.savedHandle || kept.forgotten) return;
    kept.savedHandle = value;
    const row = { guildId, channelId, usedAt: now() };
    const saved = (handle === null ? store.removeTextRoom(channelId) : store.saveTextRoom({ ...row, handle })).catch(
      (error: unknown) => log.warn({ err: error, channelId }, 'how to go on in a channel could not be saved'),
    );
    this.#saving.add(saved);
    void saved.finally(() => this.#saving.delete(saved));
  }
}
