/**
 * Puts the packets of one Ogg stream together from its pages, also those that span pages.
 */
import { type OggPage, SEGMENT_BYTES } from './ogg-page.ts';

/** The largest Opus packet there can be, 120 ms of it (RFC 7845 §6). */
export const MOST_PACKET_BYTES = 61_440;
/** Of a larger one, which is a picture among the comments or an attack, so much is kept that it shows. */
const KEPT_BYTES = MOST_PACKET_BYTES + 1;

export interface PacketReader {
  /** The packets that end on the page, in order, in memory of their own; one that is too large is cut off one byte above. */
  take(page: OggPage): Uint8Array[];
  /** Where something is missing: a page, or the beginning or the end of a packet. */
  readonly gaps: number;
  /** A packet has begun and not ended. */
  readonly open: boolean;
}

export function createPacketReader(): PacketReader {
  /** The packet that is open, or null between packets. */
  let parts: Uint8Array[] | null = null;
  let sizeBytes = 0;
  let nextSequence: number | null = null;
  let gaps = 0;

  /** Whether what is open can go on with this page; if not, it is dropped. */
  const joins = (page: OggPage): boolean => {
    const isNext = nextSequence === null || page.sequence === nextSequence;
    const fits = isNext && page.continued === (parts !== null);
    if (!fits) {
      gaps++;
      parts = null;
    }
    nextSequence = (page.sequence + 1) >>> 0;
    return fits;
  };

  const add = (part: Uint8Array): void => {
    if (parts === null) sizeBytes = 0;
    parts ??= [];
    const kept = Uint8Array.from(part.subarray(0, KEPT_BYTES - sizeBytes));
    if (kept.length > 0) parts.push(kept);
    sizeBytes += kept.length;
  };

  const finish = (): Uint8Array => {
    const [only, ...more] = parts ?? [];
    const packet = only && more.length === 0 ? only : new Uint8Array(Buffer.concat(parts ?? []));
    parts = null;
    return packet;
  };

  return {
    take(page) {
      // The rest of a packet whose beginning is not there is no packet.
      let orphan = !joins(page) && page.continued;
      const packets: Uint8Array[] = [];
      for (const { from, to, ends } of partsOf(page.lacing)) {
        if (!orphan) add(page.body.subarray(from, to));
        if (ends && !orphan) packets.push(finish());
        if (ends) orphan = false;
      }
      return packets;
    },
    get gaps() {
      return gaps;
    },
    get open() {
      return parts !== null;
    },
  };
}

interface Part {
  readonly from: number;
  readonly to: number;
  /** False only for the last one of a page, when its packet goes on. */
  readonly ends: boolean;
}

/** Where in a page's body the parts of packets lie. */
function partsOf(lacing: Uint8Array): Part[] {
  const parts: Part[] = [];
  let from = 0;
  let to = 0;
  for (const [index, length] of lacing.entries()) {
    to += length;
    const ends = length < SEGMENT_BYTES;
    if (!ends && index < lacing.length - 1) continue;
    parts.push({ from, to, ends });
    from = to;
  }
  return parts;
}
