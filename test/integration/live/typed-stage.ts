/**
 * A room of a text channel over a real socket to the loopback Live, with all that it tells.
 */
import { expect, onTestFinished } from 'vitest';
import type { LoopbackLiveOptions } from '../../../src/rehearsal/live/loopback-live.ts';
import { createRoomHost } from '../../../src/room/host.ts';
import type { OpenTextRoom, RoomCommand, RoomEvent } from '../../../src/room/protocol.ts';
import { systemClock } from '../../../src/types/clock.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import type { TypedAnswer, TypedTurn } from '../../../src/types/typed-turn.ts';
import { startQuickLive } from './harness.ts';

export const typed = (turnId: string, text: string, more: Partial<TypedTurn> = {}): TypedTurn => ({
  ...{ turnId, text, authorIds: ['ada'], images: [], context: [], speech: null, wantsSound: false },
  ...more,
});

export const openingOf = (baseUrl: string, model = 'gemini-3.8-live'): OpenTextRoom => ({
  ...{ roomId: 'r1', guildId: '1', channelId: '2', selfId: '3', selfName: 'Parley', tools: [] },
  settings: DEFAULT_SETTINGS,
  revision: 8,
  live: { apiKey: 'a-key', baseUrl, model },
  handle: null,
  seed: [],
});

export interface TextStage extends Partial<LoopbackLiveOptions> {
  readonly opening?: Partial<OpenTextRoom>;
  readonly model?: string;
}

export async function startTextRoom({ opening, model, ...options }: TextStage = {}) {
  const live = await startQuickLive(options);
  onTestFinished(() => live.close());
  const events: RoomEvent[] = [];
  const host = await createRoomHost({
    start: { generation: 1, tuning: { voiceActivity: 'energy', turnDetection: 'manual', live: {} } },
    clock: systemClock,
    say: (message) => message.kind === 'event' && events.push(message.event),
  });
  onTestFinished(() => host.close());
  host.command({ type: 'openText', ...openingOf(live.url, model), ...opening });
  const answersTo = (turnId: string): readonly TypedAnswer[] =>
    events.flatMap((event) => (event.type === 'typedAnswer' && event.turnId === turnId ? [event.answer] : []));
  return {
    live,
    events,
    told: <Type extends RoomEvent['type']>(type: Type) =>
      events.filter((event): event is Extract<RoomEvent, { type: Type }> => event.type === type),
    answersTo,
    order: (command: RoomCommand) => host.command(command),
    ask: (turn: TypedTurn) => host.command({ type: 'typed', roomId: 'r1', turn }),
    /** The last of the answer, as soon as it is there. */
    async last(turnId: string): Promise<TypedAnswer | undefined> {
      await expect.poll(() => answersTo(turnId).at(-1)?.status ?? 'growing', { timeout: 10_000 }).not.toBe('growing');
      return answersTo(turnId).at(-1);
    },
  };
}
