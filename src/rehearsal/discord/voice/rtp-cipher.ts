/**
 * `aead_aes256_gcm_rtpsize`, the transport encryption between one client and the voice server: the nonce is a 32-bit
 * counter in the first four of twelve bytes and travels behind the tag; the additional data is the plain RTP header.
 * (Discord's documentation, "Transport Encryption Modes".) The only mode offered: every client must support it.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { RtpPacket } from './rtp.ts';

export const ENCRYPTION_MODE = 'aead_aes256_gcm_rtpsize';
export const SECRET_KEY_BYTES = 32;
const NONCE_BYTES = 12;
const COUNTER_BYTES = 4;
const TAG_BYTES = 16;

export interface RtpCipher {
  /** A whole datagram: plain header, ciphertext, tag, counter. Every call uses the next counter. */
  seal(plain: Buffer, payload: Buffer): Buffer;
  /** The payload and the counter it was sealed with; `null` when it does not authenticate. */
  open(packet: RtpPacket): { readonly payload: Buffer; readonly counter: number } | null;
}

export function createRtpCipher(secretKey: Buffer): RtpCipher {
  let counter = 0;
  return {
    seal(plain, payload) {
      const nonce = Buffer.alloc(NONCE_BYTES);
      nonce.writeUInt32BE(counter);
      counter = (counter + 1) >>> 0;
      const cipher = createCipheriv('aes-256-gcm', secretKey, nonce).setAAD(plain);
      const encrypted = [cipher.update(payload), cipher.final()];
      return Buffer.concat([plain, ...encrypted, cipher.getAuthTag(), nonce.subarray(0, COUNTER_BYTES)]);
    },
    open({ plain, rest }) {
      const tagAt = rest.length - COUNTER_BYTES - TAG_BYTES;
      if (tagAt < 0) return null;
      const nonce = Buffer.alloc(NONCE_BYTES);
      rest.copy(nonce, 0, rest.length - COUNTER_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', secretKey, nonce).setAAD(plain);
      decipher.setAuthTag(rest.subarray(tagAt, tagAt + TAG_BYTES));
      const opened = decipher.update(rest.subarray(0, tagAt));
      try {
        decipher.final();
      } catch {
        return null;
      }
      return { payload: opened, counter: nonce.readUInt32BE() };
    },
  };
}
