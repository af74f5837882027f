/**
 * SQLite's result codes (sqlite.org/rescode.html) as the few outcomes that differ for us. `node:sqlite` puts the extended code
 * into `errcode`; its low byte is the primary one.
 */
export type SqliteFault = 'locked' | 'damaged' | 'readOnly' | 'cannotOpen' | 'full' | 'device' | 'other';

const FAULTS = new Map<number, SqliteFault>([
  [5, 'locked'],
  [6, 'locked'],
  [8, 'readOnly'],
  [10, 'device'],
  [11, 'damaged'],
  [13, 'full'],
  [14, 'cannotOpen'],
  [26, 'damaged'],
]);

export function sqliteFault(error: unknown): SqliteFault {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0;
  return FAULTS.get(code & 0xff) ?? 'other';
}
