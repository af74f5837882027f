/**
 * The functions that Parley brings along, as DESIGN.md §4 names them.
 */
import type { Random } from '../../types/clock.ts';
import type { Tool } from '../define-tool.ts';
import { cancelReminder } from './cancel-reminder.ts';
import { createPoll } from './create-poll.ts';
import { currentTime } from './current-time.ts';
import { listReminders } from './list-reminders.ts';
import { memberInfo } from './member-info.ts';
import { postNote } from './post-note.ts';
import { rollDice } from './roll-dice.ts';
import { serverInfo } from './server-info.ts';
import { setReminder } from './set-reminder.ts';
import { whoIsHere } from './who-is-here.ts';

export interface BuiltinToolServices {
  /** The calendar, ms since 1970. */
  readonly now: () => number;
  /** For dice: nobody may be able to guess it. */
  readonly random: Random;
}

export function createBuiltinTools({ now, random }: BuiltinToolServices): readonly Tool[] {
  return [
    currentTime(now),
    whoIsHere,
    rollDice(random),
    setReminder(now),
    listReminders(now),
    cancelReminder,
    createPoll,
    postNote,
    memberInfo,
    serverInfo,
  ];
}
