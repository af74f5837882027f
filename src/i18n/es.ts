import { chat } from './es/chat.ts';
import { commands } from './es/commands.ts';
import { errors } from './es/errors.ts';
import { info } from './es/info.ts';
import { panel } from './es/panel.ts';
import { privacy } from './es/privacy.ts';
import { recovery } from './es/recovery.ts';
import { reminders } from './es/reminders.ts';
import { room } from './es/room.ts';
import { settings } from './es/settings.ts';
import { sources } from './es/sources.ts';
import { tools } from './es/tools.ts';
import { transcript } from './es/transcript.ts';
import type { Messages } from './messages.ts';

export const es: Messages = {
  ...commands,
  ...room,
  ...errors,
  ...settings,
  ...info,
  ...privacy,
  ...panel,
  ...recovery,
  ...reminders,
  ...sources,
  ...tools,
  ...transcript,
  ...chat,
};
