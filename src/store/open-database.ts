/**
 * Opens the database file, or says why it cannot be used. Until it is known to be sound, ours and not newer than this program,
 * it is only read: a file that is refused is left as it was.
 */
import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { ParleyError } from '../errors.ts';
import { APPLICATION_ID, migrate, SCHEMA_VERSION } from './migrations.ts';
import { type SqliteFault, sqliteFault } from './sqlite-error.ts';

/**
 * How long SQLite itself may wait for a lock. It waits with the event loop standing still, so it is short; whoever writes
 * waits longer without blocking (`write-queue.ts`).
 */
const BUSY_TIMEOUT_MS = 50;

const WORDS: Readonly<Record<SqliteFault, string>> = {
  locked: 'another program holds it locked; end that program, or give this one a file of its own',
  damaged: 'it is damaged or no SQLite database; restore it from a backup or move it away',
  readOnly: 'it may not be written by this user',
  cannotOpen: 'it cannot be opened or created by this user',
  full: 'its disk is full',
  device: 'its disk reports an error',
  other: 'SQLite cannot use it',
};

export interface OpenDatabase {
  readonly database: DatabaseSync;
  readonly readOnly: boolean;
}

/**
 * @param path of the file, or `:memory:`
 * @throws ParleyError `STORE_UNUSABLE` with `path` and `why` (plain English, the end of a sentence)
 */
export function openDatabase(path: string): OpenDatabase {
  if (path === ':memory:') return { database: openForWriting(path, 0), readOnly: false };
  try {
    const version = isEmpty(path) ? 0 : inspect(path);
    if (!mayWrite(path)) return openReadOnly(path, version);
    return writableIfPossible(path, version);
  } catch (error) {
    if (error instanceof ParleyError) throw error;
    throw unusable(path, WORDS[sqliteFault(error)], error);
  }
}

/**
 * Why the file could not be used, without making or changing anything; null if nothing speaks against it.
 */
export function databaseProblem(path: string): ParleyError | null {
  if (path === ':memory:' || isEmpty(path)) return null;
  try {
    inspect(path);
    return null;
  } catch (error) {
    return error instanceof ParleyError ? error : unusable(path, WORDS[sqliteFault(error)], error);
  }
}

/** WAL needs two files beside the database: a writable file in a directory that is not is read-only to us. */
function writableIfPossible(path: string, version: number): OpenDatabase {
  try {
    return { database: openForWriting(path, version), readOnly: false };
  } catch (error) {
    const fault = sqliteFault(error);
    if (fault !== 'readOnly' && fault !== 'cannotOpen') throw error;
    return openReadOnly(path, version);
  }
}

function openForWriting(path: string, version: number): DatabaseSync {
  if (path !== ':memory:') makeDirectory(path);
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    // What is deleted is words of people: it is overwritten with zeros, and not left in the file until its place is needed.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON');
    migrate(database, version);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function openReadOnly(path: string, version: number): OpenDatabase {
  if (version === 0) throw unusable(path, WORDS.cannotOpen);
  if (version !== SCHEMA_VERSION) throw unusable(path, `${WORDS.readOnly}, and it has to be brought up to date first`);
  return { database: openForReading(path), readOnly: true };
}

/** `immutable` reads a WAL database in a directory where its shared-memory file cannot be made (sqlite.org/wal.html §9). */
function openForReading(path: string): DatabaseSync {
  const plain = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, readOnly: true });
  try {
    userVersion(plain);
    return plain;
  } catch (error) {
    plain.close();
    const fault = sqliteFault(error);
    if (fault !== 'readOnly' && fault !== 'cannotOpen') throw error;
    const url = pathToFileURL(path);
    url.searchParams.set('immutable', '1');
    return new DatabaseSync(url, { readOnly: true });
  }
}

/** The version of a file that we may use. */
function inspect(path: string): number {
  const database = openForReading(path);
  try {
    const version = userVersion(database);
    const check = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
    if (check !== 'ok') throw unusable(path, WORDS.damaged);
    const owner = Number(database.prepare('PRAGMA application_id').get()?.['application_id']);
    if (owner !== APPLICATION_ID) throw unusable(path, 'it belongs to another program');
    if (version > SCHEMA_VERSION) {
      throw unusable(path, `it was written by a newer Parley (version ${version}, this one knows ${SCHEMA_VERSION})`);
    }
    return version;
  } finally {
    database.close();
  }
}

function userVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}

function isEmpty(path: string): boolean {
  return !existsSync(path) || statSync(path).size === 0;
}

function mayWrite(path: string): boolean {
  if (!existsSync(path)) return true;
  try {
    closeSync(openSync(path, 'r+'));
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false;
    throw error;
  }
}

function makeDirectory(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw unusable(path, 'its directory cannot be created', error);
  }
}

function unusable(path: string, why: string, cause?: unknown): ParleyError {
  return new ParleyError('STORE_UNUSABLE', { details: { path, why }, cause });
}
