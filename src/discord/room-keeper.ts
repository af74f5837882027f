/**
 * Keeps the control plane's side of every open voice room: opens it within the limits, meters it, tells its channel what it has
 * to know and, once, why it ended.
 */
import { ParleyError } from '../errors.ts';
import type { Translate } from '../i18n/translate.ts';
import type { EndReason, RoomEvent } from '../room/protocol.ts';
import type { Room, Rooms } from '../room/rooms.ts';
import { mayOpen } from '../store/limits.ts';
import type { Store } from '../store/store.ts';
import type { LiveEndpoint, RosterEntry } from '../types/settings.ts';
import { createRoomMeter, type MeterServices, type RoomMeter } from './room-meter.ts';
import { createRoomNotices, type RoomNotices } from './room-notices.ts';
import type { RoomPlace } from './room-place.ts';

export interface OpenedRoom {
  readonly room: Room;
  /** Settles with the room's own `ready`; then tells whether the consent notice could be posted. */
  readonly welcomed: Promise<{ readonly noticePosted: boolean }>;
}

export interface RoomKeeper {
  /** @throws ParleyError `ROOM_LIMIT`, `MINUTES_LIMIT`, `TOKENS_LIMIT`, `SHUTTING_DOWN` */
  open(place: RoomPlace): Promise<OpenedRoom>;
  /** The bot sits in another channel of the server now. */
  moved(guildId: string, place: (before: RoomPlace) => RoomPlace): void;
  /** Posts where the guild's room has its notices; nothing without a room. */
  say(guildId: string, words: (t: Translate) => string): void;
  /** Takes note of what a room tells. */
  on(event: RoomEvent): void;
  /** Resolves when the last notices are posted. */
  close(): Promise<void>;
}

export interface RoomKeeperOptions extends MeterServices {
  readonly rooms: Rooms;
  readonly store: Store;
  readonly live: LiveEndpoint;
  /** A room is about to open: its voice payloads have to find their way. */
  readonly onOpening: (place: RoomPlace) => void;
  readonly onOpened: (room: Room, roster: readonly RosterEntry[]) => void;
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

  const keep = (room: Room, place: RoomPlace, language: string): OpenedRoom => {
    const notices = createRoomNotices(place, language, options.clock);
    const meter = createRoomMeter(room.guildId, options, {
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

  return {
    async open(place) {
      const { guildId, channelId, channelKind, selfId, selfName } = place;
      const usage = await options.ledger.today(guildId);
      const refused = mayOpen(options.limits, rooms.count, usage, options.now());
      if (refused !== null) throw new ParleyError(refused.code, { details: refused.details });
      const { settings, revision } = await options.store.settings(guildId);
      options.onOpening(place);
      const request = { guildId, channelId, channelKind, selfId, selfName, settings, revision, live: options.live };
      const roster = place.roster();
      const room = rooms.open({ ...request, roster, handle: null, seed: [] });
      log.info({ roomId: room.id, guildId, channelId }, 'room opened');
      const opened = keep(room, place, settings.language);
      options.onOpened(room, roster);
      return opened;
    },
    moved: (guildId, place) => ofGuild(guildId)?.notices.moved(place),
    say: (guildId, words) => void ofGuild(guildId)?.notices.say(words),
    on(event) {
      const entry = 'roomId' in event ? kept.get(event.roomId) : undefined;
      if (entry === undefined) return;
      if (event.type === 'usage') entry.meter.tokens(event.usage.totalTokens);
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
