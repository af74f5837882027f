/**
 * Writes to the database named on the command line for as long as it lives, and prints the number of each write once the store
 * has acknowledged it. Started as a process of its own, to be killed.
 */
import { writeSync } from 'node:fs';
import { openSqliteStore } from '../../../src/store/sqlite-store.ts';
import { systemClock } from '../../../src/types/clock.ts';

const store = openSqliteStore(process.argv[2] ?? '', systemClock);
const day = '2026-11-24';
/** Large enough for a write to take its time. */
const words = 'a pirate '.repeat(400);

for (let number = (await store.usage('g', day)).tokens + 1; ; number++) {
  const counted = {
    guildId: 'g',
    day,
    roomId: 'r',
    model: 'gemini-3.8-live',
    kind: 'prompt',
    modality: 'AUDIO',
  } as const;
  await store.addUsage(
    [{ guildId: 'g', day, voiceMs: 1, tokens: 1 }],
    [
      { ...counted, tokens: 1 },
      { ...counted, roomId: `r${number}`, tokens: 1 },
    ],
  );
  await store.saveSettings('g', { persona: `${number} ${words}` });
  writeSync(1, `${number}\n`);
}
