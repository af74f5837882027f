/**
 * The transcripts of all open rooms: which are written down, where, and by whose wish. Off unless somebody switched it on for the
 * server; then also after a restart.
 */
import type { Client } from 'discord.js';
import { publicLocale } from '../../i18n/locales.ts';
import { translator } from '../../i18n/translate.ts';
import type { RoomEvent } from '../../room/protocol.ts';
import type { Room, Rooms } from '../../room/rooms.ts';
import type { Store, TranscriptTarget } from '../../store/store.ts';
import type { GuildSettings } from '../guild-settings.ts';
import { createKeyedQueue } from '../keyed-queue.ts';
import type { RoomKeeper } from '../room-keeper.ts';
import type { RoomTranscript, TranscriptEvent } from './room-transcript.ts';
import { startTranscript, type TranscriptServices } from './start-transcript.ts';
import type { StuckReason } from './transcript-failure.ts';

export interface SwitchOn {
  readonly guildId: string;
  readonly channelId: string;
  readonly memberId: string;
}

export type SwitchedOn =
  | { readonly status: 'already'; readonly placeId: string }
  /** No room is open: from the next one on. */
  | { readonly status: 'later'; readonly placeId: string }
  | {
      readonly status: 'now';
      readonly placeId: string;
      readonly voiceChannelId: string;
      readonly stuck: StuckReason | null;
    };

export interface Transcripts {
  /** Listens to nothing: it only needs to know the servers. */
  attach(client: Client): void;
  /** Takes note of what a room tells. */
  on(event: RoomEvent): void;
  /** @throws ParleyError `STORE_WRITE_FAILED`: nothing has changed */
  switchOn(wish: SwitchOn): Promise<SwitchedOn>;
  /** False: it was off. @throws ParleyError `STORE_WRITE_FAILED`: nothing has changed */
  switchOff(guildId: string, memberId: string): Promise<boolean>;
  /** Resolves when the last words are written down, or cannot be. */
  close(): Promise<void>;
}

export interface TranscriptsOptions extends TranscriptServices {
  readonly rooms: Pick<Rooms, 'get' | 'ofGuild'>;
  readonly keeper: Pick<RoomKeeper, 'say'>;
  readonly settings: Pick<GuildSettings, 'read'>;
  readonly store: Pick<Store, 'transcriptTarget' | 'saveTranscriptTarget' | 'addTranscriptTurns'>;
}

interface Kept {
  readonly room: Room;
  /** Null while it is off. */
  transcript: RoomTranscript | null;
  target: TranscriptTarget | null;
  /** People in the room's channel know that they are written down. */
  told: boolean;
  /** Turns that began while it was off: nobody spoke them for the record. */
  readonly ignored: Set<string>;
}

export function createTranscripts(options: TranscriptsOptions): Transcripts {
  return new AllTranscripts(options);
}

class AllTranscripts implements Transcripts {
  readonly #options: TranscriptsOptions;
  /** By room. */
  readonly #kept = new Map<string, Kept>();
  /** Everything of one server happens in the order in which it was told. */
  readonly #inOrder = createKeyedQueue();
  readonly #finishing = new Map<RoomTranscript, Promise<void>>();
  #client: Client | null = null;

  constructor(options: TranscriptsOptions) {
    this.#options = options;
  }

  attach(client: Client): void {
    this.#client = client;
  }

  on(event: RoomEvent): void {
    if (!isOfInterest(event)) return;
    const { rooms, log } = this.#options;
    const room = rooms.get(event.roomId);
    // What is written stands in its channel already.
    if (room === undefined || room.kind === 'text') return;
    this.#inOrder
      .run(room.guildId, () => this.#take(room, event))
      .catch((error: unknown) => log.error({ err: error, roomId: room.id }, 'a transcript failed'));
  }

  async switchOn({ guildId, channelId, memberId }: SwitchOn): Promise<SwitchedOn> {
    const { rooms, store } = this.#options;
    return this.#inOrder
      .run(guildId, async () => {
        const before = await store.transcriptTarget(guildId);
        const room = rooms.ofGuild(guildId);
        const kept = room === undefined ? null : await this.#keep(room);
        const writer = kept?.transcript?.writer;
        if (before?.channelId === channelId && (writer?.stuck ?? null) === null) {
          return { status: 'already' as const, placeId: writer?.placeId ?? before.place?.id ?? channelId };
        }
        const target = { channelId, switchedOnBy: memberId, place: null };
        await store.saveTranscriptTarget(guildId, target);
        if (kept === null) return { status: 'later' as const, placeId: channelId };
        await this.#start(kept, target);
        return { status: 'now' as const, kept };
      })
      .then((done) => (done.status === 'now' ? this.#begun(done.kept, channelId) : done));
  }

  switchOff(guildId: string, memberId: string): Promise<boolean> {
    const { rooms, store, keeper } = this.#options;
    return this.#inOrder.run(guildId, async () => {
      if ((await store.transcriptTarget(guildId)) === null) return false;
      await store.saveTranscriptTarget(guildId, null);
      const kept = this.#kept.get(rooms.ofGuild(guildId)?.id ?? '');
      if (kept === undefined) return true;
      this.#stop(kept);
      if (kept.told) keeper.say(guildId, (t) => t('transcript.noticeOff', { member: `<@${memberId}>` }));
      kept.told = false;
      return true;
    });
  }

  async close(): Promise<void> {
    for (const kept of [...this.#kept.values()]) {
      await this.#inOrder.run(kept.room.guildId, async () => this.#forget(kept));
    }
    for (const { writer } of this.#finishing.keys()) writer.hurry();
    await Promise.all(this.#finishing.values());
  }

  async #take(room: Room, event: EventOfInterest): Promise<void> {
    const kept = await this.#keep(room);
    switch (event.type) {
      case 'state':
        if (event.state.status === 'ready' && !kept.told) this.#tell(kept);
        break;
      case 'moved':
        this.#tell(kept);
        break;
      case 'transcript':
        this.#said(kept, event);
        break;
      case 'forgotten':
        kept.transcript?.breakOff();
        break;
      case 'problem':
        if (event.problem.code === 'ROOM_THREAD_LOST') kept.transcript?.breakOff();
    }
  }

  async #keep(room: Room): Promise<Kept> {
    const known = this.#kept.get(room.id);
    if (known !== undefined) return known;
    const kept: Kept = { room, transcript: null, target: null, told: false, ignored: new Set() };
    this.#kept.set(room.id, kept);
    void room.ended.then(() => this.#inOrder.run(room.guildId, async () => this.#forget(kept)));
    const target = await this.#options.store.transcriptTarget(room.guildId);
    if (target !== null) await this.#start(kept, target);
    return kept;
  }

  async #start(kept: Kept, target: TranscriptTarget): Promise<void> {
    this.#stop(kept);
    const { settings, keeper, log } = this.#options;
    const { room } = kept;
    const guild = this.#client?.guilds.cache.get(room.guildId);
    if (guild === undefined) return log.warn({ guildId: room.guildId }, 'a transcript has no server');
    const { language } = (await settings.read(room.guildId)).settings;
    const t = translator(publicLocale(language, guild.preferredLocale));
    kept.target = target;
    kept.transcript = startTranscript(
      {
        ...{ guild, room, target, t },
        onPlace: (place) => this.#savePlace(kept, { ...target, place }),
        onStuck: (why) =>
          keeper.say(guild.id, (words) => words('transcript.stuck', { why: words(`transcript.why.${why}`) })),
      },
      this.#options,
    );
    if (room.status.status === 'ready') this.#tell(kept);
  }

  /** It may have been switched off, or elsewhere, meanwhile. */
  #savePlace(kept: Kept, target: TranscriptTarget): void {
    const { store, log } = this.#options;
    const { guildId } = kept.room;
    this.#inOrder
      .run(guildId, async () => {
        if (kept.target?.channelId !== target.channelId) return;
        kept.target = target;
        await store.saveTranscriptTarget(guildId, target);
      })
      .catch((error: unknown) => log.warn({ err: error, guildId }, 'the place of a transcript could not be saved'));
  }

  async #begun({ room, transcript }: Kept, channelId: string): Promise<SwitchedOn> {
    const stuck = (await transcript?.writer.begin()) ?? null;
    const placeId = transcript?.writer.placeId ?? channelId;
    return { status: 'now', placeId, voiceChannelId: room.channelId, stuck };
  }

  /** Everybody in the room's channel reads that they are written down, before they are. */
  #tell(kept: Kept): void {
    const { target, room } = kept;
    if (target === null) return;
    kept.told = true;
    const where = { place: `<#${target.channelId}>`, member: `<@${target.switchedOnBy}>` };
    this.#options.keeper.say(room.guildId, (t) => t('transcript.notice', where));
  }

  #said({ transcript, ignored }: Kept, event: TranscriptEvent): void {
    const key = `${event.role} ${event.turn}`;
    if (transcript !== null && !ignored.has(key)) return transcript.take(event);
    if (event.final) ignored.delete(key);
    else ignored.add(key);
  }

  #stop(kept: Kept): void {
    const { transcript } = kept;
    kept.transcript = null;
    kept.target = null;
    if (transcript === null) return;
    const done = transcript.finish().finally(() => this.#finishing.delete(transcript));
    this.#finishing.set(transcript, done);
  }

  #forget(kept: Kept): void {
    this.#kept.delete(kept.room.id);
    this.#stop(kept);
  }
}

const OF_INTEREST = ['state', 'moved', 'transcript', 'forgotten', 'problem'] as const;
type EventOfInterest = Extract<RoomEvent, { type: (typeof OF_INTEREST)[number] }>;

function isOfInterest(event: RoomEvent): event is EventOfInterest {
  return OF_INTEREST.some((type) => type === event.type);
}
