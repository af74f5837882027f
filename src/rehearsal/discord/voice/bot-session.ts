/**
 * One voice session of the real client (the bot): from Identify until it can no longer be resumed. It outlives its
 * WebSocket; what the server says meanwhile is kept and sent again after Resume (op 7).
 */
import { type Arrival, type BotMedia, createBotMedia } from './bot-media.ts';
import type { ClientMessage, HeartbeatPayload, SelectProtocolPayload } from './client-messages.ts';
import type { GatewaySocket } from './gateway-socket.ts';
import { createNumberedMessages } from './numbered-messages.ts';
import { ENCRYPTION_MODE } from './rtp-cipher.ts';
import type { Ticket } from './tickets.ts';
import type { UdpAddress } from './udp-socket.ts';
import type { LocalEvent, ViolationRule } from './voice-event.ts';
import { VoiceClose, VoiceOp } from './voice-opcodes.ts';

/** How long a session waits for its client to resume. */
export const RESUME_WINDOW_MS = 15_000;

/** Ids of anything the server makes up only have to differ. */
const VIDEO_CODEC = 'H264';

export interface BotSessionHandlers {
  /** Op 2 has gone out: the client takes op 11 from here on. */
  onReady(): void;
  /** Op 4 has gone out: the client takes end-to-end encryption messages from here on. */
  onOpen(): void;
  onSpeaking(speaking: boolean): void;
  onArrival(arrival: Arrival): void;
  onKeyPackage(bytes: Buffer): void;
  onCommitWelcome(payload: Buffer): void;
  onTransitionReady(transitionId: number): void;
  onInvalidTransition(transitionId: number): void;
  onEnded(): void;
  report(event: LocalEvent): void;
  violation(rule: ViolationRule, detail: string, at?: number): void;
}

export interface BotSessionOptions {
  readonly ticket: Ticket;
  readonly ssrc: number;
  readonly udp: { readonly address: string; readonly port: number; send(datagram: Buffer, to: UdpAddress): void };
  readonly now: () => number;
  readonly handlers: BotSessionHandlers;
}

export interface BotSession {
  readonly ticket: Ticket;
  readonly media: BotMedia;
  /** Heartbeats are answered; a test may switch it off. */
  answersHeartbeats: boolean;
  /** Nothing gets in or out, on either path. */
  blackHole(on: boolean): void;
  /** The first socket: Ready goes out. */
  begin(socket: GatewaySocket): void;
  /** Another socket after Resume; `false` when too much was missed. */
  resume(socket: GatewaySocket, seqAck: number): boolean;
  message(message: ClientMessage): void;
  binary(op: number, payload: Buffer): void;
  /** Its socket is closed. */
  detached(socket: GatewaySocket): void;
  send(op: number, d: unknown): void;
  sendBinary(op: number, payload: Buffer): void;
  /** Resolves once the client has read all that was sent, or its socket is closed. */
  settle(): Promise<void>;
  /** Closes the socket; the session stays resumable. */
  closeSocket(code: number, reason: string): void;
  /** Cuts the connection; the session stays resumable. */
  cutSocket(): void;
  /** Ends the session; a code closes the socket with it. */
  end(code?: number): void;
}

export function createBotSession({ ticket, ssrc, udp, now, handlers }: BotSessionOptions): BotSession {
  const messages = createNumberedMessages();
  const { userId } = ticket;
  let socket: GatewaySocket | null = null;
  let expiry: NodeJS.Timeout | null = null;
  let holed = false;
  let ended = false;

  const media = createBotMedia({
    ssrc,
    now,
    send: udp.send,
    handlers: {
      onArrival: handlers.onArrival,
      onFinding(finding) {
        if (finding.type === 'violation') handlers.violation(finding.rule, finding.detail, finding.at);
        else handlers.report({ ...finding, userId });
      },
    },
  });

  const attach = (next: GatewaySocket): void => {
    if (expiry) clearTimeout(expiry);
    expiry = null;
    socket = next;
    next.mute(holed);
  };
  const wrongOrder = (detail: string): void => handlers.violation('wrong-order', detail);

  const heartbeat = ({ t, seq_ack }: HeartbeatPayload): void => {
    if (!messages.acknowledge(seq_ack)) handlers.violation('heartbeat', `seq_ack ${seq_ack} of ${messages.last}`);
    if (session.answersHeartbeats) socket?.send(VoiceOp.heartbeatAck, { t });
  };

  const selectProtocol = ({ protocol, data }: SelectProtocolPayload): void => {
    if (protocol !== 'udp') return socket?.close(VoiceClose.unknownProtocol, 'Unknown protocol');
    if (data.mode !== ENCRYPTION_MODE)
      return socket?.close(VoiceClose.unknownEncryptionMode, 'Unknown encryption mode');
    const discovered = media.address;
    const secretKey = media.open();
    if (!secretKey) return wrongOrder('Select Protocol before IP discovery, or twice');
    if (discovered && (discovered.address !== data.address || discovered.port !== data.port))
      handlers.violation('bad-payload', `Select Protocol names ${data.address}:${data.port}, not what discovery said`);
    socket?.send(VoiceOp.sessionDescription, {
      mode: ENCRYPTION_MODE,
      secret_key: [...secretKey],
      dave_protocol_version: ticket.encrypted ? 1 : 0,
      audio_codec: 'opus',
      video_codec: VIDEO_CODEC,
      media_session_id: `${ssrc}`,
    });
    handlers.report({ type: 'sessionDescription', userId });
    handlers.onOpen();
  };

  const session: BotSession = {
    ticket,
    media,
    answersHeartbeats: true,
    blackHole(on) {
      holed = on;
      socket?.mute(on);
      media.dropped = { in: on, out: on };
    },
    begin(first) {
      attach(first);
      const { address: ip, port } = udp;
      first.send(VoiceOp.ready, { ssrc, ip, port, modes: [ENCRYPTION_MODE], experiments: [], streams: [] });
      handlers.report({ type: 'ready', userId });
      handlers.onReady();
    },
    resume(next, seqAck) {
      const missed = ended ? null : messages.after(seqAck);
      if (!missed) return false;
      if (socket) socket.close(VoiceClose.sessionInvalid, 'Resumed elsewhere');
      attach(next);
      next.send(VoiceOp.resumed, {});
      for (const message of missed) next.sendNumbered(message);
      handlers.report({ type: 'resumed', userId });
      return true;
    },
    message(message) {
      if (message.name === 'heartbeat') heartbeat(message.d);
      else if (message.name === 'selectProtocol') selectProtocol(message.d);
      else if (message.name === 'transitionReady') handlers.onTransitionReady(message.d.transition_id);
      else if (message.name === 'invalidCommitWelcome') handlers.onInvalidTransition(message.d.transition_id);
      else if (message.name === 'speaking') {
        if (message.d.ssrc !== ssrc) handlers.violation('bad-payload', `op 5 with SSRC ${message.d.ssrc}`);
        media.speaking(message.d.speaking > 0);
        handlers.onSpeaking(message.d.speaking > 0);
        handlers.report({ type: 'speaking', userId, speaking: message.d.speaking > 0 });
      } else socket?.close(VoiceClose.alreadyAuthenticated, 'Already authenticated');
    },
    binary(op, payload) {
      if (op === VoiceOp.keyPackage) handlers.onKeyPackage(payload);
      else if (op === VoiceOp.commitWelcome) handlers.onCommitWelcome(payload);
      else {
        handlers.violation('unknown-opcode', `binary opcode ${op}`);
        socket?.close(VoiceClose.unknownOpcode, 'Unknown opcode');
      }
    },
    detached(closed) {
      if (closed !== socket || ended) return;
      socket = null;
      expiry = setTimeout(() => session.end(), RESUME_WINDOW_MS).unref();
    },
    send(op, d) {
      const message = messages.json(op, d);
      socket?.sendNumbered(message);
    },
    sendBinary(op, payload) {
      const message = messages.binary(op, payload);
      socket?.sendNumbered(message);
    },
    settle: () => socket?.settle() ?? Promise.resolve(),
    closeSocket: (code, reason) => socket?.close(code, reason),
    cutSocket: () => socket?.terminate(),
    end(code) {
      if (ended) return;
      ended = true;
      if (expiry) clearTimeout(expiry);
      media.end();
      if (code !== undefined) socket?.close(code, '');
      handlers.report({ type: 'sessionEnded', userId });
      handlers.onEnded();
    },
  };
  return session;
}
