/**
 * The messages that a transcript should consist of, against those that it does: turns come, grow and go; what is done about it
 * comes back. Messages that are as they should be and cannot change any more are let go of.
 */
import { type Entry, firstPage, layOut } from './transcript-pages.ts';

/** Turns that wait while nothing can be written: an hour of lively talk. They are in the store all the same. */
export const MOST_WAITING = 500;

/** What brings the messages one step nearer to what they should be. */
export type DraftChange =
  | { readonly type: 'post'; readonly text: string }
  | { readonly type: 'edit'; readonly messageId: string; readonly text: string }
  | { readonly type: 'remove'; readonly messageId: string };

export interface TranscriptDraft {
  /** Turns that are not written, or not settled. */
  readonly waiting: number;
  /** Begins a turn, or changes one that was not final. False: there were too many, and the oldest is left out. */
  put(entry: Entry): boolean;
  /** Takes a turn that was not final away again. */
  drop(key: string): void;
  /** No turn will change any more. */
  end(): void;
  /** Null: the messages are as they should be. */
  next(): DraftChange | null;
  /** A change was made. @param messageId null: the message is lost, and what it should say with it */
  made(change: DraftChange, messageId: string | null): void;
  clear(): void;
}

/** A message as it was written last. */
interface Written {
  readonly id: string | null;
  readonly text: string;
}

export function createTranscriptDraft(): TranscriptDraft {
  /** Oldest first; they begin where the first of `written` does. */
  let entries: readonly Entry[] = [];
  let written: readonly Written[] = [];

  const settle = (): void => {
    for (let [first] = written; first !== undefined && entries.length > 0; [first] = written) {
      const page = firstPage(entries);
      if (!page.settled || (first.id !== null && first.text !== page.text)) return;
      entries = page.rest;
      written = written.slice(1);
    }
  };

  /** What is written of the turn that is left out stays as it is. */
  const leaveOutOldest = (): void => {
    const [, second, ...others] = entries;
    entries = second === undefined ? [] : [{ ...second, fresh: true }, ...others];
    written = [];
  };

  return {
    get waiting() {
      return entries.length;
    },
    put(entry) {
      const known = entries.find(({ key }) => key === entry.key);
      entries =
        known === undefined
          ? [...entries, entry]
          : entries.map((it) => (it === known ? { ...entry, fresh: known.fresh } : it));
      if (entries.length <= MOST_WAITING) return true;
      leaveOutOldest();
      return false;
    },
    drop(key) {
      entries = entries.filter((it) => it.key !== key);
    },
    end() {
      entries = entries.map((it) => ({ ...it, final: true }));
    },
    next() {
      const pages = layOut(entries);
      for (let index = 0; index < Math.max(pages.length, written.length); index++) {
        const text = pages[index]?.text;
        const it = written[index];
        if (it === undefined) return text === undefined ? null : { type: 'post', text };
        if (it.id === null || it.text === text) continue;
        return text === undefined ? { type: 'remove', messageId: it.id } : { type: 'edit', messageId: it.id, text };
      }
      return null;
    },
    made(change, messageId) {
      if (change.type === 'post') written = [...written, { id: messageId, text: change.text }];
      else if (change.type === 'remove') written = written.filter(({ id }) => id !== change.messageId);
      else written = written.map((it) => (it.id === change.messageId ? { id: messageId, text: change.text } : it));
      settle();
    },
    clear() {
      entries = [];
      written = [];
    },
  };
}
