/**
 * English: the table that decides which messages there are and which placeholders each has. Words in braces are filled in.
 * Each text is one literal: the type check reads the placeholders out of it. One file a subject, in every language.
 */
import { chat } from './en/chat.ts';
import { commands } from './en/commands.ts';
import { errors } from './en/errors.ts';
import { info } from './en/info.ts';
import { panel } from './en/panel.ts';
import { privacy } from './en/privacy.ts';
import { recovery } from './en/recovery.ts';
import { reminders } from './en/reminders.ts';
import { room } from './en/room.ts';
import { settings } from './en/settings.ts';
import { sources } from './en/sources.ts';
import { tools } from './en/tools.ts';
import { transcript } from './en/transcript.ts';

export const en = {
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
} as const;
