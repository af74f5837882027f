/**
 * The Live session: the shell around its parts. `session-state.ts` decides about connections, `window-ledger.ts` what is sent,
 * `replies.ts` reads what comes; here they meet the transport, the clock and the room.
 */
import type { RoomSettings } from '../types/settings.ts';
import { historyMessage, nudgeMessage, toolResponseMessage } from './client-messages.ts';
import { createDeadlineTimer, type DeadlineTimer } from './deadline-timer.ts';
import { createLine, type Line } from './line.ts';
import type { FunctionResponse, LiveSession, LiveSessionOptions, WindowContext } from './live-session.ts';
import { readServerMessage } from './messages.ts';
import { type ModelProfile, profileOf } from './models.ts';
import { createOpenCalls } from './open-calls.ts';
import { createReplies, type Replies } from './replies.ts';
import { createResumption, type Resumption } from './resumption.ts';
import {
  deadlineOf,
  HANG_UP_MS,
  isConnected,
  type LiveSessionState,
  NEW_SESSION,
  type SessionEffect,
  type SessionModel,
  type SessionStep,
  stepSession,
} from './session-state.ts';
import { remedyFor, watchDeadline } from './silence-watch.ts';
import { stateFields } from './state-log.ts';
import { createTranscript, type Transcript } from './transcript.ts';
import { createWantedSetup, type WantedSetup } from './wanted-setup.ts';
import { createWindowLedger, type WindowLedger } from './window-ledger.ts';
import { framesOf } from './wire-frames.ts';

export type { LiveSession, LiveSessionEvents, LiveSessionOptions } from './live-session.ts';
export type { LiveSessionState } from './session-state.ts';

/** Does nothing until `open`. */
export function createLiveSession(options: LiveSessionOptions): LiveSession {
  return new Session(options);
}

class Session implements LiveSession {
  readonly #options: LiveSessionOptions;
  readonly #profile: ModelProfile;
  readonly #ledger: WindowLedger;
  readonly #transcript: Transcript;
  readonly #resumption: Resumption;
  readonly #replies: Replies;
  readonly #line: Line;
  readonly #setup: WantedSetup;
  readonly #timer: DeadlineTimer;
  readonly #calls = createOpenCalls();
  readonly #steps: SessionStep[] = [];
  #stepping = false;
  #model: SessionModel = NEW_SESSION;
  #gone: Promise<void> | null = null;

  constructor(options: LiveSessionOptions) {
    const { endpoint, count, on, clock, connect } = options;
    const { profile, known } = profileOf(endpoint.model);
    if (!known) options.log.warn({ model: endpoint.model }, 'unknown Live model, treated like gemini-3.8-live');
    this.#options = options;
    this.#profile = profile;
    this.#setup = createWantedSetup(options, profile);
    this.#timer = createDeadlineTimer(clock, () => this.#due());
    const transcript = createTranscript(options.seed);
    const ledger = createWindowLedger({
      count,
      onGivenUp: () => on.problem({ code: 'LIVE_CONNECT_TIMEOUT', details: {} }),
    });
    this.#transcript = transcript;
    this.#ledger = ledger;
    this.#resumption = createResumption(options.handle, profile.id, (handle) => on.handle(handle));
    this.#replies = createReplies({ profile, ledger, transcript, calls: this.#calls, clock, count, on });
    this.#line = createLine({
      endpoint,
      connect,
      clock,
      count,
      on: { message: (frame) => this.#received(frame), closed: (close) => this.#step({ type: 'closed', close }) },
    });
  }

  get state(): LiveSessionState {
    return this.#model.state;
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

  endWindow(): void {
    this.#input(() => this.#ledger.endWindow());
  }

  addSpeaker(name: string): void {
    this.#input(() => this.#ledger.addSpeaker(name));
  }

  sendText(text: string): void {
    if (text.trim() === '') return;
    this.#input(() => this.#ledger.text(text));
  }

  answerTools(responses: readonly FunctionResponse[]): void {
    const { messages, strays } = this.#calls.answered(responses);
    if (strays > 0) this.#options.count('live_tool_responses_stray_total', strays);
    for (const message of messages) this.#line.send(toolResponseMessage(message), 'control');
    if (messages.length > 0) this.#replies.asked();
    this.#proceed();
  }

  applySettings(settings: RoomSettings, revision: number): void {
    this.#setup.change(settings, revision);
    this.#checkSettings();
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

  /** Steps that come while one is taken (a listener may call back at once) wait for it. */
  #step(step: SessionStep): void {
    this.#steps.push(step);
    if (this.#stepping) return;
    this.#stepping = true;
    try {
      for (let next = this.#steps.shift(); next; next = this.#steps.shift()) this.#take(next);
    } finally {
      this.#stepping = false;
    }
    this.#arm();
  }

  #take(step: SessionStep): void {
    const { clock, random, log, on } = this.#options;
    const before = this.#model.state;
    const now = clock.now();
    const hasHandle = this.#resumption.usable(now) !== null;
    const { connectionMs } = this.#profile;
    const { model, effects } = stepSession(this.#model, step, { now, random, hasHandle, connectionMs });
    this.#model = model;
    if (isConnected(before) && !isConnected(model.state)) this.#disconnected(step);
    for (const effect of effects) this.#perform(effect);
    if (model.state === before) return;
    log.info({ step: step.type, ...stateFields(model.state) }, 'the Live session changed its state');
    if (!isConnected(before) && isConnected(model.state)) this.#greet();
    on.state(model.state);
    if (isConnected(model.state)) this.#checkSettings();
    this.#flush();
  }

  #perform(effect: SessionEffect): void {
    switch (effect.type) {
      case 'dial':
        this.#dial();
        break;
      case 'hangUp':
        this.#line.hangUp();
        break;
      case 'cut':
        this.#line.cut();
        break;
      case 'dropHandle':
        this.#options.count('live_handles_refused_total');
        this.#resumption.drop();
        break;
      case 'problem':
        this.#options.on.problem(effect.problem);
        break;
    }
  }

  #dial(): void {
    const handle = this.#resumption.usable(this.#options.clock.now());
    this.#line.dial(this.#setup.dial(handle, this.#transcript.tail()));
  }

  /** Before anything else: the history that the setup announced, and what a resumed session has missed. */
  #greet(): void {
    if (this.#setup.seeds) this.#line.send(historyMessage(this.#transcript.tail()), 'control');
    this.#ledger.preface(this.#setup.resumes ? this.#transcript.missed() : null);
  }

  #disconnected(step: SessionStep): void {
    this.#replies.abandon();
    this.#ledger.connectionLost(step.type === 'deaf' ? 'deaf' : 'dropped');
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
    const quiet = this.#replies.idle && this.#ledger.idle && !this.#calls.open;
    if (quiet && this.state.status === 'draining') this.#step({ type: 'betweenTurns' });
    else this.#arm();
  }

  #flush(): void {
    if (!isConnected(this.state)) return;
    const held = this.#profile.gateInputDuringTool && this.#calls.open;
    for (const outgoing of this.#ledger.take({ held })) {
      for (const { frame, kind } of framesOf(outgoing, this.#profile)) this.#line.send(frame, kind);
      if (outgoing.type === 'turn') this.#transcript.typed(outgoing.typed);
      if (outgoing.type === 'activityStart') this.#replies.spokenOver();
      if (outgoing.type === 'activityEnd' || outgoing.type === 'turn') this.#replies.asked();
    }
  }

  #checkSettings(): void {
    if (!isConnected(this.state)) return;
    if (!this.#setup.inForce) this.#step({ type: 'settings' });
    const revision = this.#setup.takeRevision();
    if (revision !== null) this.#options.on.settingsApplied(revision);
  }

  /** For the earlier of what the state and the silence watch wait for. */
  #arm(): void {
    const dues = [deadlineOf(this.state), watchDeadline(this.#replies.watch)].filter((due) => due !== null);
    this.#timer.set(this.state.status === 'closed' || dues.length === 0 ? null : Math.min(...dues));
  }

  #due(): void {
    const now = this.#options.clock.now();
    const watched = watchDeadline(this.#replies.watch);
    if (watched !== null && now >= watched) this.#breakSilence();
    this.#step({ type: 'deadline' });
  }

  #breakSilence(): void {
    const remedy = remedyFor(this.#replies.watch, this.#profile.clientContentMidSession);
    this.#options.count(`live_silence_${remedy.toLowerCase()}_total`);
    this.#options.log.warn({ remedy }, 'the Live service is silent');
    switch (remedy) {
      case 'nudge':
        this.#line.send(nudgeMessage(), 'control');
        this.#replies.nudged();
        break;
      case 'reconnect':
        this.#step({ type: 'deaf' });
        break;
      case 'endTurn':
        this.#replies.endTurn();
        this.#proceed();
        break;
      case 'failCalls':
        this.answerTools(this.#calls.fail('the function gave no result in time'));
        break;
    }
  }
}
