/**
 * Messages in channels (Discord, "Message Resource"), with the permissions that each takes.
 */
import type { MessageBody } from '../../messages.ts';
import type { ChannelState, MessageState } from '../../world/guild-state.ts';
import { has, permissionToWrite } from '../../world/permissions.ts';
import { type ApiResponse, apiErrors, NO_CONTENT, ok } from '../api-response.ts';
import { fileFacts, refusalOf, refusedForm } from '../form-check.ts';
import { inChat, onMessage, type Place, shown } from '../in-channel.ts';
import { type ApiDeps, type Route, type RouteRequest, route } from '../route.ts';
import { setThread } from '../set-thread.ts';
import { validateMessage } from '../validation/messages.ts';

export const messageRoutes: readonly Route[] = [
  route('GET', '/channels/:channel/messages', (request, deps) =>
    inChat(request, deps, [], ({ channel, permissions }) => {
      // Nothing is refused: without the permission there is no history.
      const messages = has(permissions, 'ReadMessageHistory') ? page(channel, request.query) : [];
      return ok(messages.map((one) => shown(one, deps)));
    }),
  ),
  route('GET', '/channels/:channel/messages/:message', (request, deps) =>
    onMessage(request, deps, ['ReadMessageHistory'], (message) => ok(shown(message, deps))),
  ),
  route('POST', '/channels/:channel/messages', (request, deps) =>
    inChat(
      request,
      deps,
      ({ channel }) => [permissionToWrite(channel)],
      (place) => post(request, deps, place),
    ),
  ),
  route('PATCH', '/channels/:channel/messages/:message', (request, deps) =>
    onMessage(request, deps, [], (message, place) => edit(request, deps, message, place)),
  ),
  route('DELETE', '/channels/:channel/messages/:message', (request, deps) =>
    onMessage(request, deps, [], (message, place) => remove(deps, message, place)),
  ),
  route('PUT', '/channels/:channel/messages/:message/reactions/:emoji/@me', (request, deps) =>
    onMessage(request, deps, ['ReadMessageHistory', 'AddReactions'], (message) => react(request, message, true)),
  ),
  route('DELETE', '/channels/:channel/messages/:message/reactions/:emoji/@me', (request, deps) =>
    onMessage(request, deps, ['ReadMessageHistory'], (message) => react(request, message, false)),
  ),
];

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
  const facts = { edit: false, webhook: false, files: fileFacts(files) };
  const refusal = refusalOf(validateMessage(request.body, facts), request, deps);
  if (refusal) return refusal;
  const body = request.body as MessageBody;
  if (((body.flags ?? 0) & VOICE_MESSAGE) !== 0 && !has(permissions, 'SendVoiceMessages'))
    return apiErrors.noVoiceMessages;
  if (files.length > 0 && !has(permissions, 'AttachFiles')) return apiErrors.missingPermissions;
  if (body.poll && !has(permissions, 'SendPolls')) return apiErrors.missingPermissions;
  const kept = withoutEmbeds(body, files.length, permissions);
  if (kept === null) return apiErrors.missingPermissions;
  const before = body.enforce_nonce && body.nonce != null && deps.messages.sentUnder(body.nonce, deps.world.bot.id);
  if (before) return ok(shown(before, deps));
  const replyTo = repliedTo(body, deps, channel, permissions);
  if (replyTo !== null && 'status' in replyTo) return replyTo;
  if (channel.archived && channel.locked) return apiErrors.threadArchived;
  if (channel.archived) setThread(channel, { archived: false }, deps);
  const message = deps.messages.post({ guild, channel, author: deps.world.bot, body: kept, files, replyTo });
  return ok(shown(message, deps));
}

/**
 * Without EmbedLinks embeds fall away, and a message that was nothing else is refused: null (discord-api-docs issue 2601).
 *
 * @param files that came with it
 */
function withoutEmbeds(body: MessageBody, files: number, permissions: bigint): MessageBody | null {
  if (!body.embeds?.length || has(permissions, 'EmbedLinks')) return body;
  const more = body.content || body.components?.length || body.poll || files > 0;
  return more ? { ...body, embeds: [] } : null;
}

/** The message that is replied to, or what Discord says when there is no replying to it. */
function repliedTo(
  { message_reference: reference }: MessageBody,
  { messages }: ApiDeps,
  channel: ChannelState,
  permissions: bigint,
): MessageState | ApiResponse | null {
  if (!reference) return null;
  if (!has(permissions, 'ReadMessageHistory')) return apiErrors.noHistoryToReply;
  const message = messages.find(channel.id, reference.message_id);
  if (message) return message;
  // Members delete messages while a bot thinks of an answer: a refusal, but no fault of the bot's.
  const problem = { path: ['message_reference'], code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' };
  return reference.fail_if_not_exists === false ? null : refusedForm(problem);
}

function edit(
  request: RouteRequest,
  deps: ApiDeps,
  message: MessageState,
  { channel, permissions }: Place,
): ApiResponse {
  if (channel.archived) return apiErrors.threadArchived;
  if (message.author.id !== deps.world.bot.id) return apiErrors.foreignMessage;
  const { files } = request;
  const context = { edit: true, webhook: false, files: fileFacts(files), had: message };
  const refusal = refusalOf(validateMessage(request.body, context), request, deps);
  if (refusal) return refusal;
  if (files.length > 0 && !has(permissions, 'AttachFiles')) return apiErrors.missingPermissions;
  return ok(shown(deps.messages.edit(message, request.body as MessageBody, files), deps));
}

function remove(deps: ApiDeps, message: MessageState, { channel, permissions }: Place): ApiResponse {
  if (channel.archived) return apiErrors.threadArchived;
  const mine = message.author.id === deps.world.bot.id;
  if (!mine && !has(permissions, 'ManageMessages')) return apiErrors.missingPermissions;
  deps.messages.remove(message);
  return NO_CONTENT;
}

function react({ params: [, , emoji = ''] }: RouteRequest, message: MessageState, on: boolean): ApiResponse {
  const others = message.botReactions.filter((one) => one !== emoji);
  message.botReactions = on ? [...others, emoji] : others;
  return NO_CONTENT;
}
