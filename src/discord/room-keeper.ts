/**
 * Keeps the control plane's side of every open voice room: opens it within the limits, meters it, tells its channel what it has
 * to know and, once, why it ended.
 */
import { ParleyError, type Problem } from '../errors.ts';
import type { Translate } from '../i18n/translate.ts';
import type { EndReason, RoomEvent } from '../room/protocol.ts';
import type { PastRoom, Room, Rooms } from '../room/rooms.ts';
import { mayOpen } from '../store/limits.ts';
import type { Store, StoredSettings } from '../store/store.ts';
import type { ResumptionHandle } from '../types/live.ts';
import type { LiveEndpoint, RosterEntry } from '../types/settings.ts';
import type { GuildSettings } from './guild-settings.ts';
import { createRoomMeter, type MeterServices, type RoomMeter } from './room-meter.ts';
import { createRoomNotices, type RoomNotices } from './room-notices.ts';
import type { RoomPlace } from './room-place.ts';

export interface OpenedRoom {
  readonly room: Room;
  /** Settles with the room's own `ready`; then tells whether the consent notice could be posted. */
  readonly welcomed: Promise<{ readonly noticePosted: boolean }>;
}

/** A room that was open when the process was killed, to be opened again as the same. */
export interface FormerRoom extends PastRoom {
  readonly handle: ResumptionHandle | null;
  /** ms since 1970. */
  readonly openedAt: number;
}

export interface Opening {
  readonly place: RoomPlace;
  /** Who was there. */
  readonly roster: readonly RosterEntry[];
  readonly former: FormerRoom | null;
}

export interface RoomKeeper {
  /** @throws ParleyError `ROOM_LIMIT`, `MINUTES_LIMIT`, `TOKENS_LIMIT`, `SHUTTING_DOWN` */
  open(place: RoomPlace, former?: FormerRoom): Promise<OpenedRoom>;
  /** The bot sits in another channel of the server now. */
  moved(guildId: string, place: (before: RoomPlace) => RoomPlace): void;
  /** Posts where the guild's room has its notices; nothing without a room. */
  say(guildId: string, words: (t: Translate) => string): void;
  /** Where a room is now, as its notices know it; null without the room. */
  placeOf(roomId: string): RoomPlace | null;
  /** Who is in the room's channel, or what is done to the bot there, may have changed: its panel is kept true. */
  changed(guildId: string): void;
  /** Whether a message is the panel of the guild's room; false for one that the room, or another one, has left behind. */
  isPanel(guildId: string, messageId: string): boolean;
  /** Takes note of what a room tells. */
  on(event: RoomEvent): void;
  /** Resolves when the last notices are posted. */
  close(): Promise<void>;
}

export interface RoomKeeperOptions extends MeterServices {
  readonly rooms: Rooms;
  readonly settings: Pick<GuildSettings, 'read' | 'catchUp'>;
  readonly store: Pick<Store, 'savePanel' | 'removePanel'>;
  readonly live: LiveEndpoint;
  /** A room is about to open: its voice payloads have to find their way. */
  readonly onOpening: (place: RoomPlace) => void;
  readonly onOpened: (room: Room, opening: Opening) => void;
  readonly onEnded: (room: Room) => void;
}

interface Kept {
  readonly room: Room;
  readonly notices: RoomNotices;
  readonly meter: RoomMeter;
}

export function createRoomKeeper(options: RoomKeeperOptions): RoomKeeper {
  const { rooms, log } = options;
  const kept = new Map<string, Kept>();
  /** Notices of rooms that have ended and may still be on their way. */
  const lastWords = new Set<Promise<void>>();

  const ofGuild = (guildId: string): Kept | undefined => kept.get(rooms.ofGuild(guildId)?.id ?? '');

  const ended = ({ room, notices, meter }: Kept, reason: EndReason, wasReady: boolean): void => {
    kept.delete(room.id);
    meter.close();
    options.onEnded(room);
    log.info({ roomId: room.id, guildId: room.guildId, reason }, 'room ended');
    // Before it was ready, whoever called it is told, and nobody else noticed.
    if (wasReady) notices.ended(reason);
    const posted = notices.posted();
    lastWords.add(posted);
    void posted.finally(() => lastWords.delete(posted));
  };

  const keep = (room: Room, place: RoomPlace, settings: StoredSettings): OpenedRoom => {
    const readSettings = () => options.settings.read(room.guildId);
    const notices = createRoomNotices(place, { ...options, room, settings, readSettings });
    const user = { guildId: room.guildId, roomId: room.id, model: options.live.model };
    const meter = createRoomMeter(user, options, {
      onNearing: (verdict) => void notices.say((t) => nearing(t, verdict)),
      onReached: (problem) => void room.close({ kind: 'limit', problem }),
    });
    const entry = { room, notices, meter };
    kept.set(room.id, entry);
    let wasReady = false;
    void room.ended.then((reason) => ended(entry, reason, wasReady));
    const welcomed = room.ready.then(async () => {
      wasReady = true;
      return { noticePosted: await notices.welcome() };
    });
    // Whoever waits for `welcomed` is told; that nobody waits any more must not end the process.
    welcomed.catch((error: unknown) => log.info({ err: error, roomId: room.id }, 'a room did not get ready'));
    return { room, welcomed };
  };

  /** Somebody may have changed a setting between its being read and the room's being there. */
  const catchUp = (room: Room, revision: number): void => {
    options.settings
      .catchUp(room, revision)
      .catch((error: unknown) => log.error({ err: error, roomId: room.id }, 'a room may miss a change of settings'));
  };

  const settingsRefused = ({ room, notices }: Kept, problem: Problem): void => {
    log.warn({ roomId: room.id, guildId: room.guildId, problem }, 'settings of a room were refused');
    notices.settingsRefused(problem);
  };

  return {
    async open(place, former) {
      const { guildId, channelId, channelKind, selfId, selfName } = place;
      const usage = await options.ledger.today(guildId);
      const refused = mayOpen(options.limits, rooms.count, usage, options.now());
      if (refused !== null) throw new ParleyError(refused.code, { details: refused.details });
      const saved = await options.settings.read(guildId);
      options.onOpening(place);
      const request = { guildId, channelId, channelKind, selfId, selfName, ...saved, live: options.live };
      const roster = place.roster();
      const room = rooms.open({ ...request, roster, handle: former?.handle ?? null, seed: [] }, former);
      log.info({ roomId: room.id, guildId, channelId }, 'room opened');
      const opened = keep(room, place, saved);
      options.onOpened(room, { place, roster, former: former ?? null });
      catchUp(room, saved.revision);
      return opened;
    },
    moved: (guildId, place) => ofGuild(guildId)?.notices.moved(place),
    say: (guildId, words) => void ofGuild(guildId)?.notices.say(words),
    placeOf: (roomId) => kept.get(roomId)?.notices.place ?? null,
    changed: (guildId) => ofGuild(guildId)?.notices.changed(),
    isPanel: (guildId, messageId) => ofGuild(guildId)?.notices.isPanel(messageId) ?? false,
    on(event) {
      const entry = 'roomId' in event ? kept.get(event.roomId) : undefined;
      if (entry === undefined) return;
      if (event.type === 'usage') entry.meter.tokens(event.usage);
      if (event.type === 'state') entry.notices.changed();
      if (event.type === 'settingsApplied') entry.notices.settingsApplied(event.revision);
      if (event.type === 'settingsRefused') settingsRefused(entry, event.problem);
      if (event.type === 'sources' || event.type === 'code') entry.notices.found(event);
      if (event.type !== 'problem') return;
      log.warn({ roomId: event.roomId, guildId: entry.room.guildId, problem: event.problem }, 'a room has a problem');
      entry.notices.problem(event.problem);
    },
    async close() {
      for (const { meter } of kept.values()) meter.close();
      await Promise.allSettled(lastWords);
    },
  };
}

type Nearing = Parameters<Parameters<typeof createRoomMeter>[2]['onNearing']>[0];

function nearing(t: Translate, verdict: Nearing): string {
  const { reset } = verdict;
  return verdict.kind === 'minutesNearing'
    ? t('notice.minutesLeft', { minutes: verdict.minutes, reset })
    : t('notice.tokensLeft', { percent: verdict.percent, reset });
}
