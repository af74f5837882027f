/**
 * One socket of the loopback Live: setup first, then a session, until somebody closes it.
 */
import type { WebSocket } from 'ws';
import { type ClientMessage, isRejection, readClientMessage } from './client-message.ts';
import { type Conversation, createConversation, rewind } from './conversation.ts';
import type { LiveHappening, LoopbackLiveEvent, ViolationRule } from './live-event.ts';
import type { LiveOptions } from './live-options.ts';
import type { LiveScript } from './live-script.ts';
import type { ApiVersion } from './models.ts';
import { createOwnedClock } from './owned-clock.ts';
import { isRecord } from './proto-json.ts';
import { cutReason, type Rejection, rejections } from './rejection.ts';
import type { Handles } from './resumption.ts';
import { duration, encodeMessage, type ServerMessage } from './server-message.ts';
import { createSession, type Session } from './session.ts';
import type { Speech } from './session-context.ts';
import { type AcceptedSetup, checkSetup } from './setup-check.ts';
import { doubtsOf } from './setup-doubts.ts';
import type { Setup } from './setup-kinds.ts';
import type { WindowLog } from './window-log.ts';

/** What connections of one loopback share. */
export interface ConnectionDeps {
  readonly options: LiveOptions;
  readonly script: LiveScript;
  readonly speech: Speech;
  readonly windows: WindowLog;
  readonly handles: Handles;
  nextSessionName(): string;
  tell(event: LoopbackLiveEvent): void;
  violation(session: string | null, rule: ViolationRule, detail: string, connection: number): void;
}

export interface Connection {
  readonly number: number;
  readonly open: boolean;
  readonly session: string | null;
  /** Resolves when the socket is gone, and that has been told. */
  readonly gone: Promise<void>;
  send(message: ServerMessage): void;
  /** Whatever it is, in one frame. */
  sendRaw(frame: string): void;
  goAway(timeLeftMs: number): void;
  close(code: number, reason: string): void;
  /** Cuts the line without a close frame. */
  terminate(): void;
  /** Sends a `setupComplete` that was held back. */
  releaseSetup(): void;
}

type SessionMessage = Exclude<ClientMessage, { type: 'setup' }>;

interface Served {
  readonly session: Session;
  readonly conversation: Conversation;
  readonly accepted: AcceptedSetup;
}

type State =
  | { readonly status: 'new' }
  /** Setup is taken; `early` is what the client did not wait with until it heard so. */
  | (Served & { readonly status: 'preparing'; readonly early: SessionMessage[] })
  | (Served & { readonly status: 'ready' })
  | { readonly status: 'closed' };

/** Share of messages that a bare `{}` comes before (live-api.md §1). */
const BARE_FRAMES = 0.04;
/** Sent but not read by the client, bytes: several minutes of audio. One that reads nothing is cut off. */
const MAX_UNREAD = 64 * 2 ** 20;
/** Messages kept until `setupComplete`: 20 s of audio, far more than any setup takes. */
const MOST_EARLY = 1000;

/** @param refusal what the handshake found wrong with the key; it is told once the client has spoken. */
export function serveConnection(
  ws: WebSocket,
  { number, version, refusal }: { number: number; version: ApiVersion; refusal: Rejection | null },
  deps: ConnectionDeps,
): Connection {
  const { options, script } = deps;
  const clock = createOwnedClock(options.clock);
  let state: State = { status: 'new' };
  let closedBy: 'server' | 'client' = 'client';
  const socket = {
    get open() {
      return ws.readyState === ws.OPEN;
    },
  };
  let name: string | null = null;

  const tell = (happening: LiveHappening): void =>
    deps.tell({ at: clock.now(), connection: number, session: name, ...happening });
  const violation = (rule: ViolationRule, detail: string): void => deps.violation(name, rule, detail, number);

  function sendRaw(frame: string | Buffer): void {
    if (!socket.open) return;
    if (ws.bufferedAmount > MAX_UNREAD) return ws.terminate();
    ws.send(frame, { binary: true });
  }

  function send(message: ServerMessage): void {
    if (state.status === 'closed') return;
    if (state.status === 'ready' && options.random() < BARE_FRAMES) sendRaw(encodeMessage({}));
    sendRaw(encodeMessage(message));
  }

  function close(code: number, reason: string): void {
    if (state.status === 'closed') return;
    closedBy = 'server';
    ws.close(code, cutReason(reason));
    finish();
  }

  function reject(rejection: Rejection): void {
    if (state.status === 'closed') return;
    tell({ type: 'rejected', rejection });
    close(rejection.code, rejection.reason);
  }

  function fault(error: unknown): void {
    if (state.status === 'closed') return;
    tell({ type: 'fault', error });
    close(rejections.internal.code, rejections.internal.reason);
  }

  /** The session ends with its connection; what it remembers stays for a handle. */
  function finish(): void {
    const last = state;
    state = { status: 'closed' };
    clock.release();
    if (last.status !== 'preparing' && last.status !== 'ready') return;
    last.session.close();
    if (last.conversation.socket !== socket) return;
    last.conversation.socket = null;
    last.conversation.endedAt = clock.now();
  }

  function goAway(timeLeftMs: number): void {
    if (state.status !== 'ready') return;
    send({ goAway: { timeLeft: duration(timeLeftMs) } });
    tell({ type: 'goAway', timeLeftMs });
  }

  function setUp(setup: Setup, raw: unknown): void {
    const scripted = script.setupRejections.shift();
    const accepted = scripted ?? checkSetup(setup, { models: options.models, version });
    if (isRejection(accepted)) return reject(accepted);
    const conversation = conversationFor(accepted, raw);
    if (conversation === null) return;
    conversation.socket = socket;
    conversation.endedAt = null;
    name = conversation.name;
    for (const { rule, detail } of doubtsOf(setup)) violation(rule, detail);
    const isOpen = (): boolean => state.status !== 'closed';
    const context = { accepted, conversation, ...deps, clock, isOpen, send, reject, tell, violation, fault };
    const session = createSession(context, deps.windows, deps.handles);
    state = { status: 'preparing', session, conversation, accepted, early: [] };
    tell({ type: 'setup', setup: raw, resumed: accepted.handle !== null });
    if (!script.holdSetup) clock.after(options.setupDelayMs, completeSetup);
  }

  /** Null when the socket was closed over the handle. */
  function conversationFor({ handle, model }: AcceptedSetup, raw: unknown): Conversation | null {
    const asked = isRecord(raw) ? (raw['sessionResumption'] ?? raw['session_resumption']) : undefined;
    if (isRecord(asked) && asked['handle'] === null) {
      if (model.inputDuringCall === 'close') {
        reject(rejections.invalidArgument);
        return null;
      }
      violation('null-handle', 'sessionResumption.handle is left out, not null');
    }
    if (handle === null) return createConversation(deps.nextSessionName(), model, clock.now());
    const redeemed = deps.handles.redeem(handle, model.id, clock.now());
    if (redeemed.outcome === 'resumed' && !script.refuseHandles) {
      rewind(redeemed.conversation, redeemed.entries);
      return redeemed.conversation;
    }
    if (redeemed.outcome === 'busy') {
      deps.violation(redeemed.conversation.name, 'old-socket-open', 'the old socket is closed first', number);
      reject(rejections.internal);
    } else reject(rejections.invalidArgument);
    return null;
  }

  function startLifetime({ compression }: AcceptedSetup, { startedAt }: Conversation): void {
    const { connectionLifetimeMs, sessionLifetimeMs, goAwayBeforeMs } = options;
    const sessionLeft = sessionLifetimeMs === null || compression ? null : startedAt + sessionLifetimeMs - clock.now();
    const lifetimes = [connectionLifetimeMs, sessionLeft].filter((ms) => ms !== null);
    if (lifetimes.length === 0) return;
    const lifetime = Math.max(0, Math.min(...lifetimes));
    const notice = Math.min(goAwayBeforeMs, lifetime);
    if (notice > 0) clock.after(lifetime - notice, () => goAway(notice));
    clock.after(lifetime, () => close(rejections.lifetimeOver.code, rejections.lifetimeOver.reason));
  }

  function completeSetup(): void {
    if (state.status !== 'preparing') return;
    const { early, ...served } = state;
    send({ setupComplete: {} });
    state = { ...served, status: 'ready' };
    startLifetime(served.accepted, served.conversation);
    served.session.ready();
    for (const message of early) forward(message);
  }

  function forward(message: SessionMessage): void {
    if (state.status === 'ready') state.session.receive(message);
  }

  /** What comes too early waits, so that nothing is answered before `setupComplete`. */
  function keep(early: SessionMessage[], message: SessionMessage): void {
    violation('input-before-setup-complete', message.type);
    if (early.length < MOST_EARLY) early.push(message);
  }

  function receive(text: string, binary: boolean): void {
    if (state.status === 'closed') return;
    if (refusal !== null) return reject(refusal);
    const message = readClientMessage(text);
    if (isRejection(message)) return reject(message);
    if (binary) violation('binary-frame', 'clients send text frames');
    if (state.status === 'new') {
      if (message.type === 'setup') setUp(message.setup, message.raw);
      else reject(rejections.setupFirst);
      return;
    }
    if (message.type === 'setup') return reject(rejections.setupFirst);
    if (state.status === 'preparing') keep(state.early, message);
    else forward(message);
  }

  ws.on('message', (data, binary) => {
    try {
      receive(data.toString(), binary);
    } catch (error) {
      // Thrown on into ws, it would leave a socket that is open and deaf.
      fault(error);
    }
  });
  // A frame that breaks the WebSocket protocol; ws closes the socket, and `close` says with which code.
  ws.on('error', () => {});
  const gone = Promise.withResolvers<void>();
  ws.once('close', (code, reason) => {
    finish();
    tell({ type: 'closed', code, reason: reason.toString(), by: closedBy });
    gone.resolve();
  });
  tell({ type: 'connected' });

  return {
    number,
    get open() {
      return socket.open;
    },
    get session() {
      return name;
    },
    gone: gone.promise,
    send,
    sendRaw,
    goAway,
    close,
    terminate() {
      closedBy = 'server';
      ws.terminate();
      finish();
    },
    releaseSetup: completeSetup,
  };
}
