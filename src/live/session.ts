/**
 * The Live session: the shell around its parts. `session-state.ts` decides about connections, `window-ledger.ts` what is sent,
 * `replies.ts` reads what comes; here they meet the transport, the clock and the room.
 */

import { apiVersionFor } from '../catalogue/fit-tuning.ts';
import { type ModelProfile, profileOf } from '../catalogue/models.ts';
import type { DialGate } from '../types/reach.ts';
import { historyMessage, toolResponseMessage } from './client-messages.ts';
import { type ConnectionLife, createConnectionLife } from './connection-life.ts';
import { createDeadlineTimer, type DeadlineTimer } from './deadline-timer.ts';
import { modalityOf } from './generation-config.ts';
import type { Ledger } from './ledger.ts';
import { createLine, type Line } from './line.ts';
import type { FunctionResponse, LiveSession, LiveSessionOptions, WindowContext, WrittenTurn } from './live-session.ts';
import { type Lull, lullAfter, lullDeadline, mayReplace } from './lull.ts';
import { readServerMessage } from './messages.ts';
import { createOpenCalls, type OpenCalls } from './open-calls.ts';
import { createOutlet, type Outlet } from './outlet.ts';
import { createReplies, type Replies } from './replies.ts';
import { createResumption, type Resumption } from './resumption.ts';
import { deadlineOf, isConnected, type LiveSessionState, type SessionStep } from './session-model.ts';
import { HANG_UP_MS } from './session-transitions.ts';
import { createSilenceBreaker, type SilenceBreaker } from './silence-breaker.ts';
import { createStreamLedger } from './stream-ledger.ts';
import { createTranscript, type Transcript } from './transcript.ts';
import type { TransportClose } from './transport.ts';
import { createWantedSetup, type WantedSetup } from './wanted-setup.ts';
import { createWindowLedger } from './window-ledger.ts';

export type { LiveSession, LiveSessionEvents, LiveSessionOptions } from './live-session.ts';
export { isConnected, type LiveSessionState } from './session-model.ts';

/** Does nothing until `open`. */
export function createLiveSession(options: LiveSessionOptions): LiveSession {
  return new Session(options);
}

class Session implements LiveSession {
  readonly #options: LiveSessionOptions;
  readonly #profile: ModelProfile;
  readonly #ledger: Ledger;
  readonly #transcript: Transcript;
  readonly #resumption: Resumption;
  readonly #replies: Replies;
  readonly #line: Line;
  readonly #setup: WantedSetup;
  readonly #timer: DeadlineTimer;
  readonly #silence: SilenceBreaker;
  readonly #calls: OpenCalls;
  readonly #life: ConnectionLife;
  readonly #outlet: Outlet;
  #lull: Lull = null;
  #gone: Promise<void> | null = null;

  constructor(options: LiveSessionOptions) {
    const { endpoint, count, on, clock, connect, log } = options;
    const { profile } = profileOf(endpoint.model);
    const declared = (name: string) => this.#setup.declared(name);
    const calls = createOpenCalls({ profile, declared, latest: () => this.#replies.latest });
    const transcript = createTranscript(options.seed);
    const onGivenUp = (): void => on.problem({ code: 'LIVE_CONNECT_TIMEOUT', details: {} });
    const { detection = 'manual' } = options;
    const inText = modalityOf(profile, options.modality) === 'TEXT';
    const ledger = (detection === 'manual' ? createWindowLedger : createStreamLedger)({
      ...{ count, onGivenUp, takesTurns: profile.clientContentMidSession },
    });
    const replies = createReplies({ profile, inText, ledger, transcript, calls, clock, count, on });
    const onLine = {
      message: (frame: string | Uint8Array) => this.#received(frame),
      closed: (close: TransportClose) => this.#step({ type: 'closed', close }),
      drained: () => this.#outlet.waitsForLine && this.#proceed(),
    };
    const version = apiVersionFor(options.tuning ?? {}, profile);
    const line = createLine({ endpoint, version, connect, clock, count, on: onLine });
    const setup = createWantedSetup(options, profile);
    const resumption = createResumption(options.handle, profile.id, on.handle);
    const deaf = (): void => this.#step({ type: 'deaf' });
    this.#options = options;
    this.#profile = profile;
    this.#calls = calls;
    this.#transcript = transcript;
    this.#ledger = ledger;
    this.#replies = replies;
    this.#line = line;
    this.#outlet = createOutlet({ profile, ledger, line, replies, transcript, clock });
    this.#setup = setup;
    this.#resumption = resumption;
    this.#life = createConnectionLife(
      options,
      { profile, line, setup, resumption, transcript },
      {
        up: () => this.#greet(),
        down: (step) => this.#disconnected(step),
        changed: () => this.#changed(),
        settled: () => this.#arm(),
      },
    );
    this.#timer = createDeadlineTimer(clock, () => this.#due());
    this.#silence = createSilenceBreaker({ profile, line, ledger, replies, count, log, deaf });
  }

  get state(): LiveSessionState {
    return this.#life.state;
  }

  get answerDue(): boolean {
    return this.#ledger.due;
  }

  get goesOn(): boolean {
    return this.#replies.goesOn;
  }

  open(): void {
    this.#step({ type: 'open' });
  }

  startWindow(context: WindowContext): void {
    this.#input(() => this.#ledger.startWindow(context));
  }

  sendAudio(pcm: Int16Array): void {
    this.#input(() => this.#ledger.audio(pcm));
  }

  spoke(): void {
    this.#input(() => {
      this.#ledger.spoke();
      this.#replies.spokenOver();
    });
  }

  endWindow(): void {
    this.#input(() => this.#ledger.endWindow());
  }

  addSpeaker(name: string, actorId?: string): void {
    this.#input(() => this.#ledger.addSpeaker(name, actorId));
  }

  sendText(text: string, actorIds?: readonly string[]): void {
    this.sendTurn({ text, actorIds });
  }

  sendTurn(turn: WrittenTurn): void {
    const { text, images = [], recording = null } = turn;
    if (text.trim() === '' && images.length === 0 && recording === null) return;
    this.#input(() => this.#ledger.turn(turn));
  }

  showImage(jpeg: Uint8Array): void {
    this.#input(() => this.#ledger.image(jpeg));
  }

  answerTools(responses: readonly FunctionResponse[]): void {
    const { messages, strays } = this.#calls.answered(responses);
    if (strays > 0) this.#options.count('live_tool_responses_stray_total', strays);
    for (const message of messages) {
      this.#line.send(toolResponseMessage(message.responses), 'control');
      this.#replies.responded(message);
    }
    this.#proceed();
  }

  applySettings(...wanted: Parameters<LiveSession['applySettings']>): void {
    const [, revision] = wanted;
    const { asItIs } = this.#setup.change(...wanted);
    if (asItIs) this.#options.on.settingsApplied(revision);
    this.#checkSettings();
    this.#proceed();
  }

  reset(): void {
    if (this.state.status === 'closed') return;
    this.#replies.abandon();
    this.#ledger.clear();
    this.#transcript.clear();
    this.#resumption.drop();
    this.#step({ type: 'reset' });
  }

  gate(gate: DialGate): void {
    this.#step({ type: 'gate', gate });
    this.#proceed();
  }

  close(): Promise<void> {
    this.#step({ type: 'leave' });
    this.#gone ??= this.#line.gone(HANG_UP_MS);
    return this.#gone;
  }

  #input(take: () => void): void {
    if (this.state.status === 'closed') {
      this.#options.count('live_input_after_close_total');
      return;
    }
    take();
    this.#proceed();
  }

  #step(step: SessionStep): void {
    this.#life.step(step);
  }

  #changed(): void {
    this.#checkSettings();
    this.#flush();
  }

  /** Before anything else: the history that the setup announced, and what a resumed session has missed. */
  #greet(): void {
    const { on, clock } = this.#options;
    on.connected({ startedAt: clock.now(), resumed: this.#setup.resumes });
    if (this.#setup.seeds) this.#line.send(historyMessage(this.#transcript.tail()), 'control');
    this.#ledger.preface(this.#setup.resumes ? this.#transcript.missed() : null);
  }

  #disconnected(step: SessionStep): void {
    this.#lull = null;
    this.#replies.abandon();
    const replaced = step.type === 'betweenTurns' || step.type === 'reset';
    this.#ledger.connectionLost(replaced ? 'replaced' : step.type === 'deaf' ? 'deaf' : 'dropped');
  }

  #received(frame: string | Uint8Array): void {
    const { count, log, clock } = this.#options;
    const { message, faults } = readServerMessage(frame);
    if (faults.length > 0) {
      count('live_message_faults_total', faults.length);
      log.warn({ faults }, 'a Live message was not what it should be');
    }
    if (message.setupComplete) this.#step({ type: 'setupComplete' });
    // What comes of a socket that is being closed was said to nobody.
    if (!isConnected(this.state)) return;
    if (this.#replies.take(message) === 'answering') this.#step({ type: 'answering' });
    if (message.handle) {
      this.#resumption.issued(message.handle, clock.now());
      if (!this.#ledger.prefaced) this.#transcript.handleIssued();
    }
    if (message.goAwayMs !== null) this.#step({ type: 'goAway', timeLeftMs: message.goAwayMs });
    // A cancelled call may have been all that the responses of its message waited for.
    if (message.cancelledCalls.length > 0) this.answerTools([]);
    this.#proceed();
  }

  /** Whatever has happened: what can be sent is sent, and what waited for a quiet moment is done if this is one. */
  #proceed(): void {
    this.#flush();
    const now = this.#options.clock.now();
    this.#lull = this.#lullAt(now);
    if (mayReplace(this.#lull, this.#transcript.inHandle, now)) this.#step({ type: 'betweenTurns' });
    else this.#arm();
  }

  #lullAt(now: number): Lull {
    // A connection that works is not given up for one that nobody may have.
    if (this.state.status !== 'draining' || this.#life.gate.status === 'shut') return null;
    const facts = {
      reason: this.state.reason,
      modelBusy: !this.#replies.idle || this.#calls.open,
      asked: this.#ledger.awaiting,
      nobodySpeaks: this.#ledger.idle,
    };
    return lullAfter(this.#lull, facts, now);
  }

  #flush(): void {
    if (!isConnected(this.state)) return;
    const held = this.#profile.gateInputDuringTool && this.#calls.blocked;
    this.#outlet.flush(held);
  }

  #checkSettings(): void {
    if (!isConnected(this.state)) return;
    this.#step({ type: 'settings', inForce: this.#setup.inForce });
    const revision = this.#setup.takeRevision();
    if (revision !== null) this.#options.on.settingsApplied(revision);
    const refusal = this.#setup.takeRefusal();
    if (refusal !== null) this.#options.on.settingsRefused(refusal.revision, refusal.problem);
  }

  /** For the earliest of what the state, a lull and the silence watch wait for. */
  #arm(): void {
    const { state } = this;
    const dues = [deadlineOf(state), lullDeadline(this.#lull), this.#silence.deadline, this.#outlet.imageDue];
    const due = Math.min(...dues.filter((it) => it !== null));
    this.#timer.set(state.status === 'closed' || due === Number.POSITIVE_INFINITY ? null : due);
  }

  #due(): void {
    this.#silence.check(this.#options.clock.now());
    this.#step({ type: 'deadline' });
    this.#proceed();
  }
}
