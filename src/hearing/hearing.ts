/**
 * Hearing: everybody in a room who may be heard, as frames of 20 ms at 16 kHz with the time at which they were spoken, and the
 * detector's opinion on what of it is speech.
 */
import type { CodecPool } from '../audio/codec-pool.ts';
import type { SpeakerFrame, SpeakerPacket, VoiceWindow } from '../types/audio-units.ts';
import type { Clock } from '../types/clock.ts';
import type { Count, Log } from '../types/log.ts';
import { createSpeakerEar, type SpeakerEar } from './speaker-ear.ts';
import type { DetectorStream, SpeechDetector } from './speech-detector.ts';

export interface HearingEvents {
  /** A packet arrived that can be speech. `silence`: one of those that end an utterance. Told at once, in order of arrival. */
  packet(speakerId: string, arrivedAt: number, silence: boolean): void;
  /** In the order in which they were spoken. Its samples belong to nobody: they must not be changed. */
  frame(frame: SpeakerFrame): void;
  /** Some time after the frames it is made of, on the same time line. */
  voice(window: VoiceWindow): void;
}

export interface HearingOptions {
  /** Shared with other rooms; owned by the caller. */
  readonly decoders: CodecPool;
  /** Shared with other rooms; owned by the caller. */
  readonly detector: SpeechDetector;
  readonly clock: Clock;
  readonly on: HearingEvents;
  readonly count: Count;
  readonly log: Log;
}

export interface Hearing {
  /** Anything a client may send; never throws. */
  packet(speakerId: string, packet: SpeakerPacket): void;
  /** To be called every 20 ms, `now` in ms on the clock: gives up on lost packets and lets the detector run. */
  tick(now: number): void;
  /** The speaker left or opted out: nothing is told of them any more. */
  forget(speakerId: string): void;
  close(): void;
}

/** Who has been quiet for this long keeps nothing; the next packet begins anew. */
const FORGET_AFTER_MS = 30_000;

interface Speaker {
  readonly ear: SpeakerEar;
  readonly detector: DetectorStream;
  lastPacketAt: number;
  /** One line in the log a speaker is enough to find a fault. */
  failureTold: boolean;
}

export function createHearing(options: HearingOptions): Hearing {
  const { detector, on, count, log } = options;
  const speakers = new Map<string, Speaker>();
  let closed = false;

  const open = (speakerId: string): Speaker => {
    const stream = detector.open((window) => on.voice({ speakerId, ...window }));
    const ear = createSpeakerEar({
      decoders: options.decoders,
      clock: options.clock,
      count,
      onPacket: (arrivedAt, silence) => on.packet(speakerId, arrivedAt, silence),
      onFrame(frame) {
        on.frame({ speakerId, ...frame });
        stream.push(frame.pcm, frame.startsAt);
      },
    });
    const speaker = { ear, detector: stream, lastPacketAt: 0, failureTold: false };
    speakers.set(speakerId, speaker);
    return speaker;
  };

  const guarded = (speaker: Speaker, work: () => void): void => {
    try {
      work();
    } catch (error) {
      count('hearing_listener_failures_total');
      if (!speaker.failureTold) log.error({ err: error }, 'a packet could not be handled');
      speaker.failureTold = true;
    }
  };

  const forget = (speakerId: string): void => {
    const speaker = speakers.get(speakerId);
    if (speaker === undefined) return;
    speakers.delete(speakerId);
    speaker.ear.close();
    speaker.detector.close();
  };

  return {
    packet(speakerId, packet) {
      if (closed) return;
      const speaker = speakers.get(speakerId) ?? open(speakerId);
      speaker.lastPacketAt = packet.arrivedAt;
      guarded(speaker, () => speaker.ear.packet(packet));
    },
    tick(now) {
      if (closed) return;
      for (const [speakerId, speaker] of speakers) {
        guarded(speaker, () => speaker.ear.tick(now));
        if (now - speaker.lastPacketAt > FORGET_AFTER_MS) forget(speakerId);
      }
      void detector.run();
    },
    forget,
    close() {
      closed = true;
      for (const speakerId of [...speakers.keys()]) forget(speakerId);
    },
  };
}
