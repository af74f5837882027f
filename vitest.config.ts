import { defineConfig } from 'vitest/config';

/** The tests never spend money and never read the machine's own settings. */
const withoutKeys = { GEMINI_API_KEY: '', GOOGLE_API_KEY: '', DISCORD_TOKEN: '', LOG_LEVEL: '' };

/** What is waited for comes in milliseconds; on a machine that is busy with something else it may take its time. */
const patient = { poll: { timeout: 10_000 } };

export default defineConfig({
  test: {
    env: withoutKeys,
    // One group after the other: where people speak in real time, nothing else may take the cores.
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          // Limits for what hangs, far above what is slow: coverage alone makes codecs several times slower.
          testTimeout: 30_000,
          hookTimeout: 30_000,
          // Files of this project and the next leave nothing behind in a process: one for all of them saves half the time.
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          expect: patient,
          isolate: false,
          // Mostly waiting for sockets.
          maxWorkers: 8,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: patient,
          // Whole bots, most of them waiting for somebody to finish a sentence: so many side by side on two cores, and no more.
          maxWorkers: 2,
          maxConcurrency: 3,
          sequence: { groupOrder: 3 },
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**', 'commands/**'],
      exclude: [
        'src/main.ts',
        'src/room/worker.ts',
        'src/chat/media/media-worker.ts',
        'src/discord/deploy.ts',
        'src/types/**',
      ],
    },
  },
});
