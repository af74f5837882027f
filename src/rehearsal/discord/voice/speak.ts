/**
 * A simulated member talks: 48 kHz mono PCM becomes Opus packets that leave at the pace at which it is spoken, as a real
 * client sends them (discord.md §5): op 5, packets, five silence frames, then nothing.
 */
import type { OpusEncoderHandle } from 'libopus-wasm';
import { departuresOf, type NetworkOptions } from './departures.ts';
import { CLOSING_SILENCE_FRAMES, FRAME_MS, FRAME_SAMPLES, SAMPLE_RATE, SILENCE_FRAME } from './opus-packets.ts';
import { runPaced } from './pace.ts';
import type { RtpHeader } from './rtp.ts';
import type { RtpClock } from './rtp-clock.ts';

export interface SpeakOptions extends NetworkOptions {
  /** Duration of one packet; Discord's clients send 20 ms, some send longer ones. */
  readonly frameMs?: 20 | 40 | 60;
  /** Packets carry a header extension (audio level), as those of real clients do. */
  readonly headerExtension?: boolean;
  /** Bits a second; Discord's default for voice channels is 64,000. */
  readonly bitrate?: number;
  /** Do not announce the speech with op 5. */
  readonly noSpeakingOp?: boolean;
  /** Ends the speech early, with its closing silence frames. */
  readonly signal?: AbortSignal;
  /** Voice activity detection off: goes on sending near silence after the speech, until `signal` or `leave`. */
  readonly continuous?: boolean;
}

/** What left. Times in ms of the server's `now`; the sequence and timestamp are those of the first packet. */
export interface SpokenReport {
  readonly startedAt: number;
  /** When the last voiced packet was due, and when the last of all left. */
  readonly lastVoicedAt: number;
  readonly endedAt: number;
  readonly ssrc: number;
  readonly firstSequence: number;
  readonly firstTimestamp: number;
  /** Voiced packets made; each was sent, lost or withheld. */
  readonly packets: number;
  readonly sent: number;
  readonly lost: number;
  readonly duplicated: number;
  /** Not sent because the member had no keys yet. */
  readonly withheld: number;
  readonly ended: 'finished' | 'aborted' | 'left';
}

/** The way from a member to the bot, if one is there. */
export interface Uplink {
  /** Tells the bot with op 5; resolves when it can know. */
  announce(speaking: boolean): Promise<void>;
  /** End-to-end encrypts where the call does; `null` when the member has no keys. */
  protect(opus: Buffer): Buffer | null;
  transmit(header: RtpHeader, payload: Buffer, extension?: Buffer): void;
}

export interface SpeakContext {
  readonly uplink: Uplink;
  readonly clock: RtpClock;
  readonly encoder: OpusEncoderHandle;
  readonly now: () => number;
  /** The member left the call. */
  readonly left: () => boolean;
}

interface Departure {
  readonly at: number;
  readonly header: RtpHeader;
  readonly payload: Buffer;
}

/** One-byte header extension (RFC 8285 §4.2): id 1, one byte, an audio level of −30 dBov; padded to a word. */
const AUDIO_LEVEL_EXTENSION = Buffer.from([0x10, 30, 0, 0]);
/** Near silence of an open microphone: ±1 of 32,768. */
const ROOM_NOISE = [0, 1, 0, -1];

function frameAt(pcm: Int16Array, index: number, samples: number): Int16Array {
  const frame = new Int16Array(samples);
  frame.set(pcm.subarray(index * samples, (index + 1) * samples));
  return frame;
}

function noiseFrame(samples: number): Int16Array {
  return Int16Array.from({ length: samples }, (_, index) => ROOM_NOISE[index % ROOM_NOISE.length] ?? 0);
}

/** Sends one utterance; resolves when its last packet has left. The caller sees to it that members speak one at a time. */
export async function speakUtterance(
  pcm: Int16Array,
  options: SpeakOptions,
  context: SpeakContext,
): Promise<SpokenReport> {
  const { frameMs = FRAME_MS, headerExtension = false, noSpeakingOp = false, continuous = false, signal } = options;
  const { uplink, clock, encoder, now, left } = context;
  const samples = (frameMs * SAMPLE_RATE) / 1000;
  const voiced = Math.ceil(pcm.length / samples);
  const counts = { packets: 0, sent: 0, lost: 0, duplicated: 0, withheld: 0 };
  let first: RtpHeader | null = null;
  let closing = 0;
  let pending: Departure[] = [];

  if (!noSpeakingOp) await uplink.announce(true);
  const origin = performance.now();
  const startedAt = now();
  clock.resume(startedAt);
  let dueAt = origin;
  let lastVoicedAt = startedAt;

  const talking = (): boolean => !signal?.aborted && (continuous || counts.packets < voiced);
  const capture = (): void => {
    const frame = counts.packets < voiced ? frameAt(pcm, counts.packets, samples) : noiseFrame(samples);
    const header = clock.next(samples);
    first ??= header;
    lastVoicedAt = startedAt + (dueAt - origin);
    const payload = uplink.protect(Buffer.from(encoder.encode(frame, { frameSize: samples })));
    const departures = departuresOf(counts.packets, dueAt, frameMs, options);
    counts.packets++;
    if (!payload) counts.withheld++;
    else if (departures.length === 0) counts.lost++;
    else {
      counts.sent++;
      counts.duplicated += departures.length - 1;
      pending.push(...departures.map((at) => ({ at, header, payload })));
    }
    dueAt += frameMs;
  };
  const captureSilence = (): void => {
    closing++;
    pending.push({ at: dueAt + (options.jitterMs ?? 0), header: clock.next(FRAME_SAMPLES), payload: SILENCE_FRAME });
    dueAt += FRAME_MS;
  };

  await runPaced((time) => {
    if (left()) return null;
    while (dueAt <= time && (talking() || closing < CLOSING_SILENCE_FRAMES)) {
      if (talking() && closing === 0) capture();
      else captureSilence();
    }
    const due = pending.filter((packet) => packet.at <= time).sort((a, b) => a.at - b.at);
    pending = pending.filter((packet) => packet.at > time);
    for (const { header, payload } of due)
      uplink.transmit(header, payload, headerExtension ? AUDIO_LEVEL_EXTENSION : undefined);
    const open = talking() || closing < CLOSING_SILENCE_FRAMES;
    if (!open && pending.length === 0) return null;
    return Math.min(open ? dueAt : Number.POSITIVE_INFINITY, ...pending.map((packet) => packet.at));
  });

  if (!noSpeakingOp && !left()) await uplink.announce(false);
  const { sequence: firstSequence, timestamp: firstTimestamp } = first ?? { sequence: 0, timestamp: 0 };
  const ended = left() ? 'left' : signal?.aborted ? 'aborted' : 'finished';
  return { startedAt, lastVoicedAt, endedAt: now(), ssrc: clock.ssrc, firstSequence, firstTimestamp, ...counts, ended };
}
