/**
 * Changes a panel's message by its ids alone, so that also one of before a restart can be.
 */
import { DiscordAPIError, MessageFlags, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { PanelBody } from './panel-body.ts';

export interface PanelAddress {
  readonly channelId: string;
  readonly messageId: string;
}

/** `gone`: there is no such message any more, or the bot will not get at it again. */
export type EditOutcome = 'edited' | 'gone';

const GONE: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownGuild,
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.CannotEditMessageAuthoredByAnotherUser,
  // Only a thread that somebody opens again can be written in; until then nobody can press anything there either.
  RESTJSONErrorCodes.InvalidActionOnArchivedThread,
]);

/** @throws what REST throws for now: the message may still be there */
export async function editPanel(rest: REST, panel: PanelAddress, body: PanelBody): Promise<EditOutcome> {
  const message = { components: [body], flags: MessageFlags.IsComponentsV2, allowed_mentions: { parse: [] } };
  try {
    await rest.patch(Routes.channelMessage(panel.channelId, panel.messageId), { body: message });
    return 'edited';
  } catch (error) {
    if (error instanceof DiscordAPIError && GONE.has(error.code)) return 'gone';
    throw error;
  }
}
