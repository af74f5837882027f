/**
 * Packets no honest client sends: what a bot must survive.
 */
import { randomBytes } from 'node:crypto';
import { FRAME_SAMPLES } from './opus-packets.ts';
import { runPaced } from './pace.ts';
import type { RtpHeader } from './rtp.ts';
import type { RtpClock } from './rtp-clock.ts';
import type { Uplink } from './speak.ts';

export type RawPacketKind =
  /** The transport's tag does not fit: anybody who can reach the UDP port can send one. */
  | 'forged'
  /** Properly encrypted, but the Opus inside is random bytes. */
  | 'garbageOpus'
  /** Right on the transport, but nobody has the keys of the frame inside; 37 in a row make the client send op 31. */
  | 'undecryptable'
  /** Opus without end-to-end encryption. */
  | 'clear'
  /** `opus`, properly encrypted: packets of any length. */
  | 'opus';

export interface RawPacketOptions {
  /** How many, 1 unless told. */
  readonly count?: number;
  /** Time between them in ms; 0, the default, sends them all at once. */
  readonly everyMs?: number;
  /** The Opus packet to send (or to spoil); 20 ms of silence as speech unless told. */
  readonly opus?: Buffer;
}

/** The way past the honest path. */
export interface RawUplink extends Uplink {
  transmitForged(header: RtpHeader, payload: Buffer): void;
}

/** 20 ms of digital silence as an encoder makes it (CELT, fullband, mono): voiced as far as Discord is concerned. */
const QUIET_OPUS = Buffer.from([0xf0, 0x0b, 0xe4, 0xc1, 0x36, 0xec, 0xc5, 0x80]);
const GARBAGE_BYTES = 80;

/** Turns every byte but the frame's trailing marker and sizes: it looks encrypted and no key fits. */
function scramble(frame: Buffer): Buffer {
  const bytes = Buffer.from(frame);
  for (let at = 0; at < Math.max(1, bytes.length - 12); at++) bytes[at] = (bytes[at] ?? 0) ^ 0x5a;
  return bytes;
}

function sendOne(kind: RawPacketKind, opus: Buffer, header: RtpHeader, uplink: RawUplink): void {
  if (kind === 'clear') return uplink.transmit(header, opus);
  const payload = uplink.protect(kind === 'garbageOpus' ? randomBytes(GARBAGE_BYTES) : opus);
  if (!payload) return;
  if (kind === 'forged') uplink.transmitForged(header, payload);
  else uplink.transmit(header, kind === 'undecryptable' ? scramble(payload) : payload);
}

/** Announces the member with op 5 first, or the client would not look at the packets. Resolves when all have left. */
export async function sendRawPackets(
  kind: RawPacketKind,
  { count = 1, everyMs = 0, opus = QUIET_OPUS }: RawPacketOptions,
  { uplink, clock, now }: { uplink: RawUplink; clock: RtpClock; now: () => number },
): Promise<void> {
  await uplink.announce(true);
  clock.resume(now());
  const origin = performance.now();
  let sent = 0;
  await runPaced((time) => {
    while (sent < count && origin + sent * everyMs <= time) {
      sendOne(kind, opus, clock.next(FRAME_SAMPLES), uplink);
      sent++;
    }
    return sent < count ? origin + sent * everyMs : null;
  });
}
