/**
 * The gateway of the loopback Discord: one bot, one shard, as many connections in a row as it takes.
 */
import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { DiscordHappening, DiscordViolationRule } from '../discord-event.ts';
import type { Timer } from '../interactions/interactions.ts';
import { memberOf } from '../world/guild-state.ts';
import { guildJson } from '../world/serialise.ts';
import type { World } from '../world/world.ts';
import { concernsBot } from './audience.ts';
import {
  type ConnectionHandlers,
  type GatewayConnection,
  type Opened,
  serveGatewayConnection,
} from './gateway-connection.ts';
import { GatewayClose } from './gateway-opcodes.ts';
import type { MembersRequest, VoiceStateRequest } from './gateway-payloads.ts';
import { createGatewaySession, type GatewaySession } from './gateway-session.ts';
import { judgeIntents } from './intents.ts';
import { membersChunk } from './members-chunk.ts';
import { readyJson } from './ready-json.ts';

export interface GatewayServerOptions {
  readonly world: World;
  readonly token: () => string;
  /** `ws://127.0.0.1:PORT/gateway`, for READY. */
  readonly url: () => string;
  readonly heartbeatIntervalMs: number;
  readonly now: () => number;
  /** For what is forgotten: calls `fn` once, after `ms`. */
  readonly after: (ms: number, fn: () => void) => Timer;
  readonly voiceState: (request: VoiceStateRequest) => void;
  /** The bot's session is over: its voice goes with it. `superseded`: it never said goodbye, and another one has begun. */
  readonly sessionEnded: (sessionId: string, superseded: boolean) => void;
  readonly tell: (happening: DiscordHappening) => void;
  readonly violation: (rule: DiscordViolationRule, detail: string) => void;
}

export interface GatewayServer {
  accept(ws: WebSocket, version: string | null): void;
  /** Gives an event to the bot, if it is there (or was just cut off), asked for it and may know. False when it has no session. */
  dispatch(event: string, data: object): boolean;
  readonly connection: GatewayConnection | null;
  /** Of the bot's session; its voice states carry it. Null without one. */
  readonly sessionId: string | null;
  /** Sessions begun so far. */
  readonly identifies: number;
  /** Op 9: the session is over, or has only lost its connection. */
  invalidate(resumable: boolean): void;
  close(): void;
}

/** A session whose connection was cut lives on so long (not documented; "a few minutes" is what bots see). */
const RESUME_WITHIN_MS = 120_000;
/** Closes of the client that end the session at once (discord.md §6). */
const ENDING_CLOSES: ReadonlySet<number> = new Set([GatewayClose.normal, GatewayClose.goingAway]);

export function createGatewayServer(options: GatewayServerOptions): GatewayServer {
  const { world, token, url, heartbeatIntervalMs, now, after, tell, violation } = options;
  let current: { readonly session: GatewaySession; expiry: Timer | null } | null = null;
  let connection: GatewayConnection | null = null;
  let identifies = 0;
  const open = new Set<GatewayConnection>();

  const endSession = (superseded = false): void => {
    if (current === null) return;
    const { session, expiry } = current;
    expiry?.cancel();
    current = null;
    options.sessionEnded(session.id, superseded);
  };
  /** Without a connection it can be resumed for a while. */
  const disconnected = (session: GatewaySession): void => {
    if (current?.session === session) current.expiry = after(RESUME_WITHIN_MS, () => endSession());
  };

  const identify: ConnectionHandlers['identify'] = (payload): Opened => {
    if (payload.token !== token()) return refused(GatewayClose.authenticationFailed, 'Authentication failed.');
    if (payload.shard && (payload.shard[0] !== 0 || payload.shard[1] !== 1))
      return refused(GatewayClose.invalidShard, 'Invalid shard.');
    const verdict = judgeIntents(payload.intents, world.messageContentAllowed);
    if (verdict === 'invalid') return refused(GatewayClose.invalidIntents, 'Invalid intent(s).');
    if (verdict === 'disallowed') return refused(GatewayClose.disallowedIntents, 'Disallowed intent(s).');
    endSession(true);
    identifies++;
    const id = randomBytes(16).toString('hex');
    const session = createGatewaySession(id, Number(payload.intents), world.bot.id);
    current = { session, expiry: null };
    return { outcome: 'session', session, missed: [] };
  };

  const resume: ConnectionHandlers['resume'] = (payload): Opened => {
    if (payload.token !== token()) return refused(GatewayClose.authenticationFailed, 'Authentication failed.');
    const known = current?.session.id === payload.session_id ? current : null;
    if (known && payload.seq > known.session.seq) {
      endSession();
      return refused(GatewayClose.invalidSequence, 'Invalid seq.');
    }
    const missed = known?.session.after(payload.seq) ?? null;
    if (known === null || missed === null) return { outcome: 'invalid' };
    known.expiry?.cancel();
    known.expiry = null;
    // A connection that the bot has given up may look alive from here.
    if (connection?.session === known.session) connection.supersede();
    return { outcome: 'session', session: known.session, missed };
  };

  const opened = (mine: GatewayConnection, session: GatewaySession, resumed: boolean): void => {
    connection = mine;
    tell({ type: resumed ? 'resumed' : 'identified', sessionId: session.id, intents: session.intents });
    if (resumed) return session.dispatch('RESUMED', {});
    session.dispatch('READY', readyJson(world, session.id, url()));
    for (const guild of world.guilds) {
      if (!memberOf(guild, world.bot.id)) continue;
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
    if (ends) endSession();
    else disconnected(session);
  };

  const requestMembers = (request: MembersRequest): void => {
    const chunk = current && membersChunk(world, request, current.session.intents);
    if (chunk) current?.session.dispatch('GUILD_MEMBERS_CHUNK', chunk);
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
    dispatch(event, data) {
      if (current === null) return false;
      if (concernsBot(world, event, data)) current.session.dispatch(event, data);
      return true;
    },
    get connection() {
      return connection;
    },
    get sessionId() {
      return current?.session.id ?? null;
    },
    get identifies() {
      return identifies;
    },
    invalidate(resumable) {
      const session = connection?.session ?? null;
      connection?.invalidate(resumable);
      if (!resumable) endSession();
      else if (session) disconnected(session);
    },
    close() {
      current?.expiry?.cancel();
      current = null;
      for (const one of open) one.cut();
    },
  };
}

function refused(code: number, reason: string): Opened {
  return { outcome: 'close', code, reason };
}
