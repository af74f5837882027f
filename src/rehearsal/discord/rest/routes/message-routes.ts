/**
 * Messages in channels (Discord, "Message Resource"), with the permissions that each takes.
 */
import { type ReadableMessage, readable } from '../../gateway/intents.ts';
import type { MessageBody } from '../../messages.ts';
import type { ChannelState, GuildState, MessageState } from '../../world/guild-state.ts';
import { memberOf } from '../../world/guild-state.ts';
import { has, type PermissionName, permissionsIn } from '../../world/permissions.ts';
import { channelJson, messageJson } from '../../world/serialise.ts';
import { type ApiResponse, apiErrors, NO_CONTENT, ok } from '../api-response.ts';
import { fileFacts, refusalOf } from '../form-check.ts';
import { type ApiDeps, type Route, type RouteRequest, route } from '../route.ts';
import { validateMessage } from '../validation/messages.ts';

export const messageRoutes: readonly Route[] = [
  route('GET', '/channels/:channel', (request, deps) =>
    inChannel(request, deps, [], ({ channel }) => ok(channelJson(channel))),
  ),
  route('GET', '/channels/:channel/messages', (request, deps) =>
    inChannel(request, deps, ['ReadMessageHistory'], ({ channel }) =>
      ok(page(channel, request.query).map((one) => shown(one, deps))),
    ),
  ),
  route('GET', '/channels/:channel/messages/:message', (request, deps) =>
    onMessage(request, deps, ['ReadMessageHistory'], (message) => ok(shown(message, deps))),
  ),
  route('POST', '/channels/:channel/messages', (request, deps) =>
    inChannel(request, deps, ['SendMessages'], (place) => post(request, deps, place)),
  ),
  route('PATCH', '/channels/:channel/messages/:message', (request, deps) =>
    onMessage(request, deps, [], (message) => edit(request, deps, message)),
  ),
  route('DELETE', '/channels/:channel/messages/:message', (request, deps) =>
    onMessage(request, deps, [], (message, place) => remove(deps, message, place)),
  ),
  route('POST', '/channels/:channel/typing', (request, deps) =>
    inChannel(request, deps, ['SendMessages'], ({ channel }) => {
      deps.tell({ type: 'typing', channelId: channel.id });
      return NO_CONTENT;
    }),
  ),
  route('PUT', '/channels/:channel/voice-status', (request, deps) =>
    inChannel(request, deps, ['SetVoiceChannelStatus'], () => NO_CONTENT),
  ),
];

interface Place {
  readonly guild: GuildState;
  readonly channel: ChannelState;
  readonly permissions: bigint;
}

function inChannel(
  { params: [channelId = ''] }: RouteRequest,
  { world }: ApiDeps,
  needed: readonly PermissionName[],
  act: (place: Place) => ApiResponse,
): ApiResponse {
  const found = world.channel(channelId);
  const bot = found && memberOf(found.guild, world.bot.id);
  if (!found || !bot) return apiErrors.unknownChannel;
  const permissions = permissionsIn(found.guild, found.channel, bot);
  if (!has(permissions, 'ViewChannel')) return apiErrors.missingAccess;
  if (!needed.every((name) => has(permissions, name))) return apiErrors.missingPermissions;
  return act({ ...found, permissions });
}

function onMessage(
  request: RouteRequest,
  deps: ApiDeps,
  needed: readonly PermissionName[],
  act: (message: MessageState, place: Place) => ApiResponse,
): ApiResponse {
  return inChannel(request, deps, needed, (place) => {
    const message = deps.messages.find(place.channel.id, request.params[1] ?? '');
    return message ? act(message, place) : apiErrors.unknownMessage;
  });
}

/** A message as the bot may read it: REST hides what the gateway hides. */
function shown(message: MessageState, { intents, world }: ApiDeps): unknown {
  return readable(messageJson(message) as ReadableMessage, intents(), world.bot.id);
}

/** Newest first, at most 100 (Discord, "Get Channel Messages"). */
function page(channel: ChannelState, query: URLSearchParams): MessageState[] {
  const limit = Math.min(100, Math.max(1, Number(query.get('limit') ?? 50)));
  const [before, after] = [query.get('before'), query.get('after')];
  const newestFirst = channel.messages
    .filter(
      ({ id }) => (before === null || BigInt(id) < BigInt(before)) && (after === null || BigInt(id) > BigInt(after)),
    )
    .reverse();
  // After a message means right after it; before one, right before it.
  return after === null ? newestFirst.slice(0, limit) : newestFirst.slice(-limit);
}

const VOICE_MESSAGE = 1 << 13;

function post(request: RouteRequest, deps: ApiDeps, { guild, channel, permissions }: Place): ApiResponse {
  const { files } = request;
  const refusal = refusalOf(
    validateMessage(request.body, { edit: false, webhook: false, files: fileFacts(files) }),
    request,
    deps,
  );
  if (refusal) return refusal;
  const body = request.body as MessageBody;
  if (((body.flags ?? 0) & VOICE_MESSAGE) !== 0 && !has(permissions, 'SendVoiceMessages'))
    return apiErrors.noVoiceMessages;
  if (files.length > 0 && !has(permissions, 'AttachFiles')) return apiErrors.missingPermissions;
  if (body.poll && !has(permissions, 'SendPolls')) return apiErrors.missingPermissions;
  const replyId = body.message_reference?.message_id;
  const replyTo = replyId === undefined ? null : deps.messages.find(channel.id, replyId);
  if (replyTo === undefined) return apiErrors.unknownMessage;
  if (replyTo !== null && !has(permissions, 'ReadMessageHistory')) return apiErrors.missingPermissions;
  // Links stay plain without the permission; nothing is refused.
  const kept = has(permissions, 'EmbedLinks') ? body : { ...body, embeds: [] };
  return ok(messageJson(deps.messages.post({ guild, channel, author: deps.world.bot, body: kept, files, replyTo })));
}

function edit(request: RouteRequest, deps: ApiDeps, message: MessageState): ApiResponse {
  if (message.author.id !== deps.world.bot.id) return apiErrors.foreignMessage;
  const context = { edit: true, webhook: false, files: fileFacts(request.files), had: { flags: message.flags } };
  const refusal = refusalOf(validateMessage(request.body, context), request, deps);
  return refusal ?? ok(messageJson(deps.messages.edit(message, request.body as MessageBody, request.files)));
}

function remove(deps: ApiDeps, message: MessageState, { permissions }: Place): ApiResponse {
  const mine = message.author.id === deps.world.bot.id;
  if (!mine && !has(permissions, 'ManageMessages')) return apiErrors.missingPermissions;
  deps.messages.remove(message);
  return NO_CONTENT;
}
