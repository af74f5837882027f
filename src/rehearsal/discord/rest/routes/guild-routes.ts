/**
 * Servers, their members, and the bot's own voice state (Discord, "Guild Resource" and "Voice Resource").
 */
import { z } from 'zod';
import type { GuildState } from '../../world/guild-state.ts';
import { channelOf, memberOf, voiceStateOf } from '../../world/guild-state.ts';
import { has, permissionsIn } from '../../world/permissions.ts';
import {
  channelJson,
  guildSettingsJson,
  memberJson,
  roleJson,
  userJson,
  voiceStateJson,
} from '../../world/serialise.ts';
import { type ApiResponse, apiErrors, NO_CONTENT, ok } from '../api-response.ts';
import { refusalOf } from '../form-check.ts';
import { type ApiDeps, type Route, type RouteRequest, route } from '../route.ts';

export const guildRoutes: readonly Route[] = [
  route('GET', '/guilds/:guild', (request, deps) => inGuild(request, deps, (guild) => ok(guildSettingsJson(guild)))),
  route('GET', '/guilds/:guild/channels', (request, deps) =>
    inGuild(request, deps, (guild) => ok(guild.channels.map((channel, index) => channelJson(channel, index)))),
  ),
  route('GET', '/guilds/:guild/roles', (request, deps) =>
    inGuild(request, deps, (guild) => ok(guild.roles.map(roleJson))),
  ),
  route('GET', '/guilds/:guild/members/:user', (request, deps) =>
    inGuild(request, deps, (guild) => {
      const member = memberOf(guild, request.params[1] ?? '');
      return member ? ok(memberJson(member)) : apiErrors.unknownMember;
    }),
  ),
  route('GET', '/guilds/:guild/voice-states/:user', (request, deps) =>
    inGuild(request, deps, (guild) => {
      const wanted = request.params[1] === '@me' ? deps.world.bot.id : (request.params[1] ?? '');
      const state = voiceStateOf(guild, wanted);
      return state ? ok(voiceStateJson(guild, wanted, state)) : apiErrors.unknownVoiceState;
    }),
  ),
  route('PATCH', '/guilds/:guild/voice-states/@me', (request, deps) =>
    inGuild(request, deps, (guild) => changeOwnVoice(request, deps, guild)),
  ),
  route('GET', '/users/:user', ({ params: [id = ''] }, { world }) => {
    const member = world.guilds.map((guild) => memberOf(guild, id)).find((one) => one !== undefined);
    return member ? ok(userJson(member.user)) : apiErrors.unknownUser;
  }),
];

function inGuild(
  { params: [id = ''] }: RouteRequest,
  { world }: ApiDeps,
  act: (guild: GuildState) => ApiResponse,
): ApiResponse {
  const guild = world.guild(id);
  if (!guild) return apiErrors.unknownGuild;
  return memberOf(guild, world.bot.id) ? act(guild) : apiErrors.missingAccess;
}

const voiceStateBody = z.object({
  channel_id: z.string().optional(),
  suppress: z.boolean().optional(),
  request_to_speak_timestamp: z.string().nullable().optional(),
});

/** Only on a stage (Discord, "Modify Current User Voice State"). */
function changeOwnVoice(request: RouteRequest, deps: ApiDeps, guild: GuildState): ApiResponse {
  const parsed = voiceStateBody.safeParse(request.body);
  if (!parsed.success) {
    const error = { code: 50035, message: 'Invalid Form Body', errors: z.treeifyError(parsed.error) };
    return refusalOf(error, request, deps) ?? NO_CONTENT;
  }
  const botId = deps.world.bot.id;
  const state = voiceStateOf(guild, botId);
  const channel = state && channelOf(guild, state.channelId);
  const bot = memberOf(guild, botId);
  if (!state || !channel || !bot || channel.kind !== 'stage') return apiErrors.unknownVoiceState;
  const { suppress, request_to_speak_timestamp: requested } = parsed.data;
  const permissions = permissionsIn(guild, channel, bot);
  if (suppress === false && !has(permissions, 'MuteMembers')) return apiErrors.missingPermissions;
  if (requested && !has(permissions, 'RequestToSpeak')) return apiErrors.missingPermissions;
  deps.voiceStates.change(guild, botId, {
    ...(suppress === undefined ? {} : { suppress }),
    ...(requested === undefined ? {} : { requestToSpeakAt: requested === null ? null : Date.parse(requested) }),
  });
  return NO_CONTENT;
}
