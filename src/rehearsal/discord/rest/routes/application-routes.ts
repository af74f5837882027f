/**
 * What a bot asks about itself, and its commands (Discord, "Application Commands").
 */

import type { CommandBody } from '../../commands.ts';
import { applicationFlags } from '../../gateway/ready-json.ts';
import { userJson } from '../../world/serialise.ts';
import { type ApiResponse, apiErrors, ok } from '../api-response.ts';
import { refusalOf } from '../form-check.ts';
import { type ApiDeps, type Route, type RouteRequest, route } from '../route.ts';
import { validateCommands } from '../validation/commands.ts';

/** Discord, "Get Gateway Bot": a bot may identify 1,000 times a day. */
const SESSION_STARTS = { total: 1_000, reset_after: 86_400_000, max_concurrency: 1 };

export const applicationRoutes: readonly Route[] = [
  route('GET', '/gateway/bot', (_, { gatewayUrl, identifies }) => {
    const remaining = Math.max(0, SESSION_STARTS.total - identifies());
    return ok({ url: gatewayUrl(), shards: 1, session_start_limit: { ...SESSION_STARTS, remaining } });
  }),
  route('GET', '/users/@me', (_, { world }) => ok(userJson(world.bot))),
  route('GET', '/applications/@me', (_, { world }) =>
    ok({
      id: world.applicationId,
      name: world.bot.name,
      icon: null,
      description: '',
      bot_public: true,
      bot_require_code_grant: false,
      flags: applicationFlags(world),
      bot: userJson(world.bot),
      verify_key: '',
      tags: [],
    }),
  ),
  route('GET', '/applications/:app/commands', ({ params: [app = ''], query }, deps) => listed(app, null, query, deps)),
  route('PUT', '/applications/:app/commands', (request, deps) => written(request, null, deps)),
  route('GET', '/applications/:app/guilds/:guild/commands', ({ params: [app = '', guild = ''], query }, deps) =>
    listed(app, guild, query, deps),
  ),
  route('PUT', '/applications/:app/guilds/:guild/commands', (request, deps) =>
    written(request, request.params[1] ?? '', deps),
  ),
];

function misplaced(app: string, guildId: string | null, { world }: ApiDeps): ApiResponse | null {
  if (app !== world.applicationId) return apiErrors.unknownApplication;
  if (guildId === null) return null;
  const guild = world.guild(guildId);
  const inside = guild?.members.some(({ user }) => user.id === world.bot.id);
  return inside ? null : apiErrors.missingAccess;
}

function listed(app: string, guildId: string | null, query: URLSearchParams, deps: ApiDeps): ApiResponse {
  const refused = misplaced(app, guildId, deps);
  if (refused) return refused;
  const commands = deps.commands.list(guildId);
  return ok(query.get('with_localizations') === 'true' ? commands : commands.map(unlocalized));
}

/** Discord leaves the localizations out unless they are asked for, of options and choices too. */
function unlocalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unlocalized);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !key.endsWith('_localizations'));
  return Object.fromEntries(kept.map(([key, item]) => [key, unlocalized(item)]));
}

function written(request: RouteRequest, guildId: string | null, deps: ApiDeps): ApiResponse {
  const refused = misplaced(request.params[0] ?? '', guildId, deps);
  if (refused) return refused;
  const refusal = refusalOf(validateCommands(request.body), request, deps);
  if (refusal) return refusal;
  return ok(deps.commands.write(guildId, request.body as readonly CommandBody[]));
}
