/**
 * The link: a room's place in a voice channel. It joins, hears, sends, follows when it is moved, comes back when it is dropped,
 * and ends with a reason when it cannot.
 *
 * This is the shell: `link-state.ts` decides, `connection.ts` speaks to @discordjs/voice. Whatever happens becomes a step, steps
 * are taken one after the other, and one timer stands for the deadline of the state there is.
 */
import type { Timer } from '../types/clock.ts';
import { type Connection, openConnection } from './connection.ts';
import { createEncryptionWatch, type EncryptionLevel, type EncryptionWatch } from './encryption-watch.ts';
import { type PayloadPurpose, spendGatewayBudget } from './gateway-budget.ts';
import { parseVoiceServer, parseVoiceState, type VoiceStateData } from './gateway-payload.ts';
import {
  deadlineOf,
  type LinkEffect,
  type LinkModel,
  type LinkState,
  type LinkStep,
  startLink,
  stepLink,
} from './link-state.ts';
import type { LinkGatewayPayload, LinkOptions, MuteState, VoiceLink } from './voice-link.ts';
import { createPayloadGate } from './workarounds/library-rejoin.ts';

/** Joins at once. */
export function createLink(options: LinkOptions): VoiceLink {
  return new Link(options);
}

let links = 0;

class Link implements VoiceLink {
  readonly #options: LinkOptions;
  readonly #gate = createPayloadGate({
    send: (payload) => this.#sendPayload(payload),
    refused: () => this.#options.count('voice_library_rejoins_refused_total'),
  });
  readonly #group = `parley:${++links}`;
  readonly #steps: LinkStep[] = [];
  readonly #encryption: EncryptionWatch;
  #model: LinkModel;
  #stepping = false;
  #connection: Connection | null = null;
  #deadline: Timer | null = null;
  #audible: ReadonlySet<string> = new Set();
  #spentAt: readonly number[] = [];
  #muted: MuteState = { serverMute: false, serverDeaf: false, suppressed: false };

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#encryption = createEncryptionWatch({
      clock: options.clock,
      onChange: (level) => this.#tellEncryption(level),
      onAlarm: () => this.#step({ type: 'encryptionFailed' }),
    });
    const { model, effects } = startLink({ channelId: options.channelId, now: options.clock.now() });
    this.#model = model;
    this.#stepping = true;
    for (const effect of effects) this.#perform(effect);
    this.#stepping = false;
    this.#setDeadline();
    // A gateway that refuses at once is told when the caller has the link in hands.
    if (this.#steps.length > 0) options.clock.after(0, () => this.#drain());
  }

  get state(): LinkState {
    return this.#model.state;
  }

  gatewayPayload({ event, data }: LinkGatewayPayload): void {
    const taken = event === 'VOICE_SERVER_UPDATE' ? this.#takeServer(data) : this.#takeState(data);
    if (taken) return;
    this.#options.count('voice_gateway_payloads_ignored_total');
    this.#options.log.warn({ event, guildId: this.#options.guildId }, 'a gateway payload was not for this link');
  }

  gatewayUp(up: boolean): void {
    this.#step({ type: 'gateway', up });
  }

  payloadFailed(): void {
    this.#step({ type: 'payloadFailed' });
  }

  setAudible(ids: ReadonlySet<string>): void {
    this.#audible = new Set(ids);
    this.#connection?.setAudible(this.#audible);
  }

  canSend(): boolean {
    return this.#model.state.status === 'ready' && (this.#connection?.canSend() ?? false);
  }

  sendPacket(opus: Uint8Array): void {
    this.#connection?.sendPacket(opus);
  }

  setSpeaking(on: boolean): void {
    this.#connection?.setSpeaking(on);
  }

  pingMs(): number | null {
    return this.#connection?.pingMs() ?? null;
  }

  privacyCode(): string | null {
    return this.#connection?.privacyCode() ?? null;
  }

  async close(): Promise<void> {
    this.#step({ type: 'leave' });
  }

  /** Steps that come while one is taken (the library calls back at once) wait for it. */
  #step(step: LinkStep): void {
    this.#steps.push(step);
    if (!this.#stepping) this.#drain();
  }

  #drain(): void {
    this.#stepping = true;
    try {
      for (let step = this.#steps.shift(); step; step = this.#steps.shift()) this.#take(step);
    } finally {
      this.#stepping = false;
    }
  }

  #take(step: LinkStep): void {
    const { clock, random, on, log, guildId } = this.#options;
    const before = this.#model.state;
    const { model, effects } = stepLink(this.#model, step, { now: clock.now(), random });
    this.#model = model;
    if (model.state !== before) this.#setDeadline();
    for (const effect of effects) this.#perform(effect);
    if (model.state === before) return;
    log.info({ guildId, step: step.type, ...model.state }, 'the link changed its state');
    on.state(model.state);
    this.#encryption.follow(model.state.status === 'ready' ? this.#connection : null);
  }

  #perform(effect: LinkEffect): void {
    switch (effect.type) {
      case 'connect':
        this.#connect(effect.leaveFirst);
        break;
      case 'recoverEncryption':
        this.#connection?.recoverEncryption();
        break;
      case 'moved':
        this.#options.on.moved(effect.channelId);
        break;
      case 'disconnect':
        this.#connection?.destroy({ leave: effect.leave });
        this.#connection = null;
    }
  }

  #connect(leaveFirst: boolean): void {
    this.#connection?.destroy({ leave: leaveFirst });
    const { guildId, selfId, clock, log, count, on } = this.#options;
    this.#connection = openConnection({
      guildId,
      channelId: this.#model.channelId,
      selfId,
      group: this.#group,
      gate: this.#gate,
      clock,
      log,
      count,
      onStep: (step) => this.#step(step),
      onPacket: (speakerId, packet) => on.packet(speakerId, packet),
      onDecryption: (decrypted) => this.#encryption.heardPacket(decrypted),
      onTransition: () => this.#encryption.changed(),
    });
    this.#connection.setAudible(this.#audible);
  }

  #setDeadline(): void {
    const { clock } = this.#options;
    const at = deadlineOf(this.#model.state);
    this.#deadline?.cancel();
    this.#deadline = at === null ? null : clock.after(at - clock.now(), () => this.#step({ type: 'deadline' }));
  }

  #sendPayload(payload: unknown): boolean {
    const { adapter, clock, count } = this.#options;
    const spentAt = spendGatewayBudget(this.#spentAt, purposeOf(payload), clock.now());
    if (!spentAt) {
      count('voice_gateway_budget_spent_total');
      this.#step({ type: 'budgetSpent' });
      return false;
    }
    this.#spentAt = spentAt;
    const taken = adapter.sendPayload(payload);
    if (!taken) this.#step({ type: 'payloadFailed' });
    return taken;
  }

  #takeServer(data: unknown): boolean {
    const server = parseVoiceServer(data);
    if (!server || server.guild_id !== this.#options.guildId) return false;
    this.#connection?.voiceServer(server);
    return true;
  }

  #takeState(data: unknown): boolean {
    const state = parseVoiceState(data);
    if (!state || state.user_id !== this.#options.selfId) return false;
    if (state.guild_id !== undefined && state.guild_id !== this.#options.guildId) return false;
    // Being in no channel is ours to understand: the library would keep it and dial a server without a channel.
    if (state.channel_id !== null) {
      this.#connection?.voiceState(state);
      this.#tellMuted(state);
    }
    this.#step({ type: 'channel', channelId: state.channel_id });
    return true;
  }

  #tellEncryption(level: EncryptionLevel): void {
    const { channelKind, count, log, guildId, on } = this.#options;
    if (level === 'plain' && channelKind === 'voice') {
      count('voice_unencrypted_calls_total');
      log.warn({ guildId }, 'the call is not end-to-end encrypted');
    }
    on.encryption(level !== 'none');
  }

  #tellMuted({ mute, deaf, suppress }: VoiceStateData): void {
    const { serverMute, serverDeaf, suppressed } = this.#muted;
    if (serverMute === mute && serverDeaf === deaf && suppressed === suppress) return;
    this.#muted = { serverMute: mute, serverDeaf: deaf, suppressed: suppress };
    this.#options.on.muted(this.#muted);
  }
}

/** The library asks to leave with a channel of null. */
function purposeOf(payload: unknown): PayloadPurpose {
  if (typeof payload !== 'object' || payload === null || !('d' in payload)) return 'join';
  const { d } = payload;
  return typeof d === 'object' && d !== null && 'channel_id' in d && d.channel_id === null ? 'leave' : 'join';
}
