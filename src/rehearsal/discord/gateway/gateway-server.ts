/**
 * The gateway of the loopback Discord: one bot, one shard, as many connections in a row as it takes.
 */
import type { WebSocket } from 'ws';
import type { DiscordHappening, DiscordViolationRule } from '../discord-event.ts';
import { guildJson, memberJson, userJson } from '../world/serialise.ts';
import type { World } from '../world/world.ts';
import {
  type ConnectionHandlers,
  type GatewayConnection,
  type Opened,
  serveGatewayConnection,
} from './gateway-connection.ts';
import { GatewayClose } from './gateway-opcodes.ts';
import type { MembersRequest, VoiceStateRequest } from './gateway-payloads.ts';
import { createGatewaySession, type GatewaySession } from './gateway-session.ts';
import { Intent, judgeIntents } from './intents.ts';

export interface GatewayServerOptions {
  readonly world: World;
  readonly token: () => string;
  /** `ws://127.0.0.1:PORT/gateway`, for READY. */
  readonly url: () => string;
  readonly heartbeatIntervalMs: number;
  readonly now: () => number;
  readonly voiceState: (request: VoiceStateRequest) => void;
  /** The bot's session is over: its voice goes with it. */
  readonly sessionEnded: () => void;
  readonly tell: (happening: DiscordHappening) => void;
  readonly violation: (rule: DiscordViolationRule, detail: string) => void;
}

export interface GatewayServer {
  accept(ws: WebSocket, version: string | null): void;
  /** Gives an event to the bot, if it is there (or was just cut off) and asked for it. */
  dispatch(event: string, data: object): void;
  readonly connection: GatewayConnection | null;
  /** Intents of the current session; 0 without one. */
  readonly intents: number;
  close(): void;
}

/** A session whose connection was cut lives on so long (not documented; "a few minutes" is what bots see). */
const RESUME_WITHIN_MS = 120_000;
/** Closes of the client that end the session at once (discord.md §6). */
const ENDING_CLOSES: ReadonlySet<number> = new Set([GatewayClose.normal, GatewayClose.goingAway]);

export function createGatewayServer(options: GatewayServerOptions): GatewayServer {
  const { world, token, url, heartbeatIntervalMs, now, tell, violation } = options;
  let current: { readonly session: GatewaySession; expiry: NodeJS.Timeout | null } | null = null;
  let connection: GatewayConnection | null = null;
  let sessions = 0;
  const open = new Set<GatewayConnection>();

  const endSession = (): void => {
    if (current === null) return;
    if (current.expiry) clearTimeout(current.expiry);
    current = null;
    options.sessionEnded();
  };

  const identify: ConnectionHandlers['identify'] = (payload): Opened => {
    if (payload.token !== token()) return refused(GatewayClose.authenticationFailed, 'Authentication failed.');
    if (payload.shard && (payload.shard[0] !== 0 || payload.shard[1] !== 1))
      return refused(GatewayClose.invalidShard, 'Invalid shard.');
    const verdict = judgeIntents(payload.intents, world.messageContentAllowed);
    if (verdict === 'invalid') return refused(GatewayClose.invalidIntents, 'Invalid intent(s).');
    if (verdict === 'disallowed') return refused(GatewayClose.disallowedIntents, 'Disallowed intent(s).');
    endSession();
    const session = createGatewaySession(`session-${++sessions}`, Number(payload.intents), world.bot.id);
    current = { session, expiry: null };
    return { outcome: 'session', session, missed: [] };
  };

  const resume: ConnectionHandlers['resume'] = (payload): Opened => {
    if (payload.token !== token()) return refused(GatewayClose.authenticationFailed, 'Authentication failed.');
    const known = current?.session.id === payload.session_id ? current : null;
    const missed = known?.session.after(payload.seq) ?? null;
    if (known === null || missed === null) return { outcome: 'invalid' };
    if (known.expiry) clearTimeout(known.expiry);
    known.expiry = null;
    return { outcome: 'session', session: known.session, missed };
  };

  const opened = (mine: GatewayConnection, session: GatewaySession, resumed: boolean): void => {
    connection = mine;
    tell({ type: resumed ? 'resumed' : 'identified', sessionId: session.id, intents: session.intents });
    if (resumed) return session.dispatch('RESUMED', {});
    session.dispatch('READY', readyJson(world, session.id, url()));
    for (const guild of world.guilds) {
      if (!guild.members.some(({ user }) => user.id === world.bot.id)) continue;
      if (guild.available) session.dispatch('GUILD_CREATE', guildJson(guild, world.bot.id));
      else session.dispatch('GUILD_DELETE', { id: guild.id, unavailable: true });
    }
  };

  const closed = (
    mine: GatewayConnection,
    session: GatewaySession | null,
    code: number,
    by: 'server' | 'client',
  ): void => {
    open.delete(mine);
    if (connection === mine) connection = null;
    tell({ type: 'gatewayClosed', code, by });
    if (session === null || current?.session !== session) return;
    const ends = by === 'client' ? ENDING_CLOSES.has(code) : code === GatewayClose.authenticationFailed;
    if (ends) return endSession();
    current.expiry = setTimeout(endSession, RESUME_WITHIN_MS);
    current.expiry.unref();
  };

  const requestMembers = ({ guild_id, user_ids, query, nonce }: MembersRequest): void => {
    const guild = world.guild(guild_id);
    if (!guild || !current) return;
    const everybody = query === '' && user_ids === undefined;
    if (everybody && (current.session.intents & Intent.guildMembers) === 0) return;
    const ids = user_ids === undefined ? null : [user_ids].flat();
    const found = guild.members.filter(({ user }) => ids?.includes(user.id) ?? user.name.startsWith(query ?? ''));
    const notFound = ids?.filter((id) => !found.some(({ user }) => user.id === id)) ?? [];
    const chunk = { guild_id, members: found.map(memberJson), chunk_index: 0, chunk_count: 1, not_found: notFound };
    current.session.dispatch('GUILD_MEMBERS_CHUNK', nonce === undefined ? chunk : { ...chunk, nonce });
  };

  return {
    accept(ws, version) {
      if (version !== '10') return ws.close(GatewayClose.invalidVersion, 'Invalid API version.');
      const mine: GatewayConnection = serveGatewayConnection({
        ws,
        heartbeatIntervalMs,
        now,
        handlers: {
          identify,
          resume,
          opened: (session, resumed) => opened(mine, session, resumed),
          voiceState: options.voiceState,
          requestMembers,
          closed: (session, code, by) => closed(mine, session, code, by),
          violation,
        },
      });
      open.add(mine);
    },
    dispatch: (event, data) => current?.session.dispatch(event, data),
    get connection() {
      return connection;
    },
    get intents() {
      return current?.session.intents ?? 0;
    },
    close() {
      if (current?.expiry) clearTimeout(current.expiry);
      current = null;
      for (const one of open) one.cut();
    },
  };
}

function refused(code: number, reason: string): Opened {
  return { outcome: 'close', code, reason };
}

function readyJson(world: World, sessionId: string, url: string) {
  const mine = world.guilds.filter((guild) => guild.members.some(({ user }) => user.id === world.bot.id));
  return {
    v: 10,
    user: { ...userJson(world.bot), mfa_enabled: false, verified: true, email: null, flags: 0 },
    application: { id: world.applicationId, flags: applicationFlags(world) },
    guilds: mine.map(({ id }) => ({ id, unavailable: true })),
    session_id: sessionId,
    resume_gateway_url: url,
    shard: [0, 1],
  };
}

/** Bit 19: the message content intent of an application on few servers (Discord, "Application", Flags). */
export function applicationFlags(world: World): number {
  return world.messageContentAllowed ? 1 << 19 : 0;
}
