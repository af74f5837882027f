/**
 * What a member hears of the bot: when there is a voice, when it ends, and how much of it there was.
 */
import { type HeardMark, type HeardPacket, type HeardSpan, spanOf } from './discord/voice/heard-track.ts';
import type { VoiceMember } from './discord/voice/member.ts';

export interface Ears {
  /** Everything from now on is heard since this mark. */
  mark(): HeardMark;
  since(mark: HeardMark): HeardSpan;
  /** The packets from one place of a span to another. */
  span(of: HeardSpan, from: number, to: number | undefined): HeardSpan;
  /** Resolves with true as soon as a voice was heard since the mark, with false after `timeoutMs`. */
  firstVoice(mark: HeardMark, timeoutMs: number): Promise<boolean>;
  /** Resolves with true when the bot has fallen silent after having spoken since the mark. */
  silent(mark: HeardMark, timeoutMs: number): Promise<boolean>;
}

export function earsOf({ heard }: VoiceMember): Ears {
  const within = (mark: HeardMark, timeoutMs: number, check: (span: HeardSpan) => boolean): Promise<boolean> =>
    heard.until(check, { mark, timeoutMs }).then(
      () => true,
      () => false,
    );
  return {
    mark: () => heard.mark(),
    since: (mark) => heard.since(mark),
    span: ({ packets, flags }, from, to) => spanOf(packets.slice(from, to), flags),
    firstVoice: (mark, timeoutMs) => within(mark, timeoutMs, ({ packets }) => packets.some(isVoice)),
    silent: (mark, timeoutMs) =>
      within(mark, timeoutMs, ({ packets, flags }) => packets.some(isVoice) && flags.at(-1)?.speaking === false),
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
