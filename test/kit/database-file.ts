/**
 * Database files in a directory of their own, gone when the test is.
 */
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import type { Store } from '../../src/store/store.ts';
import { type Clock, systemClock } from '../../src/types/clock.ts';

export function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'parley-store-'));
  onTestFinished(() => {
    chmodSync(path, 0o755);
    rmSync(path, { recursive: true });
  });
  return path;
}

/** A path where no file is yet. */
export function freshPath(): string {
  return join(directory(), 'parley.db');
}

export function openStore(path: string, clock: Clock = systemClock): Store {
  const store = openSqliteStore(path, clock);
  onTestFinished(() => store.close());
  return store;
}

export function digest(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** Another connection, as a person with `sqlite3` has one. */
export function connect(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  onTestFinished(() => {
    if (database.isOpen) database.close();
  });
  return database;
}

/** Another connection that holds the write lock. */
export function lock(path: string): DatabaseSync {
  const other = connect(path);
  other.exec('BEGIN IMMEDIATE');
  return other;
}

/** File permissions mean nothing to root: the tests of a machine's administrator take another user's rights for a moment. */
export function asNobody<T>(act: () => T): T {
  const { seteuid } = process;
  if (process.geteuid?.() !== 0 || seteuid === undefined) return act();
  seteuid(65_534);
  try {
    return act();
  } finally {
    seteuid(0);
  }
}
