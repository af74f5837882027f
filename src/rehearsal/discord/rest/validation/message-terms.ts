/**
 * What a message's body is judged by besides itself: where it goes, the files that came with it, and what it changes.
 */

export interface FileFacts {
  /** `n` of the part `files[n]`. */
  readonly index: number;
  readonly name: string;
  readonly contentType: string;
  /** bytes */
  readonly size: number;
}

/** The message that is changed. Of what is not told here it is assumed that something is there. */
interface StoredMessage {
  readonly flags: number;
  readonly content?: string;
  readonly embeds?: readonly unknown[];
  readonly components?: readonly unknown[];
  readonly attachments?: readonly unknown[];
  readonly poll?: unknown;
}

export interface MessageContext {
  readonly edit: boolean;
  /** A follow-up to an interaction, or an edit of its answer. */
  readonly webhook: boolean;
  readonly files: readonly FileFacts[];
  readonly had?: StoredMessage;
}

/** Where a message comes from: each takes other flags and fields. */
export type Surface = 'channel' | 'webhook' | 'callback';

export interface MessageTerms {
  readonly edit: boolean;
  readonly surface: Surface;
  readonly files: readonly FileFacts[];
  readonly had: StoredMessage | null;
}
