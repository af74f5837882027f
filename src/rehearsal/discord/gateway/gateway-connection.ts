/**
 * One connection of a bot to the gateway: hello, identify or resume, heartbeats, and what it may send
 * (Discord, "Gateway" and "Opcodes and Status Codes"). Whatever breaks Discord's rules closes it with Discord's code.
 */
import type { WebSocket } from 'ws';
import type { z } from 'zod';
import { GatewayClose, GatewayOp } from './gateway-opcodes.ts';
import {
  heartbeatSchema,
  identifySchema,
  type MembersRequest,
  payloadSchema,
  requestMembersSchema,
  resumeSchema,
  type VoiceStateRequest,
  voiceStateSchema,
} from './gateway-payloads.ts';
import type { Dispatch, GatewaySession } from './gateway-session.ts';

export type Opened =
  | { readonly outcome: 'session'; readonly session: GatewaySession; readonly missed: readonly Dispatch[] }
  | { readonly outcome: 'close'; readonly code: number; readonly reason: string }
  /** The session is over; the bot has to identify anew. */
  | { readonly outcome: 'invalid' };

export interface ConnectionHandlers {
  identify(payload: z.infer<typeof identifySchema>): Opened;
  resume(payload: z.infer<typeof resumeSchema>): Opened;
  /** The session has its connection; READY or what was missed is sent. */
  opened(session: GatewaySession, resumed: boolean): void;
  voiceState(request: VoiceStateRequest): void;
  requestMembers(request: MembersRequest): void;
  closed(session: GatewaySession | null, code: number, by: 'server' | 'client'): void;
  /** `flood` for too many payloads, else a payload that is refused. */
  violation(rule: 'gateway-payload' | 'gateway-flood', detail: string): void;
}

export interface GatewayConnection {
  /** The session it carries. */
  readonly session: GatewaySession | null;
  close(code: number, reason?: string): void;
  /** Without a closing handshake, as when the network goes: the bot sees 1006. */
  cut(): void;
  /** Op 7: the bot is asked to reconnect and resume. */
  askReconnect(): void;
  /** Op 9: the bot has to resume, or to identify, anew; on this connection if it likes. */
  invalidate(resumable: boolean): void;
  /** The session goes on elsewhere: this connection closes without it. */
  supersede(): void;
  /** Heartbeats are acknowledged, or not any more. */
  answersHeartbeats: boolean;
}

type State = { readonly status: 'hello' } | { readonly status: 'live'; readonly session: GatewaySession };

/** Discord, "Rate Limiting": 120 gateway events per connection every 60 seconds. */
const MOST_PAYLOADS = 120;
const PAYLOAD_WINDOW_MS = 60_000;
/** What a bot sees of a connection that is gone without a close. */
const CUT = 1006;
/** Discord, "Sending Events": a payload is at most so long, bytes. */
const MOST_BYTES = 4_096;
/** A connection that missed one heartbeat and half of the next is dead. */
const HEARTBEATS_MISSED = 1.5;

export interface GatewayConnectionOptions {
  readonly ws: WebSocket;
  readonly heartbeatIntervalMs: number;
  readonly now: () => number;
  readonly handlers: ConnectionHandlers;
}

export function serveGatewayConnection(options: GatewayConnectionOptions): GatewayConnection {
  const { ws, heartbeatIntervalMs, now, handlers } = options;
  let state: State = { status: 'hello' };
  let closedByUs: number | null = null;
  const sentAt: number[] = [];

  const send = (op: number, d: unknown, extra: object = {}): void => {
    if (ws.readyState === ws.OPEN) ws.send(JSON.stringify({ op, d, s: null, t: null, ...extra }));
  };
  const dispatch = ({ seq, event, data }: Dispatch): void => send(GatewayOp.dispatch, data, { s: seq, t: event });
  const close = (code: number, reason = ''): void => {
    closedByUs ??= code;
    clearTimeout(alive);
    ws.close(code, reason);
  };
  /** Gives up the session, and returns it. */
  const detach = (): GatewaySession | null => {
    if (state.status !== 'live') return null;
    const { session } = state;
    session.sink = null;
    state = { status: 'hello' };
    return session;
  };
  const refuse = (code: number, reason: string): void => {
    handlers.violation('gateway-payload', `${code} ${reason}`);
    close(code, reason);
  };

  let alive = setTimeout(() => {}, 0);
  const expectHeartbeat = (): void => {
    clearTimeout(alive);
    alive = setTimeout(
      () => refuse(GatewayClose.sessionTimedOut, 'Session timed out.'),
      heartbeatIntervalMs * HEARTBEATS_MISSED,
    );
  };

  const open = (opened: Opened, resumed: boolean): void => {
    if (opened.outcome === 'close') return close(opened.code, opened.reason);
    if (opened.outcome === 'invalid') return send(GatewayOp.invalidSession, false);
    const { session, missed } = opened;
    state = { status: 'live', session };
    session.sink = { dispatch };
    for (const one of missed) dispatch(one);
    handlers.opened(session, resumed);
  };

  const flooded = (): boolean => {
    sentAt.push(now());
    while ((sentAt[0] ?? 0) < now() - PAYLOAD_WINDOW_MS) sentAt.shift();
    if (sentAt.length <= MOST_PAYLOADS) return false;
    handlers.violation('gateway-flood', `${sentAt.length} payloads within a minute`);
    close(GatewayClose.rateLimited, 'Rate limited.');
    return true;
  };

  /** Hands on a payload that fits its schema; anything else closes the connection. */
  const checked = <Schema extends z.ZodType>(
    schema: Schema,
    d: unknown,
    act: (payload: z.infer<Schema>) => void,
  ): void => {
    const parsed = schema.safeParse(d);
    if (parsed.success) act(parsed.data);
    else refuse(GatewayClose.decodeError, 'Error while decoding payload.');
  };

  const take = (op: number, d: unknown): void => {
    if (op === GatewayOp.heartbeat) return checked(heartbeatSchema, d, beat);
    if (op === GatewayOp.identify || op === GatewayOp.resume) {
      if (state.status === 'live') return refuse(GatewayClose.alreadyAuthenticated, 'Already authenticated.');
      if (op === GatewayOp.identify)
        return checked(identifySchema, d, (payload) => open(handlers.identify(payload), false));
      return checked(resumeSchema, d, (payload) => open(handlers.resume(payload), true));
    }
    if (state.status !== 'live') return refuse(GatewayClose.notAuthenticated, 'Not authenticated.');
    if (op === GatewayOp.voiceStateUpdate) return checked(voiceStateSchema, d, handlers.voiceState);
    if (op === GatewayOp.requestGuildMembers) return checked(requestMembersSchema, d, handlers.requestMembers);
    if (op !== GatewayOp.presenceUpdate) refuse(GatewayClose.unknownOpcode, 'Unknown opcode.');
  };

  const beat = (seq: number | null): void => {
    if (state.status === 'live' && (seq ?? 0) > state.session.seq) {
      return refuse(GatewayClose.invalidSequence, 'Invalid seq.');
    }
    expectHeartbeat();
    if (connection.answersHeartbeats) send(GatewayOp.heartbeatAck, null);
  };

  const connection: GatewayConnection = {
    get session() {
      return state.status === 'live' ? state.session : null;
    },
    close,
    cut() {
      closedByUs ??= CUT;
      ws.terminate();
    },
    askReconnect: () => send(GatewayOp.reconnect, null),
    invalidate(resumable) {
      detach();
      send(GatewayOp.invalidSession, resumable);
    },
    supersede() {
      detach();
      close(GatewayClose.unknownError, 'The session was resumed elsewhere.');
    },
    answersHeartbeats: true,
  };

  ws.on('message', (data) => {
    if (closedByUs !== null || flooded()) return;
    const text = data.toString();
    if (Buffer.byteLength(text) > MOST_BYTES) return refuse(GatewayClose.decodeError, 'Error while decoding payload.');
    const parsed = payloadSchema.safeParse(parseJson(text));
    if (parsed.success) take(parsed.data.op, parsed.data.d);
    else refuse(GatewayClose.decodeError, 'Error while decoding payload.');
  });
  ws.on('close', (code) => {
    clearTimeout(alive);
    handlers.closed(detach(), closedByUs ?? code, closedByUs === null ? 'client' : 'server');
  });
  // What is wrong with the socket shows as its closing.
  ws.on('error', () => ws.terminate());

  send(GatewayOp.hello, { heartbeat_interval: heartbeatIntervalMs });
  expectHeartbeat();
  return connection;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
