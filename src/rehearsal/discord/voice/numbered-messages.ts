/**
 * The numbered messages of one voice session: what a client that resumes has missed is sent again.
 */

export type NumberedMessage =
  | { readonly kind: 'json'; readonly seq: number; readonly op: number; readonly d: unknown }
  | { readonly kind: 'binary'; readonly seq: number; readonly op: number; readonly payload: Buffer };

/** A binary frame has 16 bits for its number; JSON and binary messages share one count. */
const HIGHEST_SEQ = 0xffff;
/**
 * Messages kept for a client that is away. Heartbeats acknowledge what has arrived, so a client that is there needs
 * few; one that missed more than this cannot resume.
 */
const MOST_KEPT = 512;

export interface NumberedMessages {
  /** The number of the newest message, 0 before the first. */
  readonly last: number;
  json(op: number, d: unknown): NumberedMessage;
  binary(op: number, payload: Buffer): NumberedMessage;
  /** The client has everything up to this number. `false`: that was never sent. */
  acknowledge(seq: number): boolean;
  /** What came after `seq`, in order; `null` when not all of it is there any more. */
  after(seq: number): readonly NumberedMessage[] | null;
}

export function createNumberedMessages(): NumberedMessages {
  let kept: NumberedMessage[] = [];
  let last = 0;
  let forgotten = 0;
  const next = (): number => (last === HIGHEST_SEQ ? 1 : last + 1);
  const keep = (message: NumberedMessage): NumberedMessage => {
    last = message.seq;
    kept.push(message);
    if (kept.length > MOST_KEPT) forgotten = kept.shift()?.seq ?? forgotten;
    return message;
  };
  const position = (seq: number): number => kept.findIndex((message) => message.seq === seq);
  return {
    get last() {
      return last;
    },
    json: (op, d) => keep({ kind: 'json', seq: next(), op, d }),
    binary: (op, payload) => keep({ kind: 'binary', seq: next(), op, payload }),
    acknowledge(seq) {
      if (seq <= 0) return true;
      const at = position(seq);
      if (at < 0) return seq === forgotten || seq === last;
      forgotten = seq;
      kept = kept.slice(at + 1);
      return true;
    },
    after(seq) {
      if (seq <= 0) return forgotten === 0 ? [...kept] : null;
      if (seq === forgotten) return [...kept];
      const at = position(seq);
      return at < 0 ? null : kept.slice(at + 1);
    },
  };
}
