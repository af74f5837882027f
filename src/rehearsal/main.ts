/**
 * `npm run rehearse`: the embedded default. No token, no key, no network.
 */
import { readOptions } from './options.ts';
import { rehearse } from './rehearse.ts';

const read = readOptions(process.argv.slice(2));
if (read.ok) {
  const { options } = read;
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  // The first Ctrl+C ends what is kept running; anywhere else it ends everything at once, the bot too (bot-process.ts).
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      resolve();
      process.once(signal, () => process.exit(130));
      if (!options.keepRunning) process.exit(130);
    });
  }
  const tell = options.json
    ? (line: string) => process.stderr.write(`${line}\n`)
    : (line: string) => process.stdout.write(`${line}\n`);
  process.exitCode = await rehearse(options, {
    tell,
    stdout: (text) => process.stdout.write(text),
    env: process.env,
    ended,
  });
} else {
  (read.exitCode === 0 ? process.stdout : process.stderr).write(read.message);
  process.exitCode = read.exitCode;
}
