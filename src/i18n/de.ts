import { chat } from './de/chat.ts';
import { commands } from './de/commands.ts';
import { errors } from './de/errors.ts';
import { info } from './de/info.ts';
import { panel } from './de/panel.ts';
import { privacy } from './de/privacy.ts';
import { recovery } from './de/recovery.ts';
import { reminders } from './de/reminders.ts';
import { room } from './de/room.ts';
import { settings } from './de/settings.ts';
import { sources } from './de/sources.ts';
import { tools } from './de/tools.ts';
import { transcript } from './de/transcript.ts';
import type { Messages } from './messages.ts';

export const de: Messages = {
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
