/**
 * A channel, or a message in one, as far as the bot gets at it: what REST answers when it does not.
 */
import { type ReadableMessage, readable } from '../gateway/intents.ts';
import type { ChannelState, GuildState, MessageState } from '../world/guild-state.ts';
import { memberOf } from '../world/guild-state.ts';
import { messageJson } from '../world/message-json.ts';
import { entersChat, has, type PermissionName, permissionsIn } from '../world/permissions.ts';
import { type ApiResponse, apiErrors } from './api-response.ts';
import type { ApiDeps, RouteRequest } from './route.ts';

export interface Place {
  readonly guild: GuildState;
  readonly channel: ChannelState;
  /** The bot's. */
  readonly permissions: bigint;
}

type Needed = readonly PermissionName[] | ((place: Place) => readonly PermissionName[]);

/** For what takes no look into the chat. The channel's id is the path's first. */
export function atChannel(
  { params: [channelId = ''] }: RouteRequest,
  { world }: ApiDeps,
  needed: Needed,
  act: (place: Place) => ApiResponse,
): ApiResponse {
  const found = world.channel(channelId);
  if (!found) return apiErrors.unknownChannel;
  const bot = memberOf(found.guild, world.bot.id);
  const place = { ...found, permissions: bot ? permissionsIn(found.guild, found.channel, bot) : 0n };
  if (!has(place.permissions, 'ViewChannel')) return apiErrors.missingAccess;
  const names = typeof needed === 'function' ? needed(place) : needed;
  return names.every((name) => has(place.permissions, name)) ? act(place) : apiErrors.missingPermissions;
}

/** For messages: the chat of a voice channel takes Connect too, and lacking it is no access (discord-api-docs #5111). */
export function inChat(
  request: RouteRequest,
  deps: ApiDeps,
  needed: Needed,
  act: (place: Place) => ApiResponse,
): ApiResponse {
  return atChannel(request, deps, [], ({ channel, permissions }) =>
    entersChat(channel, permissions) ? atChannel(request, deps, needed, act) : apiErrors.missingAccess,
  );
}

/** The message's id is the path's second. */
export function onMessage(
  request: RouteRequest,
  deps: ApiDeps,
  needed: Needed,
  act: (message: MessageState, place: Place) => ApiResponse,
): ApiResponse {
  return inChat(request, deps, needed, (place) => {
    const message = deps.messages.find(place.channel.id, request.params[1] ?? '');
    return message ? act(message, place) : apiErrors.unknownMessage;
  });
}

/** A message as the bot may read it: REST hides what the gateway hides. */
export function shown(message: MessageState, { world }: ApiDeps): unknown {
  return readable(messageJson(message) as ReadableMessage, world.messageContentAllowed, world.bot.id);
}
