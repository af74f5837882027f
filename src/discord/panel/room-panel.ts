/**
 * The panel of one room in one place: what it shows is looked up whenever it is shown.
 */
import type { Locale } from '../../i18n/locales.ts';
import type { Room } from '../../room/rooms.ts';
import type { Store } from '../../store/store.ts';
import type { Clock } from '../../types/clock.ts';
import type { Log } from '../../types/log.ts';
import type { RoomPlace } from '../room-place.ts';
import { createPanel, type Panel } from './panel.ts';
import { openPanel } from './panel-body.ts';
import { createPanelMemory } from './panel-memory.ts';
import { panelState } from './panel-state.ts';

export interface RoomPanelOptions {
  readonly room: Pick<Room, 'status'>;
  readonly place: RoomPlace;
  /** What it is written in now. */
  readonly locale: () => Locale;
  /** The voice that is in force now. */
  readonly voice: () => string;
  readonly store: Pick<Store, 'savePanel' | 'removePanel'>;
  readonly clock: Clock;
  readonly log: Log;
}

export function createRoomPanel({ room, place, locale, voice, store, clock, log }: RoomPanelOptions): Panel {
  const { board, guildId, channelId } = place;
  const render = () =>
    openPanel({
      locale: locale(),
      guildId,
      channelId,
      state: panelState(room.status, place.self()),
      roster: place.roster(),
      voice: voice(),
    });
  return createPanel({ board, render, memory: createPanelMemory({ guildId, locale, store, log }), clock, log });
}
