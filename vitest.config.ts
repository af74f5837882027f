import { defineConfig } from 'vitest/config';

/** The tests never spend money and never read the machine's own settings. */
const withoutKeys = { GEMINI_API_KEY: '', GOOGLE_API_KEY: '', DISCORD_TOKEN: '', LOG_LEVEL: '' };

/** What is waited for comes in milliseconds; on a machine that is busy with something else it may take its time. */
const PATIENT = { timeout: 10_000 };

export default defineConfig({
  test: {
    env: withoutKeys,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 10_000 },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          expect: { poll: PATIENT },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: PATIENT },
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**', 'commands/**'],
      exclude: ['src/main.ts', 'src/room/worker.ts', 'src/discord/deploy.ts', 'src/types/**'],
    },
  },
});
