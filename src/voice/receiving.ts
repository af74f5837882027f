/**
 * Receiving: hands over the packets of those who may be heard, with order and time, and notices what cannot be read.
 *
 * A speaker who is not audible has no sink, and without a sink the library decrypts nothing: that is the opt-out.
 */
import type { VoiceReceiver, VoiceUDPSocket } from '@discordjs/voice';
import type { SpeakerPacket } from '../types/audio-units.ts';
import type { Clock } from '../types/clock.ts';
import type { Count } from '../types/log.ts';
import { type RtpHeader, readRtpHeader } from './rtp-header.ts';
import { isCiphertext, type ReceiveSink, sinksOf, toReceivedPacket } from './workarounds/receive-sink.ts';
import { isDecryptionFailure } from './workarounds/transition-zero.ts';

export interface ReceivingOptions {
  readonly receiver: VoiceReceiver;
  readonly clock: Clock;
  readonly count: Count;
  readonly onPacket: (speakerId: string, packet: SpeakerPacket) => void;
  /** A packet came of which the transport was sound: could its end-to-end encryption be opened? */
  readonly onDecryption: (decrypted: boolean) => void;
  /** The library gave up on a packet. */
  readonly onFailure: (error: unknown) => void;
}

export interface Receiving {
  /** Everybody else has no sink from now on. */
  setAudible(ids: ReadonlySet<string>): void;
  /** Listens to this socket instead of the one before. Call after the library has attached its own listener. */
  watch(udp: VoiceUDPSocket | null): void;
}

/** The datagram that the library is handling right now; it does so in one go, between our two listeners. */
interface Arrival {
  readonly header: RtpHeader;
  readonly arrivedAt: number;
  settled: boolean;
}

/** Never encrypted end to end, so it proves nothing about the keys. */
const SILENCE_FRAME = Buffer.from([0xf8, 0xff, 0xfe]);

export function createReceiving(options: ReceivingOptions): Receiving {
  return new SinkReceiving(options);
}

class SinkReceiving implements Receiving {
  readonly #options: ReceivingOptions;
  readonly #sinks: Map<string, ReceiveSink>;
  #udp: VoiceUDPSocket | null = null;
  #arrival: Arrival | null = null;

  constructor(options: ReceivingOptions) {
    this.#options = options;
    this.#sinks = sinksOf(options.receiver);
  }

  setAudible(ids: ReadonlySet<string>): void {
    for (const id of [...this.#sinks.keys()]) if (!ids.has(id)) this.#sinks.delete(id);
    for (const id of ids) if (!this.#sinks.has(id)) this.#sinks.set(id, this.#createSink(id));
  }

  watch(udp: VoiceUDPSocket | null): void {
    if (udp === this.#udp) return;
    this.#udp?.off('message', this.#before);
    this.#udp?.off('message', this.#after);
    this.#udp = udp;
    udp?.prependListener('message', this.#before);
    udp?.on('message', this.#after);
  }

  readonly #before = (datagram: Buffer): void => {
    const header = readRtpHeader(datagram);
    this.#arrival = null;
    if (!header) return;
    const speaker = this.#options.receiver.ssrcMap.get(header.ssrc);
    if (!speaker) this.#options.count('voice_unmapped_ssrc_packets_total');
    else if (this.#sinks.has(speaker.userId)) {
      this.#arrival = { header, arrivedAt: this.#options.clock.now(), settled: false };
    }
  };

  readonly #after = (): void => {
    if (this.#arrival && !this.#arrival.settled) this.#undecryptable();
    this.#arrival = null;
  };

  #createSink(speakerId: string): ReceiveSink {
    return {
      push: (pushed) => this.#received(speakerId, pushed),
      destroy: (error) => {
        if (error) this.#failed(error);
      },
    };
  }

  #received(speakerId: string, pushed: unknown): void {
    const arrival = this.#settle();
    const packet = arrival && toReceivedPacket(pushed, arrival.header);
    if (!packet) this.#options.count('voice_unreadable_packets_total');
    else if (isCiphertext(packet.payload)) this.#undecryptable();
    else {
      if (!SILENCE_FRAME.equals(packet.payload)) this.#options.onDecryption(true);
      this.#options.onPacket(speakerId, { ...packet, arrivedAt: arrival.arrivedAt });
    }
  }

  #failed(error: Error): void {
    this.#settle();
    if (isDecryptionFailure(error)) this.#undecryptable();
    else this.#options.count('voice_unauthenticated_packets_total');
    this.#options.onFailure(error);
  }

  #undecryptable(): void {
    this.#options.count('voice_undecryptable_packets_total');
    this.#options.onDecryption(false);
  }

  #settle(): Arrival | null {
    if (this.#arrival) this.#arrival.settled = true;
    return this.#arrival;
  }
}
