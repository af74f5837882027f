import { expect, onTestFinished, test } from 'vitest';
import { startHealthServer } from '../../../src/http/health-server.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';

async function start(port = 0, notReady: () => string | null = () => null) {
  const log = createRecordingLog();
  const server = await startHealthServer({ host: '127.0.0.1', port, notReady, log });
  onTestFinished(() => server.close());
  return { server, log };
}

async function get(port: number | null, path: string, method = 'GET') {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

test('alive is not ready: /healthz answers while /readyz says what is missing', async () => {
  let reason: string | null = 'connecting to Discord';
  const { server } = await start(0, () => reason);
  expect(await get(server.port, '/healthz')).toEqual({ status: 200, body: { status: 'alive' } });
  expect(await get(server.port, '/readyz')).toEqual({ status: 503, body: { status: 'not ready', reason } });
  reason = null;
  expect(await get(server.port, '/readyz?probe=1')).toEqual({ status: 200, body: { status: 'ready' } });
});

test('other paths and methods are refused', async () => {
  const { server } = await start();
  expect((await get(server.port, '/')).status).toBe(404);
  expect((await get(server.port, '/healthz', 'POST')).status).toBe(405);
  expect(await get(server.port, '/healthz', 'HEAD')).toEqual({ status: 200, body: null });
});

test('a port that is taken is a warning, not the end', async () => {
  const first = await start();
  const second = await start(first.server.port ?? -1);
  expect(second.server.port).toBeNull();
  expect(second.log.messages('warn')).toEqual([expect.stringContaining('HTTP port')]);
  await second.server.close();
  expect((await get(first.server.port, '/healthz')).status).toBe(200);
});

test('closing frees the port at once, also with a connection kept alive, and may be done twice', async () => {
  const { server } = await start();
  await get(server.port, '/healthz');
  await server.close();
  await server.close();
  await expect(fetch(`http://127.0.0.1:${server.port}/healthz`)).rejects.toThrow();
});
