/**
 * The settings of a guild: saved first, then given to its open room, and told when they are in force there, or taken back when the
 * Live service does not take them.
 */
import type { RoomEvent } from '../room/protocol.ts';
import type { Room, Rooms } from '../room/rooms.ts';
import type { SettingsChange, Store, StoredSettings } from '../store/store.ts';
import type { Log } from '../types/log.ts';
import { blamed, type PendingChange, takenBack } from './taken-back.ts';

/** What becomes of a change in an open room; `refusedUnsaved`: it could not be taken back for the next room. */
export type ChangeOutcome = 'inForce' | 'roomEnded' | 'refused' | 'refusedUnsaved';

export interface SettingsChanged {
  readonly before: StoredSettings;
  readonly after: StoredSettings;
  /** The guild's open room, and what becomes of the change there; null without one. */
  readonly room: { readonly room: Room; readonly outcome: Promise<ChangeOutcome> } | null;
}

export interface GuildSettings {
  read(guildId: string): Promise<StoredSettings>;
  /** @throws ParleyError `STORE_WRITE_FAILED`: nothing has changed */
  change(guildId: string, change: SettingsChange): Promise<SettingsChanged>;
  /** A room was opened with settings that were read before: it gets what was changed meanwhile. */
  catchUp(room: Room, revision: number): Promise<void>;
  /** Takes note of what a room tells. */
  on(event: RoomEvent): void;
}

interface Waiting extends PendingChange {
  readonly roomId: string;
  readonly guildId: string;
  readonly revision: number;
  settle(outcome: ChangeOutcome): void;
}

type Refusal = Extract<RoomEvent, { type: 'settingsRefused' }>;

export function createGuildSettings(
  store: Pick<Store, 'settings' | 'saveSettings'>,
  rooms: Pick<Rooms, 'ofGuild'>,
  log: Log,
): GuildSettings {
  let waiting: readonly Waiting[] = [];

  const settle = (which: (it: Waiting) => boolean, outcome: ChangeOutcome): void => {
    const due = waiting.filter(which);
    waiting = waiting.filter((it) => !due.includes(it));
    for (const it of due) it.settle(outcome);
  };

  /** Resolves when the room tells of this revision or a later one, or ends. */
  const outcomeOf = (room: Room, revision: number, pending: PendingChange): Promise<ChangeOutcome> => {
    const { promise, resolve } = Promise.withResolvers<ChangeOutcome>();
    const { id: roomId, guildId } = room;
    waiting = [...waiting, { ...pending, roomId, guildId, revision, settle: resolve }];
    void room.ended.then(() => settle((it) => it.roomId === roomId, 'roomEnded'));
    return promise;
  };

  /** The room has gone back to what worked; so does what is saved, or the next room would not open. */
  const takeBack = async (refused: readonly Waiting[], guildId: string): Promise<ChangeOutcome> => {
    try {
      const now = await store.settings(guildId);
      const { after } = await store.saveSettings(guildId, takenBack(refused, now.settings));
      rooms.ofGuild(guildId)?.settings(after.settings, after.revision);
      return 'refused';
    } catch (error) {
      log.error({ err: error, guildId }, 'settings that were refused could not be taken back');
      return 'refusedUnsaved';
    }
  };

  const refuse = async ({ roomId, revision, problem }: Refusal): Promise<void> => {
    const pending = waiting.filter((it) => it.roomId === roomId && it.revision <= revision);
    const refused = blamed(pending, problem.details['setting']);
    const [first] = refused;
    // The others wait on: what is left of theirs comes into force with what is saved now.
    waiting = waiting.filter((it) => !refused.includes(it));
    if (first === undefined) return;
    const outcome = await takeBack(refused, first.guildId);
    for (const it of refused) it.settle(outcome);
  };

  return {
    read: (guildId) => store.settings(guildId),
    async change(guildId, change) {
      const { before, after } = await store.saveSettings(guildId, change);
      const room = rooms.ofGuild(guildId);
      if (room === undefined) return { before, after, room: null };
      const outcome = outcomeOf(room, after.revision, { before: before.settings, change });
      room.settings(after.settings, after.revision);
      return { before, after, room: { room, outcome } };
    },
    async catchUp(room, revision) {
      const latest = await store.settings(room.guildId);
      if (latest.revision > revision) room.settings(latest.settings, latest.revision);
    },
    on(event) {
      if (event.type === 'settingsRefused') return void refuse(event);
      if (event.type !== 'settingsApplied') return;
      settle(({ roomId, revision }) => roomId === event.roomId && revision <= event.revision, 'inForce');
    },
  };
}
