/**
 * The conversation in writing, connected: what people write and delete goes in, what rooms tell goes to the answers they belong to.
 */
import { type Client, Events, type Guild, type GuildTextBasedChannel, type Message } from 'discord.js';
import { type ChatChoices, loadChatChoices } from '../../chat/chat-choices.ts';
import { type ChatDesk, createChatDesk } from '../../chat/chat-desk.ts';
import type { FetchAttachment } from '../../chat/media/fetch-attachment.ts';
import type { Media } from '../../chat/media/media.ts';
import { createLoadFiles, type LoadFiles } from '../../chat/question-files.ts';
import { createRefusals, type Refusals } from '../../chat/refusals.ts';
import type { Problem } from '../../errors.ts';
import { type Locale, publicLocale, toLocale } from '../../i18n/locales.ts';
import { type Translate, translator } from '../../i18n/translate.ts';
import type { RoomEvent } from '../../room/protocol.ts';
import type { Rooms } from '../../room/rooms.ts';
import { judge, type Limits } from '../../store/limits.ts';
import type { Store } from '../../store/store.ts';
import type { UsageLedger } from '../../store/usage-ledger.ts';
import type { Clock } from '../../types/clock.ts';
import type { Log } from '../../types/log.ts';
import type { LiveEndpoint } from '../../types/settings.ts';
import type { GuildSettings } from '../guild-settings.ts';
import { createNoticeBoard } from '../notice-board.ts';
import type { OptOuts } from '../opt-outs.ts';
import type { PostPlace, PostPlaces } from '../room-place.ts';
import { type FindingsEvent, showFindings } from '../sources/show-findings.ts';
import { sourceMessages } from '../sources/source-links.ts';
import { createMessageIntake } from './message-intake.ts';

/** What commands and buttons need of it. */
export interface ChatAccess {
  readonly desk: Pick<ChatDesk, 'admit' | 'ask' | 'exchange'>;
  readonly choices: ChatChoices;
  readonly load: LoadFiles;
  /** Discord lets the bot read what is not for it. */
  readonly readsEverything: boolean;
  /** What everybody on the server reads; never rejects. */
  localeIn(guild: Guild): Promise<Locale>;
  /** Aborted when nothing more is answered. */
  readonly signal: AbortSignal;
}

export interface Chat extends ChatAccess, PostPlaces {
  /** Listens to a client; its listeners go with the client. */
  attach(client: Client): void;
  /** Takes note of what a room tells. True: it is shown with what is written, and nowhere else. */
  on(event: RoomEvent): boolean;
  /** Nothing is taken any more; what waits is told so. */
  drain(): void;
  /** Resolves when the last words are written. */
  close(): Promise<void>;
}

export interface ChatOptions {
  readonly rooms: Rooms;
  readonly settings: Pick<GuildSettings, 'read'>;
  readonly optOuts: Pick<OptOuts, 'has'>;
  readonly store: Store;
  readonly ledger: UsageLedger;
  readonly limits: Limits;
  readonly live: LiveEndpoint;
  readonly media: Media;
  readonly fetch: FetchAttachment;
  readonly allowedGuilds: readonly string[] | null;
  readonly readsEverything: boolean;
  readonly clock: Clock;
  /** The calendar, ms since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

export async function createChat(options: ChatOptions): Promise<Chat> {
  return new ConnectedChat(options, await loadChatChoices(options.store));
}

class ConnectedChat implements Chat {
  readonly #options: ChatOptions;
  readonly desk: ChatDesk;
  readonly choices: ChatChoices;
  readonly load: LoadFiles;
  readonly #refusals: Refusals;
  readonly #closing = new AbortController();
  #client: Client | null = null;

  constructor(options: ChatOptions, choices: ChatChoices) {
    this.#options = options;
    this.choices = choices;
    this.load = createLoadFiles(options);
    this.#refusals = createRefusals(options);
    this.desk = createChatDesk({
      ...options,
      choices,
      readSettings: (guildId) => options.settings.read(guildId),
      selfIn: (guildId) => this.#selfIn(guildId),
      spent: (guildId) => this.#spent(guildId),
    });
  }

  get readsEverything(): boolean {
    return this.#options.readsEverything;
  }

  get signal(): AbortSignal {
    return this.#closing.signal;
  }

  async localeIn({ id, preferredLocale }: Guild): Promise<Locale> {
    try {
      const { language } = (await this.#options.settings.read(id)).settings;
      return publicLocale(language, preferredLocale);
    } catch (error) {
      // Whatever there is to say is said all the same.
      this.#options.log.warn({ err: error, guildId: id }, 'the language of a server could not be looked up');
      return toLocale(preferredLocale);
    }
  }

  attach(client: Client): void {
    this.#client = client;
    const { optOuts, log, readsEverything, allowedGuilds } = this.#options;
    const intake = createMessageIntake({
      ...{
        desk: this.desk,
        choices: this.choices,
        load: this.load,
        optOuts,
        readsEverything,
        signal: this.signal,
        log,
      },
      refusals: this.#refusals,
      localeOf: ({ guild }: Message<true>) => this.localeIn(guild),
    });
    client.on(Events.MessageCreate, (message) => {
      if (message.inGuild() && (allowedGuilds?.includes(message.guildId) ?? true)) intake.take(message);
    });
    client.on(Events.MessageDelete, ({ id }) => this.desk.withdraw(id));
    client.on(Events.MessageBulkDelete, (messages) => {
      for (const id of messages.keys()) this.desk.withdraw(id);
    });
    client.on(Events.ChannelDelete, (channel) => {
      if (!channel.isDMBased()) this.#channelGone(channel.guildId, channel.id);
    });
    client.on(Events.GuildDelete, ({ id }) => this.desk.leave(id));
    client.on(Events.ThreadDelete, ({ guildId, id }) => this.#channelGone(guildId, id));
  }

  on(event: RoomEvent): boolean {
    this.desk.on(event);
    if (event.type === 'sources' && this.#sources(event)) return true;
    const room = 'roomId' in event ? this.#options.rooms.get(event.roomId) : undefined;
    if (room?.kind !== 'text') return false;
    const { ledger, live, log } = this.#options;
    const { guildId, id: roomId } = room;
    if (event.type === 'usage') ledger.addTurn({ guildId, roomId, model: live.model }, event.usage);
    if (event.type === 'problem') log.warn({ roomId, guildId, problem: event.problem }, 'a text room has a problem');
    if (event.type === 'code' || event.type === 'sources') this.#show(roomId, event);
    return false;
  }

  placeOf(roomId: string): PostPlace | null {
    const { rooms, log } = this.#options;
    const room = rooms.get(roomId);
    const channel = room?.kind === 'text' ? this.#channel(room.channelId) : null;
    if (channel === null) return null;
    return {
      board: createNoticeBoard([channel], log),
      textChannels: [channel],
      guildLocale: channel.guild.preferredLocale,
    };
  }

  drain(): void {
    this.desk.drain();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#refusals.close();
    await this.desk.close();
  }

  /** Below the typed answer that rests on them. */
  #sources({ roomId, queries, sources }: Extract<RoomEvent, { type: 'sources' }>): boolean {
    const count = sourceMessages(translator('en'), queries, sources).length;
    const line = (at: number) => (t: Translate) => sourceMessages(t, queries, sources)[at] ?? '';
    const taken = Array.from({ length: count }, (_, at) => this.desk.footnote(roomId, line(at)));
    return taken.length > 0 && taken.every(Boolean);
  }

  #show(roomId: string, event: FindingsEvent): void {
    const place = this.placeOf(roomId);
    const guild = place?.textChannels[0]?.guild;
    if (place === null || guild === undefined) return;
    this.localeIn(guild)
      .then((locale) => showFindings(place.board, translator(locale), event))
      .catch((error: unknown) =>
        this.#options.log.warn({ err: error, roomId }, 'what an answer rests on could not be shown'),
      );
  }

  #channelGone(guildId: string, channelId: string): void {
    const isChosen = this.choices.of(guildId).channelId === channelId;
    const chosen = isChosen ? this.choices.change(guildId, { channelId: null }) : null;
    Promise.all([chosen, this.desk.forgetChannel(channelId)]).catch((error: unknown) =>
      this.#options.log.warn({ err: error, channelId }, 'a channel that is gone could not be forgotten'),
    );
  }

  #channel(channelId: string): GuildTextBasedChannel | null {
    const channel = this.#client?.channels.cache.get(channelId);
    return channel?.isTextBased() && !channel.isDMBased() ? channel : null;
  }

  #selfIn(guildId: string) {
    const me = this.#client?.guilds.cache.get(guildId)?.members.me;
    return me ? { selfId: me.id, selfName: me.displayName } : null;
  }

  /** Writing takes no minutes. */
  async #spent(guildId: string): Promise<Problem | null> {
    const { limits, ledger, now } = this.#options;
    const verdict = judge({ ...limits, maxMinutesPerDay: null }, await ledger.today(guildId), now());
    return verdict.kind === 'reached' ? verdict.problem : null;
  }
}
