/**
 * Notices when a room has been without people for so long that it should end. Bots are no company.
 */
import type { Clock, Timer } from '../types/clock.ts';

/** Long enough to fall out of the call and come back; every minute alone costs the server's talking time. */
export const ALONE_MS = 60_000;

export interface CompanyWatch {
  /** How many people are in the room's channel now. */
  update(roomId: string, people: number): void;
  forget(roomId: string): void;
  close(): void;
}

export function createCompanyWatch(clock: Clock, onAlone: (roomId: string) => void): CompanyWatch {
  const waiting = new Map<string, Timer>();
  const forget = (roomId: string): void => {
    waiting.get(roomId)?.cancel();
    waiting.delete(roomId);
  };
  return {
    update(roomId, people) {
      if (people > 0) return forget(roomId);
      if (waiting.has(roomId)) return;
      const timer = clock.after(ALONE_MS, () => {
        waiting.delete(roomId);
        onAlone(roomId);
      });
      waiting.set(roomId, timer);
    },
    forget,
    close() {
      for (const roomId of [...waiting.keys()]) forget(roomId);
    },
  };
}
