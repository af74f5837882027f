/**
 * What one room's channel reads: who listens, what went wrong, why it ended. In the server's language, each thing once.
 */
import type { ErrorCode, Problem } from '../errors.ts';
import { type Locale, publicLocale } from '../i18n/locales.ts';
import { describeProblem, type Translate, translator } from '../i18n/translate.ts';
import type { EndReason } from '../room/protocol.ts';
import type { StoredSettings } from '../store/store.ts';
import type { Clock } from '../types/clock.ts';
import type { Log } from '../types/log.ts';
import { endNotice } from './end-notice.ts';
import type { Panel } from './panel/panel.ts';
import { closedPanel, movedPanel } from './panel/panel-body.ts';
import { createRoomPanel, type RoomPanelOptions } from './panel/room-panel.ts';
import type { RoomPlace } from './room-place.ts';
import { type FindingsEvent, showFindings } from './sources/show-findings.ts';

/** The same trouble is told to a room at most this often. */
const TELL_AGAIN_MS = 60_000;

export interface RoomNotices {
  /** Where the bot sits now. */
  readonly place: RoomPlace;
  /** False when there was no place to post it to. */
  say(words: (t: Translate) => string): Promise<boolean>;
  /** The panel with the consent notice, and on a stage asking to speak. False when the panel could not be posted. */
  welcome(): Promise<boolean>;
  /** Posts from now on where the bot sits now, and welcomes there. */
  moved(place: (before: RoomPlace) => RoomPlace): void;
  /** The room answers under the settings of that revision now. */
  settingsApplied(revision: number): void;
  /** The room goes on under the settings of before. */
  settingsRefused(problem: Problem): void;
  /** Who is there, or how the room is, may have changed. */
  changed(): void;
  /** False for a panel that the room has left behind, and for every other message. */
  isPanel(messageId: string): boolean;
  problem(problem: Problem): void;
  /** What an answer rests on. */
  found(event: FindingsEvent): void;
  ended(reason: EndReason): void;
  /** Resolves when all that was to be said is posted, or could not be. */
  posted(): Promise<void>;
}

export interface RoomNoticesOptions extends Omit<RoomPanelOptions, 'place' | 'locale' | 'voice'> {
  /** What the room opens under. */
  readonly settings: StoredSettings;
  /** What is saved now. */
  readonly readSettings: () => Promise<StoredSettings>;
  readonly clock: Clock;
  readonly log: Log;
}

export function createRoomNotices(opened: RoomPlace, options: RoomNoticesOptions): RoomNotices {
  const { clock, log } = options;
  let place = opened;
  let inForce = options.settings;
  let last: Promise<unknown> = Promise.resolve();
  const toldAt = new Map<ErrorCode, number>();

  const locale = (): Locale => publicLocale(inForce.settings.language, place.guildLocale);
  const channel = () => `<#${place.channelId}>`;
  const panelHere = (): Panel => createRoomPanel({ ...options, place, locale, voice: () => inForce.settings.voice });
  let panel = panelHere();

  /** One after another, so that they are read in the order in which things happened. */
  const inOrder = <T>(task: () => Promise<T>): Promise<T> => {
    const done = last.then(task);
    last = done.catch((error: unknown) => log.error({ err: error, guildId: place.guildId }, 'a notice failed'));
    return done;
  };

  const post = (words: (locale: Locale) => string): Promise<boolean> => {
    const { board } = place;
    return inOrder(() => board.post(words(locale())));
  };

  const welcome = async (): Promise<boolean> => {
    const { takeTheFloor } = place;
    const posted = await inOrder(panel.post);
    if (!(await takeTheFloor())) await post((words) => translator(words)('notice.askedToSpeak'));
    return posted;
  };

  const meanwhile = (task: Promise<void>): void => {
    last = Promise.all([last, task]);
  };

  return {
    get place() {
      return place;
    },
    say: (words) => post((now) => words(translator(now))),
    welcome,
    moved(next) {
      const before = panel;
      place = next(place);
      panel = panelHere();
      // Whatever goes wrong there is in the log; nobody waits for it.
      welcome().catch(() => undefined);
      // Beside the new one and not before it: who is there now has to be told first.
      meanwhile(before.close(movedPanel(locale(), place.guildId, place.channelId)));
    },
    settingsApplied(revision) {
      void inOrder(async () => {
        const saved = await options.readSettings();
        // What was saved after that is in force when the room says so.
        if (saved.revision <= revision && saved.revision > inForce.revision) inForce = saved;
        panel.changed();
      });
    },
    settingsRefused: (problem) =>
      void post((now) => translator(now)('notice.settingsRefused', { why: describeProblem(now, problem) })),
    changed: () => panel.changed(),
    isPanel: (messageId) => panel.isMessage(messageId),
    problem(problem) {
      const before = toldAt.get(problem.code);
      if (before !== undefined && clock.now() - before < TELL_AGAIN_MS) return;
      toldAt.set(problem.code, clock.now());
      void post((now) => describeProblem(now, problem));
    },
    found(event) {
      const { board } = place;
      void inOrder(() => showFindings(board, translator(locale()), event)).catch(() => undefined);
    },
    ended(reason) {
      const text = endNotice(locale(), reason, channel());
      if (text !== null) void post(() => text);
      meanwhile(panel.close(closedPanel(locale(), place.guildId)));
    },
    posted: async () => void (await last),
  };
}
