/**
 * The transcript of one room: what its events tell goes to whoever writes it down, and every turn that is over into the store.
 */
import type { RoomEvent } from '../../room/protocol.ts';
import type { Store, StoredTurn } from '../../store/store.ts';
import type { Clock } from '../../types/clock.ts';
import type { Log } from '../../types/log.ts';
import type { Entry } from './transcript-pages.ts';
import type { TranscriptWriter } from './transcript-writer.ts';

/** After such a pause a turn begins a new message, so that the times of the messages say when it was. */
const PAUSE_MS = 60_000;
/** That turns cannot be stored is logged at most this often. */
const LOG_AGAIN_MS = 60_000;

export type TranscriptEvent = Extract<RoomEvent, { type: 'transcript' }>;
type Speaker = StoredTurn['speakers'][number];

export interface RoomTranscript {
  take(event: TranscriptEvent): void;
  /** Turns that have not ended never will: what was heard of them is all. */
  breakOff(): void;
  /** Nothing more is said. Resolves when all is written and stored, or cannot be. */
  finish(): Promise<void>;
  readonly writer: TranscriptWriter;
}

export interface RoomTranscriptOptions {
  /** `channelId` changes when the bot is moved. */
  readonly room: { readonly id: string; readonly guildId: string; readonly channelId: string };
  readonly writer: TranscriptWriter;
  readonly store: Pick<Store, 'addTranscriptTurns'>;
  /** Who of them may appear; the bot itself for a turn of the model. */
  readonly speakers: (event: TranscriptEvent) => readonly Speaker[];
  /** The word for a turn that was cut off. */
  readonly interrupted: string;
  readonly clock: Clock;
  /** The calendar, ms since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

interface OpenTurn {
  readonly entry: Entry;
  readonly turn: StoredTurn;
}

export function createRoomTranscript(options: RoomTranscriptOptions): RoomTranscript {
  const { room, writer, store, clock, now, log } = options;
  const open = new Map<string, OpenTurn>();
  let begunAt = Number.NEGATIVE_INFINITY;
  let saved: Promise<void> = Promise.resolve();
  let loggedAt = Number.NEGATIVE_INFINITY;

  const save = (turn: StoredTurn): void => {
    const saving = store.addTranscriptTurns([turn]).catch((error: unknown) => {
      if (clock.now() - loggedAt < LOG_AGAIN_MS) return;
      loggedAt = clock.now();
      log.warn({ err: error, roomId: room.id }, 'turns of a transcript could not be stored');
    });
    saved = Promise.all([saved, saving]).then(() => undefined);
  };

  /** A turn that begins after a pause stands in a message of its own. */
  const beginsFresh = (): boolean => {
    const fresh = clock.now() - begunAt >= PAUSE_MS;
    begunAt = clock.now();
    return fresh;
  };

  const toTurn = (event: TranscriptEvent, speakers: readonly Speaker[], before: OpenTurn | undefined): OpenTurn => {
    const { role, text, final, interrupted } = event;
    const { id: roomId, guildId, channelId } = room;
    const at = before?.turn.at ?? now();
    return {
      entry: {
        ...{ key: keyOf(event), names: speakers.map(({ name }) => name), text, final, continued: false },
        mark: interrupted ? options.interrupted : null,
        fresh: before?.entry.fresh ?? beginsFresh(),
      },
      turn: { guildId, roomId, channelId, at, role, speakers, text, interrupted },
    };
  };

  const close = ({ entry, turn }: OpenTurn): void => {
    open.delete(entry.key);
    writer.put({ ...entry, final: true });
    save(turn);
  };

  const breakOff = (): void => {
    for (const it of [...open.values()]) close(it);
  };

  return {
    writer,
    take(event) {
      const key = keyOf(event);
      const speakers = options.speakers(event);
      const before = open.get(key);
      if (speakers.length === 0 || event.text.trim() === '') {
        open.delete(key);
        return writer.drop(key);
      }
      const it = toTurn(event, speakers, before);
      if (event.final) return close(it);
      open.set(key, it);
      writer.put(it.entry);
    },
    breakOff,
    async finish() {
      breakOff();
      await Promise.all([writer.finish(), saved]);
    },
  };
}

function keyOf({ role, turn }: TranscriptEvent): string {
  return `${role} ${turn}`;
}
