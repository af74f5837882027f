/**
 * One connection of @discordjs/voice, from joining to its end, behind what the link needs of it. Not a policy in sight: what
 * happens is told, what to do about it is decided in `link-state.ts`.
 */
import {
  type DAVESession,
  type DiscordGatewayAdapterLibraryMethods,
  getGroups,
  joinVoiceChannel,
  type Networking,
  type NetworkingState,
  NetworkingStatusCode,
  type VoiceConnection,
  VoiceConnectionDisconnectReason,
  type VoiceConnectionState,
  VoiceConnectionStatus,
  type VoiceWebSocket,
} from '@discordjs/voice';
import type { SpeakerPacket } from '../types/audio-units.ts';
import type { Clock } from '../types/clock.ts';
import type { Count, Log } from '../types/log.ts';
import { ENCRYPTION_PENDING, type EncryptionState, stepEncryption } from './encryption-state.ts';
import type { VoiceServerData, VoiceStateData } from './gateway-payload.ts';
import type { LinkStep } from './link-state.ts';
import { createReceiving, type Receiving } from './receiving.ts';
import type { PayloadGate } from './workarounds/library-rejoin.ts';
import { watchDroppedKeys } from './workarounds/resume-drops-keys.ts';
import { guardUdpSocket, guardWebSocket } from './workarounds/throwing-handlers.ts';
import { recoverFromTransitionZero } from './workarounds/transition-zero.ts';

export interface ConnectionOptions {
  readonly guildId: string;
  readonly channelId: string;
  readonly selfId: string;
  /** Keeps this connection apart from those of other links in the process. */
  readonly group: string;
  readonly gate: PayloadGate;
  readonly clock: Clock;
  readonly log: Log;
  readonly count: Count;
  readonly onStep: (step: LinkStep) => void;
  readonly onPacket: (speakerId: string, packet: SpeakerPacket) => void;
  readonly onDecryption: (decrypted: boolean) => void;
  /** The call has new keys, or other ones. */
  readonly onTransition: () => void;
}

export type Connection = LibraryConnection;

/** Asks the gateway at once. */
export function openConnection(options: ConnectionOptions): Connection {
  return new LibraryConnection(options);
}

class LibraryConnection {
  readonly #options: ConnectionOptions;
  readonly #voice: VoiceConnection;
  readonly #receiving: Receiving;
  /** Sockets whose handlers are wrapped already. */
  readonly #guarded = new WeakSet<object>();
  #library: DiscordGatewayAdapterLibraryMethods | null = null;
  #networking: Networking | null = null;
  /** Keys were lost while resuming. */
  #keysDropped = false;
  #encryption: EncryptionState = ENCRYPTION_PENDING;

  constructor(options: ConnectionOptions) {
    const { guildId, channelId, group, gate, clock, count, log, onPacket, onDecryption } = options;
    this.#options = options;
    this.#voice = gate.allow(() =>
      joinVoiceChannel({
        guildId,
        channelId,
        group,
        selfDeaf: false,
        selfMute: false,
        debug: false,
        adapterCreator: (library) => {
          this.#library = library;
          return { sendPayload: (payload) => gate.sendPayload(payload), destroy: () => undefined };
        },
      }),
    );
    this.#voice.on('error', (error) => {
      count('voice_connection_errors_total');
      log.warn({ err: error, guildId }, 'the voice connection reported an error');
    });
    this.#receiving = createReceiving({
      receiver: this.#voice.receiver,
      clock,
      count,
      onPacket,
      onDecryption,
      onFailure: (error) => this.#receiveFailed(error),
    });
    this.#voice.on('stateChange', (before, after) => this.#stateChanged(before, after));
    this.#voice.on('transitioned', () => {
      this.#sightEncryption(true);
      options.onTransition();
    });
  }

  voiceState(data: VoiceStateData): void {
    this.#library?.onVoiceStateUpdate(data);
  }

  voiceServer(data: VoiceServerData): void {
    this.#library?.onVoiceServerUpdate(data);
  }

  setAudible(ids: ReadonlySet<string>): void {
    this.#receiving.setAudible(ids);
  }

  /** Connected, and what is sent now will be understood. */
  canSend(): boolean {
    return this.#ready() !== null && this.#sightEncryption(false) === 'ready';
  }

  /** Somebody else is in the call, as the voice server says. */
  hasCompany(): boolean {
    const clients = this.#ready()?.connectionData.connectedClients;
    return clients ? [...clients].some((id) => id !== this.#options.selfId) : false;
  }

  /** 0 in a call without end-to-end encryption; null while not connected. */
  encryptionVersion(): number | null {
    const ready = this.#ready();
    return ready ? (ready.dave?.protocolVersion ?? 0) : null;
  }

  sendPacket(opus: Uint8Array): void {
    try {
      this.#voice.playOpusPacket(Buffer.from(opus.buffer, opus.byteOffset, opus.byteLength));
    } catch (error) {
      this.#options.count('voice_send_failures_total');
      this.#options.log.debug({ err: error }, 'a packet could not be sent');
    }
  }

  setSpeaking(on: boolean): void {
    this.#voice.setSpeaking(on);
  }

  pingMs(): number | null {
    return this.#voice.ping.ws ?? null;
  }

  privacyCode(): string | null {
    return this.#voice.voicePrivacyCode ?? null;
  }

  /** Tells the server that we cannot follow (op 31) and offers a new key package (op 26): it adds us again. */
  recoverEncryption(): void {
    const dave = this.#ready()?.dave;
    if (!dave) return;
    // A recovery that was never answered blocks the next one.
    dave.reinitializing = false;
    this.#recover(dave);
  }

  /** Once only: the library throws on a second time. `leave`: ask the gateway to be put out of the channel. */
  destroy({ leave }: { readonly leave: boolean }): void {
    if (this.#voice.state.status === VoiceConnectionStatus.Destroyed) return;
    this.#receiving.watch(null);
    this.#unwatchNetworking();
    this.#receiving.setAudible(new Set());
    this.#voice.removeAllListeners('stateChange');
    this.#voice.removeAllListeners('transitioned');
    this.#options.gate.allow(() => this.#voice.destroy(leave));
    this.#voice.removeAllListeners();
    // The library keeps an empty map for every group there ever was.
    getGroups().delete(this.#options.group);
  }

  #ready() {
    const { state } = this.#voice;
    if (state.status !== VoiceConnectionStatus.Ready) return null;
    const networking = state.networking.state;
    return networking.code === NetworkingStatusCode.Ready ? networking : null;
  }

  #stateChanged(before: VoiceConnectionState, after: VoiceConnectionState): void {
    const networking = 'networking' in after ? after.networking : null;
    if (networking && networking !== this.#networking) this.#watchNetworking(networking);
    if (before.status === after.status) return;
    if (after.status === VoiceConnectionStatus.Ready) this.#options.onStep({ type: 'ready' });
    const endpointRemoved =
      after.status === VoiceConnectionStatus.Disconnected &&
      after.reason === VoiceConnectionDisconnectReason.EndpointRemoved;
    if (endpointRemoved) this.#options.onStep({ type: 'endpointRemoved' });
  }

  #watchNetworking(networking: Networking): void {
    this.#unwatchNetworking();
    this.#networking = networking;
    this.#encryption = ENCRYPTION_PENDING;
    // Before the library's own listener, which answers a close with a rejoin: the policy decides first.
    networking.prependListener('close', this.#closed);
    networking.on('stateChange', this.#networkingChanged);
    this.#guard(networking.state);
    this.#options.onStep({ type: 'connecting' });
  }

  #unwatchNetworking(): void {
    this.#networking?.off('close', this.#closed);
    this.#networking?.off('stateChange', this.#networkingChanged);
    this.#networking = null;
  }

  readonly #closed = (code: number): void => this.#options.onStep({ type: 'closed', code });

  readonly #networkingChanged = (before: NetworkingState, after: NetworkingState): void => {
    this.#guard(after);
    this.#receiving.watch('udp' in after ? after.udp : null);
    if (after.code === before.code) return;
    if (after.code === NetworkingStatusCode.Resuming) this.#resuming(after.ws);
    else if (before.code === NetworkingStatusCode.Resuming && this.#keysDropped) this.recoverEncryption();
  };

  #resuming(ws: VoiceWebSocket): void {
    this.#keysDropped = false;
    if (this.#networking) {
      watchDroppedKeys(this.#networking, ws, () => {
        this.#keysDropped = true;
      });
    }
    this.#options.onStep({ type: 'resuming' });
  }

  #guard(state: NetworkingState): void {
    const { count, log } = this.#options;
    const thrown = (error: unknown, handler: string): void => {
      count('voice_handler_exceptions_total');
      log.warn({ err: error, handler }, 'a handler of the voice library threw');
      if (handler === 'webSocketMessage') this.#recover(this.#ready()?.dave);
    };
    if ('ws' in state && this.#firstSight(state.ws)) guardWebSocket(state.ws, thrown);
    if ('udp' in state && this.#firstSight(state.udp)) guardUdpSocket(state.udp, thrown);
  }

  #firstSight(socket: object): boolean {
    if (this.#guarded.has(socket)) return false;
    this.#guarded.add(socket);
    return true;
  }

  #receiveFailed(error: unknown): void {
    if (recoverFromTransitionZero(this.#ready()?.dave, error)) this.#options.count('voice_encryption_recoveries_total');
  }

  #recover(dave: DAVESession | undefined): void {
    if (!dave || dave.protocolVersion === 0 || dave.reinitializing) return;
    this.#options.count('voice_encryption_recoveries_total');
    dave.recoverFromInvalidTransition(dave.lastTransitionId ?? 0);
  }

  #sightEncryption(transitioned: boolean): EncryptionState['status'] {
    const ready = this.#ready();
    // A socket that is being resumed keeps its keys.
    if (!ready) return this.#encryption.status;
    const { dave } = ready;
    const plain = !dave || dave.protocolVersion === 0;
    const able = plain || (dave.session?.ready === true && !dave.reinitializing);
    const at = this.#options.clock.now();
    this.#encryption = stepEncryption(this.#encryption, { able, transitioned: transitioned || plain, at });
    return this.#encryption.status;
  }
}
