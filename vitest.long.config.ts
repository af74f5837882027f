import { defineConfig } from 'vitest/config';

/** `npm run test:long`: three hours of conversation in a few minutes. Apart from `npm test`, which has to be quick. */
export default defineConfig({
  test: {
    env: { GEMINI_API_KEY: '', GOOGLE_API_KEY: '', DISCORD_TOKEN: '', LOG_LEVEL: '' },
    include: ['test/long/**/*.test.ts'],
    testTimeout: 20 * 60_000,
    pool: 'forks',
    // What is garbage must be gone before memory is measured.
    execArgv: ['--expose-gc'],
    maxWorkers: 1,
  },
});
