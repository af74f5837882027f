/**
 * One connection to the voice gateway, from Hello until it is closed: it finds out whose it is (Identify or Resume) and
 * hands everything after that to the session.
 */
import type { WebSocket } from 'ws';
import type { BotSession } from './bot-session.ts';
import type { ClientMessage, IdentifyPayload, ResumePayload } from './client-messages.ts';
import { createGatewaySocket, type GatewaySocket } from './gateway-socket.ts';
import type { ViolationRule } from './voice-event.ts';
import { VoiceClose, VoiceOp } from './voice-opcodes.ts';

/** Discord's own interval. */
export const HEARTBEAT_INTERVAL_MS = 13_750;
/** Intervals without a heartbeat after which the session has timed out (close 4009). */
const MISSED_INTERVALS = 2.5;

/** Outcome of Identify and Resume. */
export type Found =
  | { readonly outcome: 'found'; readonly session: BotSession }
  | { readonly outcome: 'refused'; readonly code: number; readonly reason: string };

export interface ConnectionHandlers {
  /** Creates the session; `begin` is called on it afterwards. */
  identify(payload: IdentifyPayload): Promise<Found>;
  resume(payload: ResumePayload): Found;
  onIdentified(session: BotSession): void;
  onClosed(session: BotSession | null, code: number, by: 'server' | 'client'): void;
  violation(session: BotSession | null, rule: ViolationRule, detail: string): void;
}

type State =
  | { readonly status: 'greeted' }
  | { readonly status: 'identifying' }
  | { readonly status: 'bound'; readonly session: BotSession }
  | { readonly status: 'closed' };

export function serveConnection(
  ws: WebSocket,
  heartbeatIntervalMs: number,
  handlers: ConnectionHandlers,
): GatewaySocket {
  let state: State = { status: 'greeted' };
  let patience: NodeJS.Timeout | undefined;
  const session = (): BotSession | null => (state.status === 'bound' ? state.session : null);

  const expectHeartbeat = (): void => {
    clearTimeout(patience);
    patience = setTimeout(() => {
      handlers.violation(session(), 'heartbeat', 'no heartbeat');
      socket.close(VoiceClose.sessionTimeout, 'Session timed out');
    }, heartbeatIntervalMs * MISSED_INTERVALS).unref();
  };

  const identify = async (payload: IdentifyPayload): Promise<void> => {
    state = { status: 'identifying' };
    const found = await handlers.identify(payload);
    if (!socket.open) return found.outcome === 'found' ? found.session.end() : undefined;
    if (found.outcome === 'refused') return socket.close(found.code, found.reason);
    state = { status: 'bound', session: found.session };
    handlers.onIdentified(found.session);
    found.session.begin(socket);
  };

  const resume = (payload: ResumePayload): void => {
    const found = handlers.resume(payload);
    if (found.outcome === 'refused') return socket.close(found.code, found.reason);
    state = { status: 'bound', session: found.session };
    if (!found.session.resume(socket, payload.seq_ack))
      socket.close(VoiceClose.sessionInvalid, 'Session is no longer valid');
  };

  const onMessage = (message: ClientMessage): void => {
    if (message.name === 'heartbeat') expectHeartbeat();
    if (state.status === 'bound') return state.session.message(message);
    if (message.name === 'heartbeat') return socket.send(VoiceOp.heartbeatAck, { t: message.d.t });
    if (state.status === 'greeted' && message.name === 'identify') return void identify(message.d);
    if (state.status === 'greeted' && message.name === 'resume') return resume(message.d);
    handlers.violation(null, 'wrong-order', `${message.name} before Identify was answered`);
    socket.close(VoiceClose.notAuthenticated, 'Not authenticated');
  };

  const socket = createGatewaySocket(ws, {
    onMessage,
    onBinary(op, payload) {
      if (state.status === 'bound') state.session.binary(op, payload);
      else socket.close(VoiceClose.notAuthenticated, 'Not authenticated');
    },
    onRefused: (rule, detail) => handlers.violation(session(), rule, detail),
    onClosed(code, by) {
      clearTimeout(patience);
      const ended = session();
      state = { status: 'closed' };
      ended?.detached(socket);
      handlers.onClosed(ended, code, by);
    },
  });
  expectHeartbeat();
  socket.send(VoiceOp.hello, { v: 8, heartbeat_interval: heartbeatIntervalMs });
  return socket;
}
