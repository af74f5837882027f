/**
 * What @discordjs/voice 0.19.2 hands to a subscriber, and how it ends one.
 *
 * - Its `AudioReceiveStream` gets the Opus payload alone; sequence and timestamp, without which neither order nor loss can be
 *   known, stay in the header (discordjs/discord.js#11432 adds them in the next, unreleased version, as a breaking change:
 *   `AudioPacket { payload, sequence, timestamp, ssrc }` instead of a Buffer). Both shapes are taken.
 * - One packet that does not authenticate destroys the stream, and its `error` ends the process. Anybody who can send to the
 *   UDP port can send one. A sink of our own in the receiver's map is told, and stays.
 *
 * Remove the Buffer half with the upgrade; receive-sink.test.ts shows that both are needed.
 */
import type { VoiceReceiver } from '@discordjs/voice';
import type { RtpHeader } from '../rtp-header.ts';

/** What the receiver calls on the entries of its `subscriptions` map. */
export interface ReceiveSink {
  push(packet: unknown): unknown;
  destroy(error?: Error): unknown;
}

/** The receiver's map, for sinks of our own. The library only ever calls `push` and `destroy` on what is in it. */
export function sinksOf(receiver: VoiceReceiver): Map<string, ReceiveSink> {
  return receiver.subscriptions;
}

export interface ReceivedPacket extends RtpHeader {
  /** Opus, unless end-to-end encryption is not ready: see `isCiphertext`. */
  readonly payload: Uint8Array;
}

/** Either shape as one; `header` as read from the datagram. Null for what is neither. */
export function toReceivedPacket(pushed: unknown, header: RtpHeader): ReceivedPacket | null {
  if (pushed instanceof Uint8Array) return { ...header, payload: pushed };
  if (typeof pushed !== 'object' || pushed === null || !('payload' in pushed)) return null;
  return pushed.payload instanceof Uint8Array ? { ...header, payload: pushed.payload } : null;
}

/**
 * While the DAVE session is not ready the library passes end-to-end encrypted frames on as if they were Opus. They end in
 * DAVE's marker, 0xFAFA (protocol.md, "Payload Format").
 */
export function isCiphertext(payload: Uint8Array): boolean {
  return payload.length > 2 && payload.at(-1) === 0xfa && payload.at(-2) === 0xfa;
}
