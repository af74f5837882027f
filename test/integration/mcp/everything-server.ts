import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { EVERYTHING } from './hosted.ts';

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** The reference server at a port, until it is ended. */
export async function serveEverything(kind: 'streamableHttp' | 'sse', port: number) {
  const child = spawn(process.execPath, [EVERYTHING, kind], {
    env: { PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let wrote = '';
  const { promise: listens, resolve } = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      wrote += text;
      if (wrote.includes(`port ${port}`)) resolve();
    });
  }
  await Promise.race([listens, once(child, 'exit').then(() => Promise.reject(new Error(wrote)))]);
  const end = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return {
    /** Everything that it has written. */
    get wrote() {
      return wrote;
    },
    end,
    [Symbol.asyncDispose]: end,
  };
}
