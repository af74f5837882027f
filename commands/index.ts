import type { Command } from '../src/discord/define-command.ts';
import type { MessageCommand } from '../src/discord/define-message-command.ts';
import { ask } from './ask.ts';
import { askParley } from './ask-parley.ts';
import { chat } from './chat.ts';
import { helpFor } from './help.ts';
import { images } from './images.ts';
import { join } from './join.ts';
import { language } from './language.ts';
import { leave } from './leave.ts';
import { listen } from './listen.ts';
import { persona } from './persona.ts';
import { privacy } from './privacy.ts';
import { reset } from './reset.ts';
import { status } from './status.ts';
import { stop } from './stop.ts';
import { tools } from './tools.ts';
import { transcript } from './transcript.ts';
import { turns } from './turns.ts';
import { usage } from './usage.ts';
import { voice } from './voice.ts';

/** Every slash command, in the order in which `/help` and Discord list them. */
export const commands: readonly Command[] = [
  join,
  leave,
  stop,
  reset,
  ask,
  voice,
  language,
  tools,
  persona,
  listen,
  turns,
  status,
  usage,
  helpFor(() => ({ commands, messageCommands })),
  privacy,
  transcript,
  chat,
  images,
];

/** Every command in the menu of a message. */
export const messageCommands: readonly MessageCommand[] = [askParley];
