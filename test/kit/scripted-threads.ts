import type { RoomCommand, RoomEvent } from '../../src/room/protocol.ts';
import type { StartThread, ThreadListener } from '../../src/room/thread.ts';

/** One thread that does nothing by itself: the test says what it tells and when it dies. */
export interface ScriptedThread {
  readonly generation: number;
  readonly commands: RoomCommand[];
  readonly terminated: boolean;
  says(event: RoomEvent): void;
  beats(): void;
  dies(error?: unknown): void;
}

export interface ScriptedThreads {
  readonly start: StartThread;
  readonly all: readonly ScriptedThread[];
}

export function createScriptedThreads(): ScriptedThreads {
  const all: ScriptedThread[] = [];
  return {
    all,
    start({ generation }, listener: ThreadListener) {
      const commands: RoomCommand[] = [];
      let terminated = false;
      all.push({
        generation,
        commands,
        get terminated() {
          return terminated;
        },
        says: (event) => listener.message({ generation, kind: 'event', event }),
        beats: () => listener.message({ generation, kind: 'beat', lagMs: 1 }),
        dies: (error = new Error('killed by the test')) => listener.exited(error),
      });
      return {
        post: (command) => void commands.push(structuredClone(command)),
        terminate: async () => {
          terminated = true;
          listener.exited(null);
        },
      };
    },
  };
}
