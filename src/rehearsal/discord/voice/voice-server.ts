/**
 * The loopback Discord's voice side: voice gateway v8 over TLS, UDP, end-to-end encryption, and simulated members.
 *
 * One real client (the bot) a call. It is strict: what Discord refuses closes the socket with Discord's code, and what
 * members would hear or miss is a violation. See discord.md §3–5 for the protocol.
 */
import type { WebSocket } from 'ws';
import { type BotSessions, createBotSessions } from './bot-sessions.ts';
import { type Call, createCall } from './call.ts';
import { type CallControl, createCallControl } from './call-control.ts';
import { createExternalSender } from './dave/external-sender.ts';
import { HEARTBEAT_INTERVAL_MS, serveConnection } from './gateway-connection.ts';
import { randomSsrc, type VoiceMember } from './member.ts';
import { type Admission, createTickets, type Ticket } from './tickets.ts';
import { openTlsEndpoint, type TlsEndpoint } from './tls-endpoint.ts';
import { openUdpSocket } from './udp-socket.ts';
import type { LocalEvent, Violation, ViolationRule, VoiceServerEvent } from './voice-event.ts';
import { VoiceClose } from './voice-opcodes.ts';

export interface VoiceServerOptions {
  /** PEM, for `localhost`. */
  readonly key: string;
  readonly cert: string;
  readonly onEvent?: (event: VoiceServerEvent) => void;
  /** Milliseconds; `performance.timeOrigin + performance.now()` unless told. */
  readonly now?: () => number;
  readonly heartbeatIntervalMs?: number;
}

export interface VoiceServer {
  /** `localhost:PORT`, for VOICE_SERVER_UPDATE. Changes with `moveEndpoint`. */
  readonly endpoint: string;
  readonly violations: readonly Violation[];
  /** A real client may now connect; again, after a move, for a new channel: its old session is over. */
  admit(who: Admission): { token: string };
  /** The real client is out; its socket closes with 4014 unless told. */
  dismiss(guildId: string, userId: string, closeCode?: number): void;
  joinMember(who: { guildId: string; channelId: string; userId: string; encrypted: boolean }): VoiceMember;
  /** Undefined until somebody joined the channel or was admitted to it. */
  call(channelId: string): CallControl | undefined;
  /** Opens another endpoint; the old one closes every connection and refuses new ones. Resolves with the new name. */
  moveEndpoint(): Promise<string>;
  close(): Promise<void>;
}

/** Violations kept: a client that does everything wrong does it 50 times a second. */
const MOST_VIOLATIONS = 10_000;
/** A moved client normally hangs up by itself; one that does not is disconnected after this. */
const SUPERSEDED_CLOSE_MS = 2_000;

export async function startVoiceServer(options: VoiceServerOptions): Promise<VoiceServer> {
  const { key, cert, onEvent = () => {}, heartbeatIntervalMs = HEARTBEAT_INTERVAL_MS } = options;
  const now = options.now ?? (() => performance.timeOrigin + performance.now());
  const violations: Violation[] = [];
  const calls = new Map<string, { call: Call; control: CallControl }>();
  const tickets = createTickets();
  const sender = createExternalSender();
  const ssrcs = new Set<number>();
  const timers = new Set<NodeJS.Timeout>();

  const violation = (rule: ViolationRule, detail: string, at = now()): void => {
    const found = { at, rule, detail };
    if (violations.length < MOST_VIOLATIONS) violations.push(found);
    onEvent({ type: 'violation', at, violation: found });
  };
  const report = (guildId: string, channelId: string, event: LocalEvent): void =>
    onEvent({ at: now(), guildId, channelId, ...event } as VoiceServerEvent);
  const newSsrc = (): number => {
    const ssrc = randomSsrc();
    if (ssrcs.has(ssrc)) return newSsrc();
    ssrcs.add(ssrc);
    return ssrc;
  };
  const callIn = ({ guildId, channelId, encrypted }: Pick<Admission, 'guildId' | 'channelId' | 'encrypted'>): Call => {
    const existing = calls.get(channelId)?.call;
    if (existing) {
      if (existing.encrypted !== encrypted) throw new Error(`call ${channelId} cannot change its encryption`);
      return existing;
    }
    const call = createCall({
      guildId,
      channelId,
      encrypted,
      sender,
      now,
      newSsrc,
      violation,
      report: (event) => report(guildId, channelId, event),
    });
    calls.set(channelId, { call, control: createCallControl(call) });
    return call;
  };
  const sessions: BotSessions = createBotSessions({
    now,
    newSsrc,
    udp: () => udp,
    callOf: callIn,
    report: (ticket: Ticket, event) => report(ticket.guildId, ticket.channelId, event),
    violation,
  });
  const udp = await openUdpSocket(sessions);

  const onConnection = (ws: WebSocket, supported: boolean): void => {
    if (!supported) {
      violation('bad-payload', 'the client asked for another gateway version than 8');
      return ws.close(VoiceClose.badPayload, 'Unsupported version');
    }
    serveConnection(ws, heartbeatIntervalMs, {
      async identify(payload) {
        const checked = tickets.identify(payload);
        if (checked.outcome === 'refused') return checked;
        const { ticket } = checked;
        report(ticket.guildId, ticket.channelId, { type: 'identified', userId: ticket.userId });
        sessions.of(ticket.guildId, ticket.userId)?.end(VoiceClose.sessionInvalid);
        return { outcome: 'found', session: await sessions.create(ticket) };
      },
      resume(payload) {
        const checked = tickets.resume(payload);
        if (checked.outcome === 'refused') return checked;
        const session = sessions.byToken(payload.token);
        if (session) return { outcome: 'found', session };
        return { outcome: 'refused', code: VoiceClose.sessionInvalid, reason: 'Session is no longer valid' };
      },
      onIdentified: () => {},
      onClosed(session, code, by) {
        if (!session) return;
        const { guildId, channelId, userId } = session.ticket;
        report(guildId, channelId, { type: 'closed', userId, code, by });
      },
      violation: (_session, rule, detail) => violation(rule, detail),
    });
  };
  let endpoint: TlsEndpoint = await openTlsEndpoint({ key, cert, onConnection });

  const supersede = (guildId: string, userId: string): void => {
    const old = sessions.of(guildId, userId);
    if (!old) return;
    old.end();
    const timer = setTimeout(() => {
      timers.delete(timer);
      old.closeSocket(VoiceClose.disconnected, 'Disconnected');
    }, SUPERSEDED_CLOSE_MS);
    timers.add(timer);
  };

  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    for (const timer of timers) clearTimeout(timer);
    sessions.close();
    for (const { call } of calls.values()) call.close();
    await Promise.all([endpoint.close(), udp.close()]);
  };

  return {
    get endpoint() {
      return endpoint.name;
    },
    violations,
    admit(who) {
      callIn(who);
      supersede(who.guildId, who.userId);
      return { token: tickets.issue(who).token };
    },
    dismiss(guildId, userId, closeCode = VoiceClose.disconnected) {
      tickets.revoke(guildId, userId);
      sessions.of(guildId, userId)?.end(closeCode);
    },
    joinMember: (who) => callIn(who).join(who.userId),
    call: (channelId) => calls.get(channelId)?.control,
    async moveEndpoint() {
      const old = endpoint;
      endpoint = await openTlsEndpoint({ key, cert, onConnection });
      await old.close();
      return endpoint.name;
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
