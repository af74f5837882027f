/**
 * Servers, their members, and the bot's own voice state (Discord, "Guild Resource" and "Voice Resource").
 */
import { z } from 'zod';
import type { GuildState, MemberState } from '../../world/guild-state.ts';
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
import { faults } from '../validation/faults.ts';
import { formErrors, type Problem } from '../validation/form-error.ts';

export const guildRoutes: readonly Route[] = [
  route('GET', '/guilds/:guild', (request, deps) => inGuild(request, deps, (guild) => ok(guildSettingsJson(guild)))),
  route('GET', '/guilds/:guild/channels', (request, deps) =>
    inGuild(request, deps, (guild) =>
      ok(guild.channels.filter(({ kind }) => kind !== 'thread').map((channel) => channelJson(guild, channel))),
    ),
  ),
  route('GET', '/guilds/:guild/roles', (request, deps) =>
    inGuild(request, deps, (guild) => ok(guild.roles.map(roleJson))),
  ),
  route('GET', '/guilds/:guild/members/search', (request, deps) =>
    inGuild(request, deps, (guild) => ok(searched(guild, request.query).map(memberJson))),
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
      return state ? ok(voiceStateJson(guild, state)) : apiErrors.unknownVoiceState;
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

/** Whose name begins like this; one unless told, at most 1,000 (Discord, "Search Guild Members"). */
function searched(guild: GuildState, query: URLSearchParams): MemberState[] {
  const wanted = (query.get('query') ?? '').toLowerCase();
  const most = Math.min(1_000, Math.max(1, Number(query.get('limit') ?? 1)));
  return guild.members.filter(({ user }) => user.name.toLowerCase().startsWith(wanted)).slice(0, most);
}

const voiceStateBody = z.object({
  channel_id: z.string().optional(),
  suppress: z.boolean().optional(),
  request_to_speak_timestamp: z.iso.datetime({ offset: true }).nullable().optional(),
});

const problems: Readonly<Record<string, Problem>> = {
  channel_id: { path: ['channel_id'], ...faults.notNumber('?', 'snowflake') },
  suppress: { path: ['suppress'], ...faults.notBoolean },
  request_to_speak_timestamp: { path: ['request_to_speak_timestamp'], ...faults.notDate('?') },
};

/** Only on a stage (Discord, "Modify Current User Voice State"). */
function changeOwnVoice(request: RouteRequest, deps: ApiDeps, guild: GuildState): ApiResponse {
  const parsed = voiceStateBody.safeParse(request.body);
  if (!parsed.success) {
    const told = parsed.error.issues.flatMap(({ path }) => problems[String(path[0])] ?? []);
    return refusalOf(formErrors(told), request, deps) ?? NO_CONTENT;
  }
  const botId = deps.world.bot.id;
  const state = voiceStateOf(guild, botId);
  const channel = state && channelOf(guild, state.channelId);
  const bot = memberOf(guild, botId);
  const { channel_id: named, suppress, request_to_speak_timestamp: requested } = parsed.data;
  if (!state || !channel || !bot || (named ?? channel.id) !== channel.id) return apiErrors.unknownVoiceState;
  if (channel.kind !== 'stage') return apiErrors.wrongChannelType;
  const permissions = permissionsIn(guild, channel, bot);
  if (suppress === false && !has(permissions, 'MuteMembers')) return apiErrors.missingPermissions;
  if (requested && !has(permissions, 'RequestToSpeak')) return apiErrors.missingPermissions;
  deps.voiceStates.change(guild, botId, {
    ...(suppress === undefined ? {} : { suppress }),
    ...(requested === undefined ? {} : { requestToSpeakAt: requested === null ? null : Date.parse(requested) }),
  });
  return NO_CONTENT;
}
