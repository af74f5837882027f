/**
 * The store in a SQLite file, through `node:sqlite`: reads and writes are synchronous and take microseconds; what can take
 * longer, a lock of another process, is waited for off the event loop.
 */
import type { Clock } from '../types/clock.ts';
import { createChatTables } from './chat-tables.ts';
import { createGuildTables } from './guild-tables.ts';
import { type OpenDatabase, openDatabase } from './open-database.ts';
import { createOpenRoomsTable } from './open-rooms-table.ts';
import { createOptOutsTable } from './opt-outs-table.ts';
import { createPanelsTable } from './panels-table.ts';
import { createRemindersTable } from './reminders-table.ts';
import { createSettingsTable } from './settings-table.ts';
import type { Store, TokenEntry, UsageEntry } from './store.ts';
import { createTranscriptsTables } from './transcripts-tables.ts';
import { createUsageTables, type UsageTables } from './usage-tables.ts';
import { createWriteQueue, type WriteQueue } from './write-queue.ts';

/**
 * @param path of the file, or `:memory:`
 * @throws ParleyError `STORE_UNUSABLE`
 */
export function openSqliteStore(path: string, clock: Clock): Store {
  return createSqliteStore(openDatabase(path), clock);
}

/** The store in a database that is open and of the present version; closes it. */
export function createSqliteStore(open: OpenDatabase, clock: Clock): Store {
  const { database, readOnly } = open;
  const { write, close } = createWriteQueue(open, clock);
  const settings = createSettingsTable(database);
  const usage = createUsageTables(database);
  const optOuts = createOptOutsTable(database);
  const panels = createPanelsTable(database);
  const openRooms = createOpenRoomsTable(database);
  const transcripts = createTranscriptsTables(database);
  const reminders = createRemindersTable(database);
  const chat = createChatTables(database);
  const guilds = createGuildTables(database);

  return {
    readOnly,
    usage: async (guildId, day) => usage.ofDay(guildId, day),
    addUsage: usageWriter(write, usage),
    usageReport: async (guildId, query) => usage.report(guildId, query),
    settings: async (guildId) => settings.read(guildId),
    saveSettings: (guildId, change) => write(() => settings.save(guildId, change)),
    optedOut: async () => optOuts.all(),
    setOptedOut: (userId, optedOut) => write(() => optOuts.set(userId, optedOut)),
    panels: async () => panels.all(),
    savePanel: (panel) => write(() => panels.save(panel)),
    removePanel: (messageId) => write(() => panels.remove(messageId)),
    openRooms: async () => openRooms.all(),
    saveOpenRoom: (room) => write(() => openRooms.save(room)),
    removeOpenRoom: (roomId) => write(() => openRooms.remove(roomId)),
    transcriptTarget: async (guildId) => transcripts.target(guildId),
    saveTranscriptTarget: (guildId, target) => write(() => transcripts.saveTarget(guildId, target)),
    addTranscriptTurns: (turns) => write(() => transcripts.add(turns)),
    conversations: async (guildId) => transcripts.conversations(guildId),
    transcript: async (guildId, roomId) => transcripts.turns(guildId, roomId),
    deleteTranscriptsBefore: (at) => write(() => transcripts.deleteBefore(at)),
    addReminder: (reminder) => write(() => reminders.add(reminder)),
    reminders: async (guildId) => reminders.ofGuild(guildId),
    reminderOutlook: async (at) => reminders.outlook(at),
    removeReminder: (guildId, id) => write(() => reminders.remove(guildId, id)),
    chatSettings: async () => chat.settings(),
    saveChatSettings: (guildId, settings) => write(() => chat.saveSettings(guildId, settings)),
    textRoom: async (channelId) => chat.room(channelId),
    saveTextRoom: (room) => write(() => chat.saveRoom(room)),
    removeTextRoom: (channelId) => write(() => chat.removeRoom(channelId)),
    guilds: async () => guilds.ids(),
    guildGone: (guildId, at) => write(() => guilds.gone(guildId, at)),
    guildBack: (guildId) => write(() => guilds.back(guildId)),
    forgetGuildsGoneBefore: (at) =>
      write(() => {
        const ids = guilds.goneBefore(at);
        for (const id of ids) guilds.forget(id);
        return ids;
      }),
    close() {
      close();
      if (database.isOpen) database.close();
    },
  };
}

/** With the first use of a new day, and the first after a start, what has grown too old goes. */
function usageWriter(write: WriteQueue['write'], tables: UsageTables): Store['addUsage'] {
  let prunedOn = '';
  return async (entries: readonly UsageEntry[], tokens: readonly TokenEntry[] = []) => {
    const latest = entries.reduce((day, entry) => (entry.day > day ? entry.day : day), prunedOn);
    await write(() => {
      tables.add(entries, tokens);
      if (latest > prunedOn) tables.prune(latest);
    });
    prunedOn = latest;
  };
}
