import type { AttachmentBuilder } from 'discord.js';
import { changeSetting, type WantedChange } from '../../../src/discord/change-setting.ts';
import { createGuildSettings, type GuildSettings } from '../../../src/discord/guild-settings.ts';
import { type Translate, translator } from '../../../src/i18n/translate.ts';
import type { RoomEvent } from '../../../src/room/protocol.ts';
import { openSqliteStore } from '../../../src/store/sqlite-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createMemoryRooms } from '../../kit/memory-rooms.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';

export const GUILD = 'g';
const t = translator('en');

interface Member {
  readonly answers: string[];
  readonly files: number[];
  /** Discord takes no more edits of this member's answer. */
  expired: boolean;
  asks(wanted: Partial<WantedChange>): Promise<void>;
}

interface SetUpOptions {
  readonly store?: (inner: Store) => Partial<Store>;
}

/** Members who change settings, and rooms that have no audio plane. */
export function setUp({ store: patch }: SetUpOptions = {}) {
  const clock = createFakeClock();
  const log = createRecordingLog();
  const posted: string[] = [];
  const inner = openSqliteStore(':memory:', clock);
  const store = { ...inner, ...patch?.(inner) };
  const rooms = createMemoryRooms({ readyAtOnce: false, on: (event: RoomEvent) => settings.on(event) });
  const settings: GuildSettings = createGuildSettings(store, rooms, log);
  const keeper = { say: (_guildId: string, words: (t: Translate) => string) => void posted.push(words(t)) };

  const member = (name: string): Member => {
    const answers: string[] = [];
    const files: number[] = [];
    const one: Member = {
      answers,
      files,
      expired: false,
      asks(wanted) {
        const reply = async (text: string, attached: readonly AttachmentBuilder[] = []): Promise<void> => {
          if (one.expired) throw new Error('Invalid Webhook Token');
          answers.push(text);
          files.push(attached.length);
        };
        const context = { settings, keeper: keeper as never, clock, log, t, reply };
        const voice = wanted.change?.voice;
        const announce = () => `${name} has changed it to ${voice}`;
        return changeSetting(context, { guildId: GUILD, change: {}, saved: `Set to ${voice}.`, announce, ...wanted });
      },
    };
    return one;
  };
  const openRoom = (ready = true) => {
    const live = { apiKey: '', baseUrl: null, model: 'gemini-3.8-live' };
    const place = { guildId: GUILD, channelId: 'c', channelKind: 'voice', selfId: 's', selfName: 'Parley' } as const;
    const request = { ...place, roster: [], settings: DEFAULT_SETTINGS, revision: 0, live, handle: null, seed: [] };
    const room = rooms.open(request);
    if (ready) rooms.latest().becomeReady();
    return rooms.get(room.id) as ReturnType<typeof rooms.latest>;
  };
  /** Lets everything run that waits for nothing but itself. */
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { clock, log, posted, store, rooms, settings, member, openRoom, settle };
}
