/**
 * Reads a recording in Ogg Opus, such as a Discord voice message (RFC 7845).
 *
 * One stream is read, the first that is Opus: what is multiplexed with it is skipped, and what is chained after its end is not
 * part of the message. A damaged page costs its own sound only, and a file that was cut off is read as far as it goes and says so.
 * Positions are believed only for cutting the end off, and never beyond the last page: everything else follows from the packets.
 */

import { createPacketReader, MOST_PACKET_BYTES, type PacketReader } from './ogg-packet-reader.ts';
import type { OggPage } from './ogg-page.ts';
import { createPageReader } from './ogg-page-reader.ts';
import { opusDuration } from './opus-duration.ts';
import { isOpusTags, type OpusHead, parseOpusHead } from './opus-head.ts';

export interface OggOpus {
  readonly ok: true;
  readonly head: OpusHead;
  /** Whole packets, in order, each one Opus by its first bytes. */
  readonly packets: readonly Uint8Array[];
  /** What all packets decode to, samples a channel at 48 kHz. */
  readonly decodedSamples: number;
  /** Which part of that is the recording, without what the encoder needed before and after it. */
  readonly from: number;
  readonly to: number;
  /** `marked`: the last page says so. `unmarked`: a page is the last and does not, as some recorders leave it. `cutOff`: in mid-page. */
  readonly ending: 'marked' | 'unmarked' | 'cutOff';
  /** Pages and packets that could not be read. */
  readonly lost: number;
}

export type OggFault =
  /** No Ogg file. */
  | 'notOgg'
  /** Ogg with something else in it. */
  | 'notOpus'
  /** Opus with more than two channels, or of a version that is not known. */
  | 'unsupported'
  | 'tooLong'
  /** Nothing can be read of what was in it. */
  | 'damaged'
  /** There is no sound in it. */
  | 'empty';

export type OggResult = OggOpus | { readonly ok: false; readonly reason: OggFault };

export interface OggReader {
  /** Takes the next bytes, cut anywhere. False: nothing that follows can change the result. */
  push(bytes: Uint8Array): boolean;
  end(): OggResult;
}

export interface OggLimits {
  /** The longest recording that is read, samples at 48 kHz. */
  readonly mostSamples: number;
}

/** Unreadable packets and gaps before a stream is given up: a file can be made of nothing else, seven million of them. */
const MOST_FLAWS = 1_000;

/** All that is known of the stream that is read. */
interface Stream {
  readonly serial: number;
  readonly head: OpusHead;
  readonly reader: PacketReader;
  readonly packets: Uint8Array[];
  decodedSamples: number;
  /** The position of the first sample: a recording that was cut out of a longer one does not begin at 0. */
  origin: number | null;
  /** Samples at the end that the last page says are not part of it; null until that page has come. */
  surplus: number | null;
  /** Whether the comments, which come second, have been passed. */
  tagsPassed: boolean;
  unreadable: number;
}

export function createOggReader({ mostSamples }: OggLimits): OggReader {
  let stream: Stream | null = null;
  let pages = 0;
  let unsupported = false;
  const isDone = (): boolean => stream !== null && isRead(stream, mostSamples);

  const pageReader = createPageReader((page) => {
    pages++;
    if (isDone()) return;
    if (stream === null) {
      const opened = page.first ? openStream(page) : 'foreign';
      if (opened === 'unsupported') unsupported = true;
      else if (opened !== 'foreign') stream = opened;
    } else if (page.serial === stream.serial) takePage(stream, page);
  });

  return {
    push(bytes) {
      if (!isDone()) pageReader.push(bytes);
      return !isDone();
    },
    end() {
      if (!isDone()) pageReader.end();
      if (stream !== null)
        return finish(stream, { mostSamples, corrupt: pageReader.corrupt, cutOff: pageReader.cutOff });
      if (unsupported) return { ok: false, reason: 'unsupported' };
      if (pageReader.corrupt > 0) return { ok: false, reason: 'damaged' };
      return { ok: false, reason: pages === 0 ? 'notOgg' : 'notOpus' };
    },
  };
}

/** A whole file at once. */
export function readOggOpus(bytes: Uint8Array, limits: OggLimits): OggResult {
  const reader = createOggReader(limits);
  reader.push(bytes);
  return reader.end();
}

function openStream(page: OggPage): Stream | 'foreign' | 'unsupported' {
  const reader = createPacketReader();
  const [packet] = reader.take(page);
  const head = packet ? parseOpusHead(packet) : 'foreign';
  if (head === 'foreign' || head === 'unsupported') return head;
  const { serial } = page;
  const sound = { decodedSamples: 0, origin: null, surplus: null, tagsPassed: false, unreadable: 0 };
  return { serial, head, reader, packets: [], ...sound };
}

/** Whether nothing that follows belongs to it, or it is of no use. */
function isRead({ surplus, decodedSamples, head, unreadable, reader }: Stream, mostSamples: number): boolean {
  const tooLong = decodedSamples - head.preSkip > mostSamples;
  return surplus !== null || tooLong || unreadable + reader.gaps > MOST_FLAWS;
}

function takePage(stream: Stream, page: OggPage): void {
  let samples = 0;
  for (const packet of stream.reader.take(page)) {
    const isTags = !stream.tagsPassed && isOpusTags(packet);
    stream.tagsPassed = true;
    if (isTags) continue;
    const duration = packet.length > MOST_PACKET_BYTES ? null : opusDuration(packet);
    if (duration === null) stream.unreadable++;
    else {
      stream.packets.push(packet);
      samples += duration;
    }
  }
  stream.decodedSamples += samples;
  if (page.granule !== null && samples > 0) stream.origin ??= Math.max(0, page.granule - samples);
  if (page.last) {
    const end = page.granule === null ? Number.POSITIVE_INFINITY : page.granule - (stream.origin ?? 0);
    stream.surplus = Math.min(samples, Math.max(0, stream.decodedSamples - end));
  }
}

interface Outcome extends OggLimits {
  readonly corrupt: number;
  readonly cutOff: boolean;
}

function finish(stream: Stream, { mostSamples, corrupt, cutOff }: Outcome): OggResult {
  const { head, packets, decodedSamples, surplus, reader, unreadable } = stream;
  const to = decodedSamples - (surplus ?? 0);
  if (to - head.preSkip > mostSamples) return { ok: false, reason: 'tooLong' };
  const unfinished = surplus === null && (cutOff || reader.open);
  const lost = corrupt + reader.gaps + unreadable;
  if (to <= head.preSkip) return { ok: false, reason: unfinished || lost > 0 ? 'damaged' : 'empty' };
  return {
    ok: true,
    head,
    packets,
    decodedSamples,
    from: head.preSkip,
    to,
    ending: surplus !== null ? 'marked' : unfinished ? 'cutOff' : 'unmarked',
    lost,
  };
}
