import { defineConfig } from 'vitest/config';

/** `npm run test:slow`: whole talks that take their time, few at once: what is heard must not depend on what else is running. */
export default defineConfig({
  test: {
    env: { GEMINI_API_KEY: '', GOOGLE_API_KEY: '', DISCORD_TOKEN: '', LOG_LEVEL: '' },
    include: ['test/slow/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    maxWorkers: 1,
    maxConcurrency: 3,
  },
});
