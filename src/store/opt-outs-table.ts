/**
 * Who does not want to be heard.
 */
import type { DatabaseSync } from 'node:sqlite';

export interface OptOutsTable {
  all(): readonly string[];
  set(userId: string, optedOut: boolean): void;
}

export function createOptOutsTable(database: DatabaseSync): OptOutsTable {
  const all = database.prepare('SELECT user_id FROM opt_outs');
  const add = database.prepare('INSERT INTO opt_outs (user_id) VALUES (?) ON CONFLICT DO NOTHING');
  const remove = database.prepare('DELETE FROM opt_outs WHERE user_id = ?');

  return {
    all: () => all.all().map((row) => String(row['user_id'])),
    set: (userId, optedOut) => void (optedOut ? add : remove).run(userId),
  };
}
