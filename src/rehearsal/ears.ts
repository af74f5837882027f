/**
 * What a member hears of the bot: when there is a voice, when it ends, and how much of it there was.
 */
import { type HeardMark, type HeardPacket, type HeardSpan, spanOf } from './discord/voice/heard-track.ts';
import type { VoiceMember } from './discord/voice/member.ts';

export interface Ears {
  /** Everything from now on is heard since this mark. */
  mark(): HeardMark;
  since(mark: HeardMark): HeardSpan;
  /** What arrived since the mark, from one moment (ms) to another. */
  between(mark: HeardMark, from: number, to: number): HeardSpan;
  /** Resolves with true as soon as a voice is heard since the mark, with false after `timeoutMs`. */
  firstVoice(mark: HeardMark, timeoutMs: number): Promise<boolean>;
  /** Resolves with true when a voice has been heard since the mark and has ended, with false after `timeoutMs`. */
  silent(mark: HeardMark, timeoutMs: number): Promise<boolean>;
  /** Resolves with true as soon as a voice is heard after the moment `at`, with false after `timeoutMs`. */
  voiceAfter(mark: HeardMark, at: number, timeoutMs: number): Promise<boolean>;
  /** Resolves with true when the bot has spoken after that moment and is silent again. */
  silentAfter(mark: HeardMark, at: number, timeoutMs: number): Promise<boolean>;
}

export function earsOf({ heard }: VoiceMember): Ears {
  const within = (mark: HeardMark, timeoutMs: number, check: (span: HeardSpan) => boolean): Promise<boolean> =>
    heard.until(check, { mark, timeoutMs }).then(
      () => true,
      () => false,
    );
  const spoke = ({ packets }: HeardSpan, from: number): boolean =>
    packets.some((packet) => packet.at >= from && isVoice(packet));
  const ended = (span: HeardSpan, from: number): boolean => spoke(span, from) && span.flags.at(-1)?.speaking === false;
  return {
    mark: () => heard.mark(),
    since: (mark) => heard.since(mark),
    between(mark, from, to) {
      const { packets, flags } = heard.since(mark);
      return spanOf(
        packets.filter(({ at }) => at >= from && at < to),
        flags,
      );
    },
    firstVoice: (mark, timeoutMs) => within(mark, timeoutMs, (span) => spoke(span, Number.NEGATIVE_INFINITY)),
    silent: (mark, timeoutMs) => within(mark, timeoutMs, (span) => ended(span, Number.NEGATIVE_INFINITY)),
    voiceAfter: (mark, at, timeoutMs) => within(mark, timeoutMs, (span) => spoke(span, at)),
    silentAfter: (mark, at, timeoutMs) => within(mark, timeoutMs, (span) => ended(span, at)),
  };
}

/** A packet with a voice in it that could be decrypted. */
export function isVoice({ silence, pcm }: HeardPacket): boolean {
  return !silence && pcm !== null;
}

const PACKET_MS = 20;

/** How much of a voice was heard, ms. */
export function voicedMs({ packets }: HeardSpan): number {
  return packets.filter(isVoice).length * PACKET_MS;
}
