/**
 * One speaker, heard: packets in any order → in order → decoded → 16 kHz frames that lie in time as they were spoken.
 */
import type { CodecPool, SpeakerDecoder } from '../audio/codec-pool.ts';
import { createDownsampler } from '../audio/downsampler.ts';
import { isSilenceFrame, isStillEncrypted, packetSamples } from '../audio/opus-packet.ts';
import { DISCORD_FRAME_SAMPLES, FRAME_MS, LIVE_INPUT_FRAME_SAMPLES } from '../audio/rates.ts';
import type { SpeakerPacket } from '../types/audio-units.ts';
import type { Clock } from '../types/clock.ts';
import type { Count } from '../types/log.ts';
import { createConcealment, MOST_CONCEALED } from './concealment.ts';
import { createFrameAssembler, type Frame } from './frame-assembler.ts';
import { createReorderBuffer, type Released } from './reorder-buffer.ts';
import { createSpeakerTimeline, type Placement } from './speaker-timeline.ts';

export interface SpeakerEarOptions {
  readonly decoders: CodecPool;
  readonly clock: Clock;
  readonly count: Count;
  /** At once when a packet arrives that can be Opus, whether or not it has to wait for others. */
  readonly onPacket: (arrivedAt: number, silence: boolean) => void;
  readonly onFrame: (frame: Frame) => void;
}

export interface SpeakerEar {
  packet(packet: SpeakerPacket): void;
  /** Gives up on packets that are waited for. */
  tick(now: number): void;
  /** Gives the decoder back. */
  close(): void;
}

/** `unreadable`: encrypted, garbage, or nobody left to decode it. */
type Sound =
  | { readonly kind: 'voice'; readonly pcm: Int16Array }
  | { readonly kind: 'silence' }
  | { readonly kind: 'unreadable' };

interface Heard {
  /** 16 kHz mono. */
  readonly pcm: Int16Array;
  readonly origin: Frame['origin'];
}

export function createSpeakerEar(options: SpeakerEarOptions): SpeakerEar {
  return new PacketEar(options);
}

class PacketEar implements SpeakerEar {
  readonly #options: SpeakerEarOptions;
  readonly #decoder: SpeakerDecoder;
  readonly #order;
  readonly #timeline = createSpeakerTimeline();
  readonly #downsampler = createDownsampler(1);
  readonly #concealment = createConcealment();
  readonly #frames;
  /** Whether the last packet was sound, not one of the silence frames that end an utterance. */
  #sounding = false;

  constructor(options: SpeakerEarOptions) {
    this.#options = options;
    this.#decoder = options.decoders.open();
    this.#order = createReorderBuffer(options.count);
    this.#frames = createFrameAssembler(options.onFrame);
  }

  packet(packet: SpeakerPacket): void {
    const { payload, arrivedAt } = packet;
    if (isStillEncrypted(payload)) this.#options.count('hearing_encrypted_packets_total');
    else if (packetSamples(payload) !== null) this.#options.onPacket(arrivedAt, isSilenceFrame(payload));
    for (const released of this.#order.push(packet)) this.#hear(released);
  }

  tick(now: number): void {
    for (const released of this.#order.tick(now)) this.#hear(released);
  }

  close(): void {
    this.#decoder.close();
  }

  #hear({ packet, lostBefore }: Released): void {
    const sound = this.#decode(packet.payload);
    // What a packet that cannot be decoded says of its own length means nothing: it stands for one frame.
    const samples = sound.kind === 'voice' ? sound.pcm.length : DISCORD_FRAME_SAMPLES;
    const placement = this.#timeline.place(packet, samples);
    if (placement === null) {
      this.#options.count('hearing_early_packets_total');
      return;
    }
    if (placement.gapFrames > 0) this.#bridge(placement, lostBefore);
    const { pcm, origin } = this.#toFrames(sound);
    this.#frames.push(pcm, placement.startsAt, origin);
  }

  /** Time passed since the packet before: lost packets are concealed, the rest is silence that nobody sends. */
  #bridge({ gapFrames, gapStartsAt }: Placement, lostBefore: number): void {
    this.#frames.flush();
    const concealed = this.#sounding ? Math.min(lostBefore, gapFrames, MOST_CONCEALED) : 0;
    for (let i = 0; i < concealed; i++) {
      const pcm = this.#concealment.conceal(LIVE_INPUT_FRAME_SAMPLES);
      this.#frames.push(pcm, gapStartsAt + i * FRAME_MS, 'concealed');
    }
    if (concealed === gapFrames) return;
    this.#downsampler.reset();
    this.#concealment.pause(lostBefore > 0);
  }

  #toFrames(sound: Sound): Heard {
    if (sound.kind === 'silence') return this.#silence();
    if (sound.kind === 'unreadable') {
      return { pcm: this.#concealment.conceal(LIVE_INPUT_FRAME_SAMPLES), origin: 'concealed' };
    }
    this.#sounding = true;
    return { pcm: this.#concealment.follow(this.#downsampler.push(sound.pcm)), origin: 'heard' };
  }

  #silence(): Heard {
    const pcm = new Int16Array(LIVE_INPUT_FRAME_SAMPLES);
    if (!this.#sounding) return { pcm: this.#concealment.follow(pcm), origin: 'heard' };
    this.#sounding = false;
    this.#downsampler.reset();
    return { pcm: this.#concealment.cut(pcm), origin: 'heard' };
  }

  #decode(payload: Uint8Array): Sound {
    // Discord's own silence is known without decoding, and the encoder behind it never saw it either.
    if (isSilenceFrame(payload)) return { kind: 'silence' };
    const pcm = isStillEncrypted(payload) ? null : this.#tryDecode(payload);
    return pcm === null ? { kind: 'unreadable' } : { kind: 'voice', pcm };
  }

  #tryDecode(payload: Uint8Array): Int16Array | null {
    try {
      const decoded = this.#decoder.decode(payload, this.#options.clock.now());
      if (decoded.ok) return decoded.pcm;
      if (decoded.reason === 'garbage') this.#options.count('hearing_garbage_packets_total');
    } catch {
      // A fault inside the codec: one frame is lost, the speaker is not.
      this.#options.count('hearing_decoder_failures_total');
    }
    return null;
  }
}
