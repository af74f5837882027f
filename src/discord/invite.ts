/**
 * The link that adds the bot to a server.
 */
import { OAuth2Scopes } from 'discord.js';

/**
 * View, send, history, connect, speak, embed, attach, react, public threads, send in threads, voice messages, polls, voice
 * channel status, request to speak: everything any feature here needs. Each of them says so where a server gave less.
 */
const PERMISSIONS = 915_107_210_185_792n;

export function inviteLink(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: `${OAuth2Scopes.Bot} ${OAuth2Scopes.ApplicationsCommands}`,
    permissions: PERMISSIONS.toString(),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}
