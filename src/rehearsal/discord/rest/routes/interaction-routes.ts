/**
 * Answers to interactions (Discord, "Receiving and Responding to Interactions"): the callback, and the webhook of its token.
 */
import type { Interaction } from '../../interactions/interaction.ts';
import type { CallbackBody } from '../../interactions/interactions.ts';
import type { MessageBody } from '../../messages.ts';
import type { MessageState } from '../../world/guild-state.ts';
import { messageJson } from '../../world/serialise.ts';
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
      found(request, deps, (_, message) => {
        deps.messages.remove(message);
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
  const context = { edit: isUpdate(body), webhook: true, files: fileFacts(files), ...hadFlags(interaction.source) };
  const choices = interaction.kind === 'autocomplete' && isUpdateOf(body, 8);
  const error = validateCallback(body, interaction.kind, context) ?? (choices ? choicesError(body, interaction) : null);
  const refusal = refusalOf(error, request, deps);
  if (refusal) return refusal;
  const message = deps.interactions.answer(interaction, body as CallbackBody, files);
  if (query.get('with_response') !== 'true') return NO_CONTENT;
  const resource = message ? { resource: { type: 4, message: messageJson(message) } } : {};
  return ok({ interaction: { id, type: 2, response_message_id: message?.id ?? null }, ...resource });
}

function choicesError(body: unknown, { focusedType }: Interaction) {
  return validateAutocomplete((body as { data?: unknown }).data, focusedType);
}

const isUpdate = (body: unknown): boolean => isUpdateOf(body, 7);

function isUpdateOf(body: unknown, type: number): boolean {
  return typeof body === 'object' && body !== null && 'type' in body && body.type === type;
}

function hadFlags(message: MessageState | null | undefined): { had?: { flags: number } } {
  return message ? { had: { flags: message.flags } } : {};
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
  return (
    refusal ?? ok(messageJson(deps.interactions.followUp(interaction, request.body as MessageBody, request.files)))
  );
}

function found(
  request: RouteRequest,
  deps: ApiDeps,
  act: (interaction: Interaction, message: MessageState) => ApiResponse,
): ApiResponse {
  const interaction = open(request, deps);
  if ('status' in interaction) return interaction;
  const wanted = request.params[2] ?? '';
  const message =
    wanted === '@original'
      ? (interaction.messages[0] ?? interaction.source)
      : interaction.messages.find(({ id }) => id === wanted);
  return message && !message.deleted ? act(interaction, message) : apiErrors.unknownMessage;
}

function edit(request: RouteRequest, deps: ApiDeps): ApiResponse {
  const interaction = open(request, deps);
  if ('status' in interaction) return interaction;
  const {
    params: [, , wanted = ''],
    body,
    files,
  } = request;
  const original = wanted === '@original' || wanted === interaction.messages[0]?.id;
  const message = original
    ? (interaction.messages[0] ?? interaction.source)
    : interaction.messages.find(({ id }) => id === wanted);
  const first = original && interaction.state.status === 'deferred' && !interaction.state.update;
  if (!message && !first) return apiErrors.unknownMessage;
  const context = { edit: !first, webhook: true, files: fileFacts(files), ...(first ? {} : hadFlags(message)) };
  const refusal = refusalOf(validateMessage(body, context), request, deps);
  if (refusal) return refusal;
  if (original) {
    const edited = deps.interactions.editOriginal(interaction, body as MessageBody, files);
    return edited ? ok(messageJson(edited)) : apiErrors.unknownMessage;
  }
  if (!message) return apiErrors.unknownMessage;
  deps.messages.edit(message, body as MessageBody, files);
  deps.interactions.changed(interaction);
  return ok(messageJson(message));
}
