/**
 * Op 28: a client's commit, and behind it, without a length between them, the welcome for those it adds. Where the
 * commit ends only its own structure says (RFC 9420 §6.2 PublicMessage, §12.4 Commit, §7.2 LeafNode).
 */
import type { CommitAndWelcome } from './key-holder.ts';
import { createMlsReader, type MlsReader } from './mls-encoding.ts';

const PUBLIC_MESSAGE = 1;
const SENDER_MEMBER = 1;
const CONTENT_COMMIT = 3;
const LEAF_OF_KEY_PACKAGE = 1;
const LEAF_OF_COMMIT = 3;
/** Versions, ciphersuites, extensions, proposals, credentials. */
const CAPABILITY_LISTS = 5;

function skipLeafNode(reader: MlsReader): void {
  reader.vector();
  reader.vector();
  reader.uint16();
  reader.vector();
  for (let list = 0; list < CAPABILITY_LISTS; list++) reader.vector();
  const source = reader.uint8();
  if (source === LEAF_OF_KEY_PACKAGE) reader.bytes(16);
  if (source === LEAF_OF_COMMIT) reader.vector();
  reader.vector();
  reader.vector();
}

function skipCommit(reader: MlsReader): void {
  if (reader.uint16() !== 1 || reader.uint16() !== PUBLIC_MESSAGE)
    throw new RangeError('op 28 holds no public message');
  reader.vector();
  reader.uint64();
  if (reader.uint8() !== SENDER_MEMBER) throw new RangeError('a commit comes from a member');
  reader.uint32();
  reader.vector();
  if (reader.uint8() !== CONTENT_COMMIT) throw new RangeError('op 28 holds no commit');
  reader.vector();
  if (reader.uint8() === 1) {
    skipLeafNode(reader);
    reader.vector();
  }
  reader.vector();
  reader.vector();
  reader.vector();
}

/** Throws a RangeError when the payload does not begin with a whole commit. */
export function splitCommitWelcome(payload: Buffer): CommitAndWelcome {
  const reader = createMlsReader(payload);
  skipCommit(reader);
  const welcome = payload.subarray(reader.offset);
  return { commit: payload.subarray(0, reader.offset), welcome: welcome.length > 0 ? welcome : null };
}
