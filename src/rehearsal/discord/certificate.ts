/**
 * A certificate for `localhost` that is its own authority: the voice library speaks TLS only.
 */
import { generate } from 'selfsigned';

export interface LocalCertificate {
  /** PEM. */
  readonly key: string;
  readonly cert: string;
}

export async function createLocalCertificate(): Promise<LocalCertificate> {
  const pems = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  });
  return { key: pems.private, cert: pems.cert };
}
