/**
 * The mark by which a client knows a message again that it sent itself.
 */
import { messageFaults } from './faults.ts';
import { characters, type Fields, given, yesNo } from './fields.ts';

const MAX_CHARACTERS = 25;

export function checkNonce(message: Fields): void {
  yesNo(message, 'enforce_nonce');
  const nonce = given(message, 'nonce');
  const spot = message.spot.at('nonce');
  if (typeof nonce === 'string') {
    if (characters(nonce) > MAX_CHARACTERS) spot.report(messageFaults.nonceTooLong(MAX_CHARACTERS));
  } else if (nonce !== null && !Number.isInteger(nonce)) {
    spot.report(messageFaults.nonceType);
  }
}
