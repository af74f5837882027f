/**
 * The process groups of the programs that run, so that none outlives the bot: those that are left when it exits, whatever for,
 * are killed. Killed itself it can do nothing; then its programs see the end of their input.
 */

export interface ChildGroups {
  add(pid: number | undefined): void;
  remove(pid: number | undefined): void;
  /** @returns whether there was such a group that is ours */
  kill(pid: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): boolean;
  /** Kills what is left and lets go of the process. */
  close(): void;
}

export function createChildGroups(): ChildGroups {
  const pids = new Set<number>();

  const kill: ChildGroups['kill'] = (pid, signal) => {
    if (pid === undefined || !pids.has(pid)) return false;
    try {
      // Windows knows no process groups.
      process.kill(process.platform === 'win32' ? pid : -pid, signal);
      return true;
    } catch {
      return false;
    }
  };
  const killAll = (): void => {
    for (const pid of pids) kill(pid, 'SIGKILL');
    pids.clear();
  };

  return {
    add(pid) {
      if (pid === undefined) return;
      if (pids.size === 0) process.on('exit', killAll);
      pids.add(pid);
    },
    remove(pid) {
      if (pid === undefined) return;
      pids.delete(pid);
      if (pids.size === 0) process.off('exit', killAll);
    },
    kill,
    close() {
      killAll();
      process.off('exit', killAll);
    },
  };
}
