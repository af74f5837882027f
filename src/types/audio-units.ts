/**
 * The units of audio that cross between stages.
 */

/** One Opus packet of one speaker as it came off the wire: decrypted, in order of arrival, not of sequence. */
export interface SpeakerPacket {
  readonly ssrc: number;
  /** RTP sequence number, 16 bits, wraps. */
  readonly sequence: number;
  /** RTP timestamp in samples at 48 kHz, 32 bits, wraps. Counts time, not packets: it runs on through silence. */
  readonly timestamp: number;
  /** Opus, with the end-to-end encryption removed. */
  readonly payload: Uint8Array;
  /** When it arrived, ms on the room's clock. */
  readonly arrivedAt: number;
}

/** 20 ms of one speaker at 16 kHz mono: 320 samples. */
export interface SpeakerFrame {
  readonly speakerId: string;
  /** When its first sample was spoken, ms on the room's clock, a whole number of frames after its utterance's anchor. */
  readonly startsAt: number;
  readonly pcm: Int16Array;
  /** `concealed` stands in for a packet that was lost. */
  readonly origin: 'heard' | 'concealed';
}

/** What the voice activity detector says of one window (32 ms) of one speaker. */
export interface VoiceWindow {
  readonly speakerId: string;
  /** When the window's first sample was spoken, ms on the room's clock. */
  readonly startsAt: number;
  readonly endsAt: number;
  /** 0 to 1. */
  readonly probability: number;
}
