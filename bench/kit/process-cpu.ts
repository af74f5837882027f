/**
 * CPU time of another process and of one of its threads, as the kernel counts it, and how long the thread waited for a core. Only
 * Linux tells; elsewhere there is nothing to report.
 */
import { readdir, readFile } from 'node:fs/promises';

/** ms of CPU so far; null where it is not known. */
export async function cpuOf(pid: number): Promise<number | null> {
  const text = await read(`/proc/${pid}/stat`);
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [Number(fields?.[USER]), Number(fields?.[SYSTEM])];
  return Number.isFinite(user + system) ? (user + system) * TICK_MS : null;
}

export interface ThreadTime {
  /** On a core, ms. */
  readonly ranMs: number;
  /** Ready to run, while every core was taken by somebody else, ms. */
  readonly waitedMs: number;
}

/** Of the thread with this name that ran the longest; null where it is not known. */
export async function timeOfThread(pid: number, name: string): Promise<ThreadTime | null> {
  const folder = `/proc/${pid}/task`;
  let busiest: ThreadTime | null = null;
  for (const task of await readdir(folder).catch(() => [])) {
    if ((await read(`${folder}/${task}/comm`))?.trim() !== name) continue;
    const [ran, waited] = (await read(`${folder}/${task}/schedstat`))?.split(' ').map(Number) ?? [];
    if (ran === undefined || waited === undefined) continue;
    const time = { ranMs: ran / 1e6, waitedMs: waited / 1e6 };
    if (busiest === null || time.ranMs > busiest.ranMs) busiest = time;
  }
  return busiest;
}

/** Clock ticks a second in /proc: 100 on every Linux that Node runs on (`getconf CLK_TCK`). */
const TICK_MS = 10;
/** Fields 14 and 15 of stat(5), counted after the name in brackets, which may hold anything. */
const USER = 11;
const SYSTEM = 12;

/** Null when there is no such file: another system, or a thread that has ended. */
function read(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}
