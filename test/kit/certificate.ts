import tls from 'node:tls';
import { createLocalCertificate, type LocalCertificate } from '../../src/rehearsal/discord/certificate.ts';

let trusted: Promise<LocalCertificate> | null = null;

/**
 * A certificate for `localhost` that this process trusts: one for all loopbacks in it, since among several authorities of the same
 * name OpenSSL does not always find the right one.
 */
export function trustedCertificate(): Promise<LocalCertificate> {
  trusted ??= createLocalCertificate().then((made) => {
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), made.cert]);
    return made;
  });
  return trusted;
}
