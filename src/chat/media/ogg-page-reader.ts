/**
 * Finds the pages in the bytes of an Ogg file, in memory that does not grow.
 *
 * Where a page is damaged the search goes on behind its first byte, so that nothing that follows it is lost.
 */
import { CAPTURE, MOST_PAGE_BYTES, type OggPage, readPage } from './ogg-page.ts';

/**
 * Pages with a wrong checksum before a file is given up. Each costs a checksum over up to 65 kB, and a file can be made of
 * nothing else, one every 27 bytes: 8 MB of that would take minutes. A damaged recording has a few.
 */
const MOST_CORRUPT = 64;
/** Room for a page that is incomplete and for what comes next, so that little is moved. */
const CAPACITY = 4 * MOST_PAGE_BYTES;

export interface PageReader {
  /** Takes the next bytes, cut anywhere. */
  push(more: Uint8Array): void;
  /** Nothing follows: looks also behind what only seemed to be the start of a page. */
  end(): void;
  /** Pages that were found damaged. */
  readonly corrupt: number;
  /** Known after `end`: the last page is not all there. */
  readonly cutOff: boolean;
}

/** @param onPage gets each page as it is complete; its lengths and body are views of memory that is used again afterwards. */
export function createPageReader(onPage: (page: OggPage) => void): PageReader {
  const bytes = new Uint8Array(CAPACITY);
  /** The same memory, for its search. Pages are no views of it: a Buffer's `slice` would be taken for a copy. */
  const searched = Buffer.from(bytes.buffer);
  let start = 0;
  let end = 0;
  let corrupt = 0;
  let cutOff = false;

  /** Moves on to where the next page may begin; false when there is none. What may be the start of its pattern stays. */
  const seek = (): boolean => {
    const found = searched.indexOf(CAPTURE, start);
    const isWhole = found >= 0 && found + CAPTURE.length <= end;
    start = isWhole ? found : Math.max(start, end - CAPTURE.length + 1);
    return isWhole;
  };

  const take = (isAll: boolean): void => {
    while (corrupt < MOST_CORRUPT && seek()) {
      const read = readPage(bytes.subarray(start, end));
      if (read.kind === 'incomplete' && !isAll) return;
      if (read.kind === 'corrupt') corrupt++;
      if (read.kind === 'page') onPage(read.page);
      cutOff = read.kind === 'incomplete';
      start += read.kind === 'page' ? read.sizeBytes : 1;
    }
  };

  return {
    push(more) {
      for (let at = 0; at < more.length && corrupt < MOST_CORRUPT; ) {
        bytes.copyWithin(0, start, end);
        end -= start;
        start = 0;
        const part = more.subarray(at, at + CAPACITY - end);
        bytes.set(part, end);
        end += part.length;
        at += part.length;
        take(false);
      }
    },
    end() {
      take(true);
      cutOff ||= endsInPattern(bytes.subarray(start, end));
    },
    get corrupt() {
      return corrupt;
    },
    get cutOff() {
      return cutOff;
    },
  };
}

/** Whether the last bytes are the first of a capture pattern: a file can be cut there, too. */
function endsInPattern(rest: Uint8Array): boolean {
  return [1, 2, 3, 4].some(
    (length) => rest.length >= length && Buffer.compare(rest.subarray(-length), CAPTURE.subarray(0, length)) === 0,
  );
}
