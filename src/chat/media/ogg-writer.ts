/**
 * Writes a recording as an Ogg Opus file (RFC 7845).
 *
 * prism-media has no muxer. About one second goes on a page, as RFC 7845 §3 advises; a packet that does not fit spans pages.
 */
import { MOST_SEGMENTS, type OggPage, SEGMENT_BYTES, writePage } from './ogg-page.ts';
import { GRANULE_RATE, opusDuration } from './opus-duration.ts';
import { type OpusHead, writeOpusHead, writeOpusTags } from './opus-head.ts';

export interface Recording {
  readonly head: OpusHead;
  readonly packets: readonly Uint8Array[];
  /** How long it is to be heard, samples at 48 kHz; what the packets hold beyond that is cut off by whoever plays it. */
  readonly samples: number;
}

/** Streams of one file are told apart by it; there is one. */
const SERIAL = 1;
const VENDOR = 'Parley';

/** The file. @throws {RangeError} for a packet that is no Opus. */
export function writeOggOpus({ head, packets, samples }: Recording): Uint8Array {
  const header = { continued: false, last: false, granule: 0, serial: SERIAL };
  const pages: OggPage[] = [
    { ...header, first: true, sequence: 0, ...laced(writeOpusHead(head)) },
    { ...header, first: false, sequence: 1, ...laced(writeOpusTags(VENDOR)) },
  ];
  const sound = createPaginator();
  for (const packet of packets) sound.add(packet);
  const soundPages = sound.finish(head.preSkip + samples);
  return new Uint8Array(Buffer.concat([...pages, ...soundPages].map(writePage)));
}

/** A packet that is short enough for a page of its own. */
function laced(packet: Uint8Array): Pick<OggPage, 'lacing' | 'body'> {
  return { lacing: Uint8Array.from(lacingOf(packet)), body: packet };
}

/** Lengths of a packet's segments: the last one is under 255, and 0 where the packet is a multiple of that. */
function lacingOf(packet: Uint8Array): number[] {
  const full = Math.floor(packet.length / SEGMENT_BYTES);
  return [...Array<number>(full).fill(SEGMENT_BYTES), packet.length % SEGMENT_BYTES];
}

/** Lays packets out on pages, the first of which is the file's third. */
function createPaginator() {
  const pages: OggPage[] = [];
  let lacing: number[] = [];
  let body: Uint8Array[] = [];
  let position = 0;
  /** Of the page in hand: where it began, whether a packet ends on it, and whether it began with the rest of one. */
  let startedAt = 0;
  let granule: number | null = null;
  let continued = false;

  const turnPage = (last: boolean, end?: number): void => {
    const flags = { continued, first: false, last, serial: SERIAL, sequence: pages.length + 2 };
    pages.push({ ...flags, granule: end ?? granule, lacing: Uint8Array.from(lacing), body: Buffer.concat(body) });
    // A page that ends in a full segment ends in mid-packet.
    continued = lacing.at(-1) === SEGMENT_BYTES;
    [lacing, body, granule, startedAt] = [[], [], null, position];
  };

  return {
    add(packet: Uint8Array): void {
      const duration = opusDuration(packet);
      if (duration === null) throw new RangeError('a packet is no Opus');
      if (position - startedAt >= GRANULE_RATE) turnPage(false);
      let at = 0;
      for (const length of lacingOf(packet)) {
        if (lacing.length === MOST_SEGMENTS) turnPage(false);
        lacing.push(length);
        body.push(packet.subarray(at, at + length));
        at += length;
      }
      position += duration;
      granule = position;
    },
    finish(end: number): OggPage[] {
      turnPage(true, Math.min(end, position));
      return pages;
    },
  };
}
