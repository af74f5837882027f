/**
 * The voice sessions of real clients, found by token for Resume and by SSRC or address for datagrams.
 */
import { createDecoder, type OpusDecoderHandle } from 'libopus-wasm';
import { type BotSession, type BotSessionOptions, createBotSession } from './bot-session.ts';
import type { Call } from './call.ts';
import { SAMPLE_RATE } from './opus-packets.ts';
import { RTP_HEADER_BYTES } from './rtp.ts';
import type { Ticket } from './tickets.ts';
import type { UdpAddress, UdpSocketHandlers } from './udp-socket.ts';
import type { LocalEvent, ViolationRule } from './voice-event.ts';

export interface BotSessionsOptions {
  readonly now: () => number;
  readonly newSsrc: () => number;
  readonly udp: () => BotSessionOptions['udp'];
  readonly callOf: (ticket: Ticket) => Call;
  readonly report: (ticket: Ticket, event: LocalEvent) => void;
  readonly violation: (rule: ViolationRule, detail: string, at?: number) => void;
}

export interface BotSessions extends UdpSocketHandlers {
  create(ticket: Ticket): Promise<BotSession>;
  byToken(token: string): BotSession | undefined;
  of(guildId: string, userId: string): BotSession | undefined;
  close(): void;
}

/**
 * After the server has ended a session its packets are no fault of the client for this long: the news travels over TCP, and a
 * sentence may be on its way.
 */
const FAREWELL_MS = 1_000;

export function createBotSessions(options: BotSessionsOptions): BotSessions {
  const { now, newSsrc, udp, callOf, report, violation } = options;
  const sessions = new Set<BotSession>();
  /** SSRC of sessions that are over, and when they ended. */
  const ended = new Map<number, number>();
  const find = (test: (session: BotSession) => boolean): BotSession | undefined => [...sessions].find(test);

  const build = (ticket: Ticket, decoder: OpusDecoderHandle): BotSession => {
    const call = callOf(ticket);
    const session: BotSession = createBotSession({
      ticket,
      ssrc: newSsrc(),
      udp: udp(),
      now,
      handlers: {
        onReady: () => call.seatBot(session),
        onOpen: () => call.botOpened(session),
        onSpeaking: (speaking) => call.botSpeaking(speaking),
        onArrival: (arrival) => call.arrival(arrival, decoder),
        onKeyPackage: (bytes) => call.rekeying.keyPackage(bytes),
        onCommitWelcome: (payload) => call.rekeying.commitWelcome(payload),
        onTransitionReady: (transitionId) => call.rekeying.transitionReady(transitionId),
        onInvalidTransition(transitionId) {
          report(ticket, { type: 'transitionInvalid', transitionId });
          call.rekeying.invalidTransition();
        },
        onEnded() {
          sessions.delete(session);
          ended.set(session.media.ssrc, now());
          call.unseatBot(session);
          decoder.free();
        },
        report: (event) => report(ticket, event),
        violation,
      },
    });
    sessions.add(session);
    return session;
  };

  return {
    create: async (ticket) => build(ticket, await createDecoder({ channels: 1, sampleRate: SAMPLE_RATE })),
    byToken: (token) => find((session) => session.ticket.token === token),
    of: (guildId, userId) => find(({ ticket }) => ticket.guildId === guildId && ticket.userId === userId),
    onDiscovery: (ssrc, from) => find((session) => session.media.ssrc === ssrc)?.media.discovered(from) ?? false,
    onKeepAlive: (from) => {
      const session = find(({ media }) => sameAddress(media.address, from));
      return session === undefined || !(session.media.dropped.in || session.media.dropped.out);
    },
    onDatagram(datagram, from) {
      const ssrc = datagram.length >= RTP_HEADER_BYTES ? datagram.readUInt32BE(SSRC_OFFSET) : null;
      const session = find(({ media }) => sameAddress(media.address, from)) ?? find(({ media }) => media.ssrc === ssrc);
      if (session) session.media.receive(datagram, from);
      else if (now() - (ended.get(ssrc ?? 0) ?? Number.NEGATIVE_INFINITY) > FAREWELL_MS)
        violation('packet-unexpected', `${datagram.length} bytes from port ${from.port}, which no session has`);
    },
    close() {
      for (const session of [...sessions]) session.end();
    },
  };
}

const SSRC_OFFSET = 8;

function sameAddress(known: UdpAddress | null, from: UdpAddress): boolean {
  return known !== null && known.port === from.port && known.address === from.address;
}
