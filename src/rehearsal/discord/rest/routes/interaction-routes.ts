/**
 * Answers to interactions (Discord, "Receiving and Responding to Interactions"): the callback, and the webhook of its token.
 */
import type { CallbackBody } from '../../interactions/callback-body.ts';
import { type Interaction, interactionTypes } from '../../interactions/interaction.ts';
import { type MessageBody, MessageFlag } from '../../messages.ts';
import type { MessageState } from '../../world/guild-state.ts';
import { messageJson } from '../../world/message-json.ts';
import { type ApiResponse, apiErrors, NO_CONTENT, ok } from '../api-response.ts';
import { fileFacts, refusalOf } from '../form-check.ts';
import { type ApiDeps, type Route, type RouteRequest, route } from '../route.ts';
import { validateAutocomplete } from '../validation/autocomplete.ts';
import { validateCallback } from '../validation/interaction-callback.ts';
import { validateMessage } from '../validation/messages.ts';

export const interactionRoutes: readonly Route[] = [
  route('POST', '/interactions/:id/:token/callback', callback, true),
  route('POST', '/webhooks/:app/:token', followUp, true),
  route(
    'GET',
    '/webhooks/:app/:token/messages/:message',
    (request, deps) => found(request, deps, (_, message) => ok(messageJson(message))),
    true,
  ),
  route('PATCH', '/webhooks/:app/:token/messages/:message', edit, true),
  route(
    'DELETE',
    '/webhooks/:app/:token/messages/:message',
    (request, deps) =>
      found(request, deps, (interaction, message) => {
        deps.interactions.remove(interaction, message);
        return NO_CONTENT;
      }),
    true,
  ),
];

function callback(request: RouteRequest, deps: ApiDeps): ApiResponse {
  const {
    params: [id = '', token = ''],
    body,
    files,
    query,
  } = request;
  const interaction = deps.interactions.byId(id);
  if (!interaction || interaction.token !== token || interaction.state.status === 'failed')
    return apiErrors.unknownInteraction;
  if (interaction.state.status !== 'pending') {
    deps.violation('interaction-double', `a second first answer to ${interaction.name}`);
    return apiErrors.acknowledged;
  }
  const context = { files: fileFacts(files), ...(interaction.source ? { had: interaction.source } : {}) };
  const choices = interaction.kind === 'autocomplete' && isOfType(body, 8);
  const error = validateCallback(body, interaction.kind, context) ?? (choices ? choicesError(body, interaction) : null);
  const refusal = refusalOf(error, request, deps);
  if (refusal) return refusal;
  const message = deps.interactions.answer(interaction, body as CallbackBody, files);
  return query.get('with_response') === 'true' ? ok(response(interaction, body as CallbackBody, message)) : NO_CONTENT;
}

function choicesError(body: unknown, { focusedType }: Interaction) {
  return validateAutocomplete((body as { data?: unknown }).data, focusedType);
}

function isOfType(body: unknown, type: number): boolean {
  return typeof body === 'object' && body !== null && 'type' in body && body.type === type;
}

/** Discord, "Interaction Callback Response Object". The message comes along when there is something in it. */
function response({ id, kind }: Interaction, { type }: CallbackBody, message: MessageState | null): object {
  const has = (flag: number): boolean => message !== null && (message.flags & flag) !== 0;
  const told = message && {
    response_message_id: message.id,
    response_message_loading: has(MessageFlag.loading),
    response_message_ephemeral: has(MessageFlag.ephemeral),
  };
  const withMessage = message && (type === 4 || type === 7) ? { message: messageJson(message) } : {};
  return { interaction: { id, type: interactionTypes[kind], ...told }, resource: { type, ...withMessage } };
}

/** The interaction of a token, as the webhook routes know it: only once it has an answer. */
function open({ params: [app = '', token = ''] }: RouteRequest, deps: ApiDeps): Interaction | ApiResponse {
  if (app !== deps.world.applicationId) return apiErrors.unknownWebhook;
  const interaction = deps.interactions.byToken(token);
  if (!interaction) return apiErrors.invalidToken;
  return interaction.state.status === 'pending' || interaction.state.status === 'failed'
    ? apiErrors.unknownWebhook
    : interaction;
}

function followUp(request: RouteRequest, deps: ApiDeps): ApiResponse {
  const interaction = open(request, deps);
  if ('status' in interaction) return interaction;
  const context = { edit: false, webhook: true, files: fileFacts(request.files) };
  const refusal = refusalOf(validateMessage(request.body, context), request, deps);
  if (refusal) return refusal;
  return ok(messageJson(deps.interactions.followUp(interaction, request.body as MessageBody, request.files)));
}

/** A message of the interaction, by its id or as `@original`. */
function found(
  request: RouteRequest,
  deps: ApiDeps,
  act: (interaction: Interaction, message: MessageState) => ApiResponse,
): ApiResponse {
  const interaction = open(request, deps);
  if ('status' in interaction) return interaction;
  const wanted = request.params[2] ?? '';
  const { original, messages } = interaction;
  const message =
    wanted === '@original' || wanted === original?.id ? original : messages.find(({ id }) => id === wanted);
  return message && !message.deleted ? act(interaction, message) : apiErrors.unknownMessage;
}

function edit(request: RouteRequest, deps: ApiDeps): ApiResponse {
  return found(request, deps, (interaction, message) => {
    const { body, files } = request;
    const context = { edit: true, webhook: true, files: fileFacts(files), had: message };
    const refusal = refusalOf(validateMessage(body, context), request, deps);
    if (refusal) return refusal;
    deps.interactions.edit(interaction, message, body as MessageBody, files);
    return ok(messageJson(message));
  });
}
