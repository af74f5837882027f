import { chat } from './fr/chat.ts';
import { commands } from './fr/commands.ts';
import { errors } from './fr/errors.ts';
import { info } from './fr/info.ts';
import { panel } from './fr/panel.ts';
import { privacy } from './fr/privacy.ts';
import { recovery } from './fr/recovery.ts';
import { reminders } from './fr/reminders.ts';
import { room } from './fr/room.ts';
import { settings } from './fr/settings.ts';
import { sources } from './fr/sources.ts';
import { tools } from './fr/tools.ts';
import { transcript } from './fr/transcript.ts';
import type { Messages } from './messages.ts';

export const fr: Messages = {
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
