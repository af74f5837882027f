/**
 * What one room's channel reads: who listens, what went wrong, why it ended. In the server's language, each thing once.
 */
import type { ErrorCode, Problem } from '../errors.ts';
import { publicLocale } from '../i18n/locales.ts';
import { describeProblem, type Translate, translator } from '../i18n/translate.ts';
import type { EndReason } from '../room/protocol.ts';
import type { Clock } from '../types/clock.ts';
import { endNotice } from './end-notice.ts';
import type { RoomPlace } from './room-place.ts';

/** The same trouble is told to a room at most this often. */
const TELL_AGAIN_MS = 60_000;

export interface RoomNotices {
  /** False when there was no place to post it to. */
  say(words: (t: Translate) => string): Promise<boolean>;
  /** The consent notice, and on a stage asking to speak. False when the notice could not be posted. */
  welcome(): Promise<boolean>;
  /** Posts from now on where the bot sits now, and welcomes there. */
  moved(place: (before: RoomPlace) => RoomPlace): void;
  problem(problem: Problem): void;
  ended(reason: EndReason): void;
  /** Resolves when all that was to be said is posted, or could not be. */
  posted(): Promise<void>;
}

/** @param language `/language` of the guild: a code, or `auto` */
export function createRoomNotices(opened: RoomPlace, language: string, clock: Clock): RoomNotices {
  let place = opened;
  let last: Promise<unknown> = Promise.resolve();
  const toldAt = new Map<ErrorCode, number>();

  const locale = () => publicLocale(language, place.guildLocale);
  const channel = () => `<#${place.channelId}>`;

  const post = (text: string): Promise<boolean> => {
    const { board } = place;
    // One after another, so that they are read in the order in which things happened.
    const posted = last.then(() => board.post(text));
    last = posted;
    return posted;
  };

  const welcome = async (): Promise<boolean> => {
    const { takeTheFloor } = place;
    const posted = await post(translator(locale())('notice.consent', { channel: channel() }));
    if (!(await takeTheFloor())) await post(translator(locale())('notice.askedToSpeak'));
    return posted;
  };

  return {
    say: (words) => post(words(translator(locale()))),
    welcome,
    moved(next) {
      place = next(place);
      void welcome();
    },
    problem(problem) {
      const before = toldAt.get(problem.code);
      if (before !== undefined && clock.now() - before < TELL_AGAIN_MS) return;
      toldAt.set(problem.code, clock.now());
      void post(describeProblem(locale(), problem));
    },
    ended(reason) {
      const text = endNotice(locale(), reason, channel());
      if (text !== null) void post(text);
    },
    posted: async () => void (await last),
  };
}
