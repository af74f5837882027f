/**
 * A simulated member of a voice channel: it speaks and it hears.
 */
import { randomInt } from 'node:crypto';
import { Application, createEncoder, type OpusEncoderHandle } from 'libopus-wasm';
import type { HeardTrack } from './heard-track.ts';
import { FRAME_SAMPLES, SAMPLE_RATE } from './opus-packets.ts';
import { type RawPacketKind, type RawPacketOptions, type RawUplink, sendRawPackets } from './raw-packets.ts';
import { createRtpClock } from './rtp-clock.ts';
import { type SpeakOptions, type SpokenReport, speakUtterance } from './speak.ts';

export interface VoiceMember {
  readonly userId: string;
  readonly channelId: string;
  /** Changes with `reconnect`. */
  readonly ssrc: number;
  /**
   * Says 48 kHz mono PCM at real pace; resolves when the last packet, silence frames included, has left. Utterances of
   * one member follow each other. Waits (at most 3 s) for keys when the bot is in the call.
   */
  speak(pcm: Int16Array, options?: SpeakOptions): Promise<SpokenReport>;
  /** Sends packets no honest client sends, after what the member is saying. */
  sendRaw(kind: RawPacketKind, options?: RawPacketOptions): Promise<void>;
  /** As a mobile client does that changes networks: a new SSRC, new RTP numbers, nothing announced. */
  reconnect(): void;
  /** Leaves the call at once, in the middle of a word if need be. Idempotent. */
  leave(): void;
  readonly heard: HeardTrack;
  /** Same at all ends of the call; null without end-to-end encryption. */
  readonly privacyCode: string | null;
}

/** The member's way to the bot, as the call makes it for a given SSRC. */
export interface MemberUplink extends RawUplink {
  /** Resolves when the member can be heard by the bot, when no bot is there, or after `timeoutMs`. */
  secured(timeoutMs: number): Promise<void>;
}

export interface MemberOptions {
  readonly userId: string;
  readonly channelId: string;
  readonly ssrc: number;
  readonly now: () => number;
  readonly heard: HeardTrack;
  readonly uplink: (ssrc: () => number) => MemberUplink;
  readonly newSsrc: () => number;
  readonly privacyCode: () => string | null;
  readonly onLeave: () => void;
}

const SECURED_TIMEOUT_MS = 3_000;
const DEFAULT_BITRATE = 64_000;
/** Sounds the same for speech and costs 60 % of the highest (audio.md §3): many members share one machine. */
const ENCODER_COMPLEXITY = 5;

/** A random 32-bit SSRC above 0; uniqueness is the caller's. */
export function randomSsrc(): number {
  return randomInt(1, 2 ** 32);
}

export function createVoiceMember(options: MemberOptions): VoiceMember {
  const { userId, channelId, now, heard } = options;
  let clock = createRtpClock(options.ssrc, now());
  let encoder: Promise<OpusEncoderHandle> | null = null;
  let left = false;
  let speech: Promise<unknown> = Promise.resolve();
  const uplink = options.uplink(() => clock.ssrc);

  const openEncoder = (): Promise<OpusEncoderHandle> => {
    encoder ??= createEncoder({
      channels: 1,
      sampleRate: SAMPLE_RATE,
      frameSize: FRAME_SAMPLES,
      // The mode for speech smooths what is quiet away: the end of a word would not be where it was.
      application: Application.Audio,
      complexity: ENCODER_COMPLEXITY,
      bitrate: DEFAULT_BITRATE,
    });
    return encoder;
  };
  const queue = <Result>(task: () => Promise<Result>): Promise<Result> => {
    const result = speech.then(task);
    speech = result.catch(() => undefined);
    return result;
  };
  const releaseEncoder = (): void => {
    const held = encoder;
    encoder = null;
    if (held) void speech.then(() => held).then((handle) => handle.free());
  };

  return {
    userId,
    channelId,
    heard,
    get ssrc() {
      return clock.ssrc;
    },
    get privacyCode() {
      return options.privacyCode();
    },
    speak(pcm, speakOptions = {}) {
      return queue(async () => {
        if (left) throw new Error(`member ${userId} has left ${channelId}`);
        const handle = await openEncoder();
        handle.setBitrate(speakOptions.bitrate ?? DEFAULT_BITRATE);
        await uplink.secured(SECURED_TIMEOUT_MS);
        return speakUtterance(pcm, speakOptions, { uplink, clock, encoder: handle, now, left: () => left });
      });
    },
    sendRaw: (kind, rawOptions = {}) =>
      queue(async () => {
        await uplink.secured(SECURED_TIMEOUT_MS);
        await sendRawPackets(kind, rawOptions, { uplink, clock, now });
      }),
    reconnect() {
      clock = createRtpClock(options.newSsrc(), now());
    },
    leave() {
      if (left) return;
      left = true;
      options.onLeave();
      releaseEncoder();
    },
  };
}
