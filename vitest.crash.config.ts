import { defineConfig } from 'vitest/config';

/** `npm run test:crash`: a real process that is killed twenty times. `npm test` does two; nothing else may take the cores here. */
export default defineConfig({
  test: {
    env: { GEMINI_API_KEY: '', GOOGLE_API_KEY: '', DISCORD_TOKEN: '', LOG_LEVEL: '' },
    include: ['test/crash/**/*.test.ts'],
    testTimeout: 10 * 60_000,
    expect: { poll: { timeout: 10_000 } },
    maxWorkers: 1,
  },
});
