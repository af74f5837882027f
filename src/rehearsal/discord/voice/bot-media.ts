/**
 * The media of one voice session of the real client (the bot): where it is, its transport key, and its packets.
 */
import { randomBytes } from 'node:crypto';
import { FRAME_MS, isSilenceFrame } from './opus-packets.ts';
import { opusPayload, parseRtp, type RtpHeader, type RtpPacket, writeRtpHeader } from './rtp.ts';
import { createRtpCipher, type RtpCipher, SECRET_KEY_BYTES } from './rtp-cipher.ts';
import { createRunWatch, type WatchFinding } from './run-watch.ts';
import type { UdpAddress } from './udp-socket.ts';
import type { ViolationRule } from './voice-event.ts';

/** A packet of the bot, authenticated and out of its transport encryption. */
export interface Arrival extends RtpHeader {
  readonly at: number;
  /** Opus, end-to-end encrypted where the call is. */
  readonly payload: Buffer;
  readonly silence: boolean;
}

export interface BotMediaHandlers {
  onArrival(arrival: Arrival): void;
  onFinding(finding: WatchFinding): void;
}

export interface BotMediaOptions {
  readonly ssrc: number;
  readonly now: () => number;
  readonly send: (datagram: Buffer, to: UdpAddress) => void;
  readonly handlers: BotMediaHandlers;
}

type MediaState =
  | { readonly status: 'waiting' }
  | { readonly status: 'discovered'; readonly address: UdpAddress }
  | { readonly status: 'open'; readonly address: UdpAddress; readonly cipher: RtpCipher }
  | { readonly status: 'ended' };

export interface BotMedia {
  readonly ssrc: number;
  readonly address: UdpAddress | null;
  /** Directions in which datagrams vanish, for tests. */
  dropped: { readonly in: boolean; readonly out: boolean };
  /** IP discovery from here; `false` when it is not to be answered. */
  discovered(from: UdpAddress): boolean;
  /** Starts the media with a fresh key, which it returns; `null` before IP discovery. */
  open(): Buffer | null;
  receive(datagram: Buffer, from: UdpAddress): void;
  /** Sends to the bot, sealed with its key. `extension`: the body of a header extension, a multiple of 4 bytes. */
  transmit(header: RtpHeader, opus: Buffer, extension?: Buffer): void;
  /** Sends to the bot a packet whose tag does not fit. */
  transmitForged(header: RtpHeader, opus: Buffer): void;
  speaking(speaking: boolean): void;
  end(): void;
}

/** A watched run is looked at this often while no packet comes. */
const WATCH_INTERVAL_MS = 5 * FRAME_MS;
/** The largest datagram that passes every network whole. */
const MOST_DATAGRAM_BYTES = 1_500;

export function createBotMedia({ ssrc, now, send, handlers }: BotMediaOptions): BotMedia {
  const watch = createRunWatch();
  let state: MediaState = { status: 'waiting' };
  let lastCounter = -1;
  let ticking: NodeJS.Timeout | null = null;

  const tell = (findings: readonly WatchFinding[]): void => {
    for (const finding of findings) handlers.onFinding(finding);
    if (watch.running && !ticking) ticking = setInterval(() => tell(watch.tick(now())), WATCH_INTERVAL_MS).unref();
    else if (!watch.running && ticking) {
      clearInterval(ticking);
      ticking = null;
    }
  };
  const complain = (rule: ViolationRule, detail: string): void =>
    tell([{ type: 'violation', at: now(), rule, detail }]);

  const accept = (packet: RtpPacket, payload: Buffer): void => {
    const at = now();
    const opus = opusPayload(packet, payload);
    const { sequence, timestamp } = packet;
    const silence = isSilenceFrame(opus);
    tell(watch.packet({ at, sequence, timestamp, silence }));
    handlers.onArrival({ at, sequence, timestamp, ssrc, payload: opus, silence });
  };
  const transmitBytes = (datagram: (cipher: RtpCipher) => Buffer): void => {
    if (state.status === 'open' && !media.dropped.out) send(datagram(state.cipher), state.address);
  };

  const media: BotMedia = {
    ssrc,
    dropped: { in: false, out: false },
    get address() {
      return state.status === 'discovered' || state.status === 'open' ? state.address : null;
    },
    discovered({ address, port }) {
      if (media.dropped.in || media.dropped.out || state.status === 'ended') return false;
      state = { ...state, ...(state.status === 'open' ? {} : { status: 'discovered' }), address: { address, port } };
      return true;
    },
    open() {
      if (state.status !== 'discovered') return null;
      const secretKey = randomBytes(SECRET_KEY_BYTES);
      state = { status: 'open', address: state.address, cipher: createRtpCipher(secretKey) };
      return secretKey;
    },
    receive(datagram, from) {
      if (media.dropped.in || state.status === 'ended') return;
      const packet = parseRtp(datagram);
      if (!packet || datagram.length > MOST_DATAGRAM_BYTES)
        return complain('packet-format', `${datagram.length} bytes that are no RTP of Opus`);
      if (state.status !== 'open') return complain('packet-unexpected', 'RTP before the session description');
      if (from.port !== state.address.port || from.address !== state.address.address)
        return complain('packet-unexpected', `RTP from port ${from.port}, discovered was ${state.address.port}`);
      if (packet.ssrc !== ssrc) return complain('packet-unexpected', `RTP with SSRC ${packet.ssrc}, not ${ssrc}`);
      const opened = state.cipher.open(packet);
      if (!opened) return complain('unauthenticated', `packet ${packet.sequence} does not authenticate`);
      if (opened.counter <= lastCounter) complain('nonce', `nonce counter ${opened.counter} after ${lastCounter}`);
      lastCounter = opened.counter;
      accept(packet, opened.payload);
    },
    transmit(header, opus, extension) {
      const body = extension ? Buffer.concat([extension, opus]) : opus;
      transmitBytes((cipher) => cipher.seal(writeRtpHeader(header, (extension?.length ?? 0) / 4), body));
    },
    transmitForged(header, opus) {
      transmitBytes((cipher) => {
        const datagram = cipher.seal(writeRtpHeader(header), opus);
        datagram[datagram.length - 5] = (datagram.at(-5) ?? 0) ^ 0xff;
        return datagram;
      });
    },
    speaking: (speaking) => tell(watch.speaking(now(), speaking)),
    end() {
      if (state.status === 'ended') return;
      tell(watch.end());
      state = { status: 'ended' };
    },
  };
  return media;
}
