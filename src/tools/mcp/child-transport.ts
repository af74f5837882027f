/**
 * A server as a program of its own: JSON-RPC over its standard streams.
 *
 * The SDK has a transport for this, too. Ours starts the program as the head of a process group and ends the whole group, because
 * what is started is mostly `npx`, and the server its grandchild: nothing of it is left behind, and one that is gone is noticed also
 * when something else still holds its streams.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { getDefaultEnvironment } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ReadBuffer, serializeMessage } from '@modelcontextprotocol/sdk/shared/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { McpProgram } from '../../config/mcp-config.ts';
import { within } from '../../shutdown.ts';
import type { Clock, Timer } from '../../types/clock.ts';
import type { ChildGroups } from './child-groups.ts';

/** The end of its input tells a program to go (MCP specification, Lifecycle, Shutdown); most do at once. */
const ASKED_MS = 500;
/** From SIGTERM to SIGKILL. */
const TOLD_MS = 2_000;
/** For the system to take away what was killed. */
const GONE_MS = 500;

export interface ChildTransportOptions {
  readonly program: McpProgram;
  readonly groups: ChildGroups;
  readonly clock: Clock;
  /** What it writes to its standard error, cut anywhere. */
  readonly onStderr: (text: string) => void;
}

export function createChildTransport({ program, groups, clock, onStderr }: ChildTransportOptions) {
  const input = new ReadBuffer();
  let child: ChildProcess | null = null;
  let letGo: Timer | null = null;
  let how: string | null = null;
  const ended = Promise.withResolvers<void>();

  const read = (chunk: Buffer): void => {
    try {
      input.append(chunk);
    } catch (error) {
      // A message larger than the buffer: what follows would be read from its middle.
      transport.onerror?.(toError(error));
      void transport.close();
      return;
    }
    readMessages(input, transport);
  };

  const listen = (started: ChildProcess): void => {
    started.stdout?.on('data', read);
    started.stderr?.setEncoding('utf8').on('data', onStderr);
    for (const stream of [started.stdin, started.stdout, started.stderr])
      stream?.on('error', (error) => transport.onerror?.(error));
    started.once('exit', (code, signal) => {
      how = code === null ? `it was ended by ${String(signal)}` : `it ended with code ${code}`;
      // What the program has started itself goes with it; what has left the group may keep the streams, but nobody listens.
      groups.kill(started.pid, 'SIGKILL');
      letGo = clock.after(GONE_MS, () => {
        for (const stream of [started.stdin, started.stdout, started.stderr]) stream?.destroy();
      });
    });
    started.once('close', () => {
      letGo?.cancel();
      groups.remove(started.pid);
      ended.resolve();
      transport.onclose?.();
    });
  };

  const transport: Transport = {
    async start() {
      const { command, args, cwd } = program;
      // The few variables that a program needs to run at all, as in other hosts, and those that it is given.
      const env = { ...getDefaultEnvironment(), ...program.env };
      const started = spawn(command, [...args], { cwd, env, stdio: 'pipe', detached: true, windowsHide: true });
      child = started;
      groups.add(started.pid);
      listen(started);
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      started.once('spawn', resolve);
      started.on('error', reject);
      await promise;
    },
    async send(message) {
      const stdin = child?.stdin;
      if (!stdin?.writable) throw new Error('the program does not run');
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      stdin.write(serializeMessage(message), (error) => (error ? reject(error) : resolve()));
      await promise;
    },
    async close() {
      if (child?.pid === undefined) return;
      child.stdin?.end();
      await within(ASKED_MS, clock, ended.promise);
      if (!groups.kill(child.pid, 'SIGTERM')) return;
      await within(TOLD_MS, clock, ended.promise);
      if (groups.kill(child.pid, 'SIGKILL')) await within(GONE_MS, clock, ended.promise);
    },
  };
  return { transport, howItEnded: () => how };
}

/** What is not JSON-RPC is passed over: some programs write their greeting to the wrong stream. */
function readMessages(input: ReadBuffer, transport: Transport): void {
  for (;;) {
    try {
      const message = input.readMessage();
      if (message === null) return;
      transport.onmessage?.(message);
    } catch (error) {
      transport.onerror?.(toError(error));
    }
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
