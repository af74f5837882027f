/**
 * Threads that the bot opens (Discord, "Channel Resource", Start Thread): public ones in text channels, and brings back.
 */
import { z } from 'zod';
import type { MessageState } from '../../world/guild-state.ts';
import { has } from '../../world/permissions.ts';
import { CHANNEL_TYPES, channelJson } from '../../world/serialise.ts';
import { type ApiResponse, apiErrors, created, ok } from '../api-response.ts';
import { refusalOf } from '../form-check.ts';
import { inChat, onMessage, type Place } from '../in-channel.ts';
import { type ApiDeps, type Route, type RouteRequest, route } from '../route.ts';
import { setThread } from '../set-thread.ts';
import { faults } from '../validation/faults.ts';
import { formErrors, type Problem } from '../validation/form-error.ts';

export const threadRoutes: readonly Route[] = [
  route('PATCH', '/channels/:channel', (request, deps) =>
    inChat(request, deps, [], (place) => change(request, deps, place)),
  ),
  route('POST', '/channels/:channel/threads', (request, deps) =>
    inChat(request, deps, [], (place) => open(request, deps, place, null)),
  ),
  route('POST', '/channels/:channel/messages/:message/threads', (request, deps) =>
    onMessage(request, deps, [], (message, place) => open(request, deps, place, message)),
  ),
];

const MAX_NAME_CHARACTERS = 100;
const ARCHIVE_MINUTES = [60, 1_440, 4_320, 10_080] as const;

const threadBody = z.object({
  name: z.string().min(1).max(MAX_NAME_CHARACTERS),
  auto_archive_duration: z.literal(ARCHIVE_MINUTES).optional(),
  type: z.number().optional(),
});

const problems: Readonly<Record<string, Problem>> = {
  name: { path: ['name'], ...faults.length(1, MAX_NAME_CHARACTERS) },
  auto_archive_duration: { path: ['auto_archive_duration'], ...faults.choices(ARCHIVE_MINUTES) },
  type: { path: ['type'], ...faults.notNumber('?', 'int') },
  archived: { path: ['archived'], ...faults.notBoolean },
  locked: { path: ['locked'], ...faults.notBoolean },
};

const threadChange = z.object({
  name: z.string().min(1).max(MAX_NAME_CHARACTERS).optional(),
  archived: z.boolean().optional(),
  locked: z.boolean().optional(),
});

/**
 * Whoever may write in a thread may bring it back, unless it is locked; for the rest it takes Manage Threads, for which the
 * README's invite link does not ask (Discord, "Modify Channel", Thread).
 */
function change(request: RouteRequest, deps: ApiDeps, { guild, channel, permissions }: Place): ApiResponse {
  if (channel.kind !== 'thread') return apiErrors.missingPermissions;
  const parsed = threadChange.safeParse(request.body);
  if (!parsed.success) return wrongForm(parsed.error, request, deps);
  const { name = channel.name, archived, locked = channel.locked } = parsed.data;
  const bringsBack = archived === false && !locked && !channel.locked && name === channel.name;
  if (!bringsBack || !has(permissions, 'SendMessagesInThreads')) return apiErrors.missingPermissions;
  setThread(channel, { archived }, deps);
  return ok(channelJson(guild, channel));
}

/** @param message that it hangs on; without one, the kind of thread is private unless the body says otherwise */
function open(request: RouteRequest, deps: ApiDeps, place: Place, message: MessageState | null): ApiResponse {
  const { guild, channel, permissions } = place;
  if (channel.kind !== 'text') return apiErrors.wrongChannelType;
  const parsed = threadBody.safeParse(request.body);
  if (!parsed.success) return wrongForm(parsed.error, request, deps);
  const { name, auto_archive_duration: archiveAfterMinutes, type } = parsed.data;
  const isPublic = message !== null || type === CHANNEL_TYPES.thread;
  // No simulated member opens private threads, and no invite of this bot asks for them.
  if (!isPublic || !has(permissions, 'CreatePublicThreads')) return apiErrors.missingPermissions;
  if (message && guild.channels.some(({ id }) => id === message.id)) return apiErrors.threadExists;
  const openedBy = deps.world.bot.id;
  const thread = deps.world.addThread(channel, { name, openedBy, messageId: message?.id, archiveAfterMinutes });
  const json = channelJson(guild, thread);
  deps.dispatch('THREAD_CREATE', { ...json, newly_created: true });
  return created(json);
}

function wrongForm({ issues }: z.ZodError, request: RouteRequest, deps: ApiDeps): ApiResponse {
  const wrong = new Set(issues.map(({ path }) => String(path[0] ?? 'name')));
  const told = [...wrong].flatMap((field) => problems[field] ?? []);
  return refusalOf(formErrors(told), request, deps) ?? apiErrors.wrongChannelType;
}
