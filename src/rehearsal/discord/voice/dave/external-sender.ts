/**
 * The voice server's place in the end-to-end encryption: it is no member of the MLS group but its *external sender*
 * (RFC 9420 §12.1.8), who proposes who is added and removed. It never holds a media key.
 *
 * Layouts: reference `dave-protocol` protocol.md (discord/dave-protocol), opcodes 25 and 27, and RFC 9420 §6.1.
 */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { uint8, uint16, uint32, uint64, vector } from './mls-encoding.ts';

/** Wire numbers of RFC 9420 §6 and §12.1. */
const MLS_1_0 = 1;
const PUBLIC_MESSAGE = 1;
const BASIC_CREDENTIAL = 1;
const SENDER_EXTERNAL = 2;
const CONTENT_PROPOSAL = 2;
const PROPOSAL_ADD = 1;
const PROPOSAL_REMOVE = 3;
/** The only entry of the group's list of external senders. */
const SENDER_INDEX = 0;
/** First byte of op 27's payload: proposals to append. */
const APPEND = 0;
/** The server's name in its basic credential; members only compare it with the one in the group. */
const IDENTITY = 'loopback-voice-server';

/** One change of the group's membership. */
export type Proposal =
  | { readonly kind: 'add' /** A bare KeyPackage as op 26 carries it. */; readonly keyPackage: Buffer }
  | { readonly kind: 'remove'; readonly leafIndex: number };

export interface ExternalSender {
  /** Payload of op 25: `SignaturePublicKey ‖ Credential`. */
  readonly packageBytes: Buffer;
  /** The vector of signed proposals for `DAVESession.processProposals(0, …)`; op 27 carries it behind a zero byte. */
  propose(channelId: string, epoch: bigint, proposals: readonly Proposal[]): Buffer;
}

/** Payload of op 27 around a vector of {@link ExternalSender.propose}. */
export function appendProposals(proposals: Buffer): Buffer {
  return Buffer.concat([uint8(APPEND), proposals]);
}

/** The public key as an uncompressed P-256 point, 65 bytes: the tail of its SubjectPublicKeyInfo. */
function uncompressedPoint(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
}

function proposalBody(proposal: Proposal): Buffer {
  if (proposal.kind === 'add') return Buffer.concat([uint16(PROPOSAL_ADD), proposal.keyPackage]);
  return Buffer.concat([uint16(PROPOSAL_REMOVE), uint32(proposal.leafIndex)]);
}

function framedContent(channelId: string, epoch: bigint, proposal: Proposal): Buffer {
  return Buffer.concat([
    vector(uint64(channelId)),
    uint64(epoch),
    uint8(SENDER_EXTERNAL),
    uint32(SENDER_INDEX),
    vector(),
    uint8(CONTENT_PROPOSAL),
    proposalBody(proposal),
  ]);
}

/**
 * Makes a fresh P-256 key and signs with it (ciphersuite 2: ECDSA, SHA-256, DER). `SignWithLabel` prefixes the label
 * with "MLS 1.0 " (RFC 9420 §5.1.2); an external sender's message has no membership tag and its signed content no
 * group context.
 */
export function createExternalSender(): ExternalSender {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const label = vector(Buffer.from('MLS 1.0 FramedContentTBS'));
  const head = Buffer.concat([uint16(MLS_1_0), uint16(PUBLIC_MESSAGE)]);
  const signed = (content: Buffer): Buffer => {
    const signature = sign('sha256', Buffer.concat([label, vector(head, content)]), privateKey);
    return Buffer.concat([head, content, vector(signature)]);
  };
  return {
    packageBytes: Buffer.concat([
      vector(uncompressedPoint(publicKey)),
      uint16(BASIC_CREDENTIAL),
      vector(Buffer.from(IDENTITY)),
    ]),
    propose: (channelId, epoch, proposals) =>
      vector(...proposals.map((proposal) => signed(framedContent(channelId, epoch, proposal)))),
  };
}
