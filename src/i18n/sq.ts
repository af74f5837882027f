import type { Messages } from './messages.ts';
import { chat } from './sq/chat.ts';
import { commands } from './sq/commands.ts';
import { errors } from './sq/errors.ts';
import { info } from './sq/info.ts';
import { panel } from './sq/panel.ts';
import { privacy } from './sq/privacy.ts';
import { recovery } from './sq/recovery.ts';
import { reminders } from './sq/reminders.ts';
import { room } from './sq/room.ts';
import { settings } from './sq/settings.ts';
import { sources } from './sq/sources.ts';
import { tools } from './sq/tools.ts';
import { transcript } from './sq/transcript.ts';

export const sq: Messages = {
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
