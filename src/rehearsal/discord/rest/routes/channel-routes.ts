/**
 * Channels themselves, and their status (Discord, "Channel Resource").
 */
import { z } from 'zod';
import { isVoice, voiceStateOf } from '../../world/guild-state.ts';
import { has, permissionToWrite } from '../../world/permissions.ts';
import { channelJson } from '../../world/serialise.ts';
import { type ApiResponse, apiErrors, NO_CONTENT, ok } from '../api-response.ts';
import { refusalOf } from '../form-check.ts';
import { atChannel, inChat, type Place } from '../in-channel.ts';
import { type ApiDeps, type Route, type RouteRequest, route } from '../route.ts';
import { faults } from '../validation/faults.ts';
import { formErrors } from '../validation/form-error.ts';

const MAX_STATUS_CHARACTERS = 500;

export const channelRoutes: readonly Route[] = [
  route('GET', '/channels/:channel', (request, deps) =>
    atChannel(request, deps, [], ({ guild, channel }) => ok(channelJson(guild, channel))),
  ),
  route('POST', '/channels/:channel/typing', (request, deps) =>
    inChat(
      request,
      deps,
      ({ channel }) => [permissionToWrite(channel)],
      ({ channel }) => {
        deps.tell({ type: 'typing', channelId: channel.id });
        return NO_CONTENT;
      },
    ),
  ),
  route('PUT', '/channels/:channel/voice-status', (request, deps) =>
    inChat(request, deps, ['SetVoiceChannelStatus'], (place) => setStatus(request, deps, place)),
  ),
];

const statusBody = z.object({ status: z.string().max(MAX_STATUS_CHARACTERS).nullable() });

/** From outside the channel it takes Manage Channels too (Discord, "Set Voice Channel Status"). */
function setStatus(request: RouteRequest, deps: ApiDeps, { guild, channel, permissions }: Place): ApiResponse {
  if (!isVoice(channel)) return apiErrors.wrongChannelType;
  const inside = voiceStateOf(guild, deps.world.bot.id)?.channelId === channel.id;
  if (!inside && !has(permissions, 'ManageChannels')) return apiErrors.missingPermissions;
  const parsed = statusBody.safeParse(request.body);
  if (!parsed.success) {
    const problem = { path: ['status'], ...faults.maxLength(MAX_STATUS_CHARACTERS) };
    return refusalOf(formErrors([problem]), request, deps) ?? NO_CONTENT;
  }
  channel.status = parsed.data.status === '' ? null : parsed.data.status;
  deps.tell({ type: 'voiceStatus', channelId: channel.id, status: channel.status });
  return NO_CONTENT;
}
