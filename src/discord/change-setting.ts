/**
 * Changes what a member asked to change, and tells: privately what came of it, as far as it is true at that moment; the room's
 * channel, in one line, once it is in force there.
 */
import type { AttachmentBuilder } from 'discord.js';
import type { MessageKey } from '../i18n/messages.ts';
import type { Translate } from '../i18n/translate.ts';
import type { RoomStatus } from '../room/protocol.ts';
import type { SettingsChange } from '../store/store.ts';
import type { Clock } from '../types/clock.ts';
import type { RoomSettings } from '../types/settings.ts';
import type { SettingsChanged } from './guild-settings.ts';
import type { Asker, CommandServices, Reply } from './services.ts';

/**
 * How long the member waits for "in force" before reading that it will be. A room takes over what it can between two turns, so
 * this is how long an answer may still be going on: most are over by then, and a member who sees nothing for longer than this
 * thinks that the command is broken (DESIGN.md §4).
 */
export const IN_FORCE_MS = 10_000;
/** Of a room that is not there yet, or lost touch, it is known that it may take longer: said within the 3 s of every answer. */
const NOT_READY_MS = 2_500;

export interface SettingContext
  extends Pick<CommandServices, 'settings' | 'keeper' | 'clock' | 'log'>,
    Pick<Asker, 't'> {
  readonly reply: Reply;
}

/** Something more for the member to know. */
export interface Aside {
  readonly text: string;
  readonly files: readonly AttachmentBuilder[];
}

export interface WantedChange {
  readonly guildId: string;
  readonly change: SettingsChange;
  /** What is set, a sentence in the member's words. */
  readonly saved: string;
  /** What the room's channel reads once it is in force there; nothing is posted without it. */
  readonly announce?: (t: Translate) => string;
  /** What there is to say of the settings that were replaced. */
  readonly aside?: (before: RoomSettings) => Aside | null;
}

/**
 * Resolves when the last word is said: a room may take minutes to be back.
 *
 * @throws ParleyError `STORE_WRITE_FAILED`: nothing has changed
 */
export async function changeSetting(context: SettingContext, wanted: WantedChange): Promise<void> {
  const { settings, clock, reply, t, log } = context;
  const { guildId, change, saved, aside } = wanted;
  const present = await settings.read(guildId);
  if (!differs(present.settings, change)) return reply(`${saved} ${t('setting.already')}`);

  const { before, room } = await settings.change(guildId, change);
  const more = aside?.(before.settings) ?? null;
  const tell = (status: StatusKey): Promise<void> => {
    // That it is set would not be true any more.
    if (isRefusal(status)) return reply(t(status));
    return reply([`${saved} ${t(status)}`, more?.text ?? []].flat().join('\n'), more?.files);
  };

  if (room === null) return tell('setting.fromNextJoin');
  const { status } = room.room.status;
  const settled = await settledWithin(clock, status === 'ready' ? IN_FORCE_MS : NOT_READY_MS, room.outcome);
  if (settled) return tell(await lastWord(context, wanted, room));
  await tell(waiting(room.room.status));
  const last = await lastWord(context, wanted, room);
  // After 15 minutes Discord takes no more edits. What it says then is still true, only not the latest.
  await tell(last).catch((error: unknown) => log.info({ err: error, guildId }, 'a member could not be told the end'));
}

type StatusKey = Extract<MessageKey, `setting.${string}`>;

/** Announces what has come into force, and returns what to tell the member in the end. */
async function lastWord(
  { settings, keeper }: SettingContext,
  { guildId, change, announce }: WantedChange,
  room: NonNullable<SettingsChanged['room']>,
): Promise<StatusKey> {
  const outcome = await room.outcome;
  if (outcome === 'refused') return 'setting.refused';
  if (outcome === 'refusedUnsaved') return 'setting.refusedUnsaved';
  const latest = await settings.read(guildId);
  // A later change of somebody else counts as having come into force with ours, and may have undone it.
  if (differs(latest.settings, change)) return 'setting.overtaken';
  if (outcome === 'roomEnded') return 'setting.fromNextJoin';
  if (announce !== undefined) keeper.say(guildId, announce);
  return 'setting.inForce';
}

function isRefusal(status: StatusKey): boolean {
  return status === 'setting.refused' || status === 'setting.refusedUnsaved';
}

function waiting({ status }: RoomStatus): StatusKey {
  if (status === 'joining') return 'setting.onceReady';
  return status === 'recovering' ? 'setting.onceBack' : 'setting.afterThisAnswer';
}

function differs(settings: RoomSettings, { tools = {}, ...change }: SettingsChange): boolean {
  const others = Object.entries(change) as [keyof RoomSettings, unknown][];
  return (
    others.some(([name, value]) => settings[name] !== value) ||
    Object.entries(tools).some(([name, enabled]) => settings.tools[name] !== enabled)
  );
}

async function settledWithin(clock: Clock, ms: number, work: Promise<unknown>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = clock.after(ms, () => resolve(false));
  const done = work.then(() => true as const);
  return Promise.race([done, late]).finally(() => timer.cancel());
}
