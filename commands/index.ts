import type { Command } from '../src/discord/define-command.ts';
import { join } from './join.ts';
import { leave } from './leave.ts';

/** Every slash command, in the order in which `/help` and Discord list them. */
export const commands: readonly Command[] = [join, leave];
