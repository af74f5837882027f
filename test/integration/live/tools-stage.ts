/**
 * A real room on a loopback Live, in a voice channel that it never gets into; the test types, and executes what the model calls.
 */
import { expect, onTestFinished } from 'vitest';
import type { LoopbackLiveEvent } from '../../../src/rehearsal/live/live-event.ts';
import { HALF_CASCADE, SERVED_MODELS } from '../../../src/rehearsal/live/models.ts';
import { createRoomHost } from '../../../src/room/host.ts';
import type { RoomCommand, RoomEvent } from '../../../src/room/protocol.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import type { ToolDeclaration, ToolOutcome, ToolRequest } from '../../../src/types/tools.ts';
import { createSkippingClock } from '../voice/skipping-clock.ts';
import { startQuickLive } from './harness.ts';

export const MODELS = [...SERVED_MODELS, HALF_CASCADE];

type EventOf<Type extends RoomEvent['type']> = Extract<RoomEvent, { type: Type }>;

export interface ToolRoomOptions {
  readonly model?: string;
  readonly tools?: readonly ToolDeclaration[];
  readonly live?: Parameters<typeof startQuickLive>[0];
  /** Of the guild. */
  readonly switches?: Readonly<Record<string, boolean>>;
}

export async function startToolRoom(options: ToolRoomOptions = {}) {
  const { model = 'gemini-3.8-live', tools = [], switches = {} } = options;
  const live = await startQuickLive({ models: MODELS, ...options.live });
  onTestFinished(() => live.close());
  const happened: LoopbackLiveEvent[] = [];
  live.on((event) => happened.push(event));
  const clock = createSkippingClock();
  const events: RoomEvent[] = [];
  const host = await createRoomHost({
    start: { generation: 1, tuning: { voiceActivity: 'energy', turnDetection: 'manual', live: {} } },
    clock,
    say: (message) => message.kind === 'event' && events.push(message.event),
  });
  onTestFinished(() => host.close());
  const settings = { ...DEFAULT_SETTINGS, tools: switches };
  const order = (command: RoomCommand): void => host.command(command);
  order({
    type: 'open',
    roomId: 'r1',
    guildId: '1',
    channelId: '2',
    channelKind: 'voice',
    selfId: '3',
    selfName: 'Parley',
    roster: [],
    settings,
    revision: 1,
    tools,
    live: { apiKey: 'a-key', baseUrl: live.url, model },
    handle: null,
    seed: [],
  });
  const told = <Type extends RoomEvent['type']>(type: Type): EventOf<Type>[] =>
    events.filter((event): event is EventOf<Type> => event.type === type);
  const until = async <Type extends RoomEvent['type']>(type: Type, count = 1): Promise<EventOf<Type>[]> => {
    await expect.poll(() => told(type).length).toBeGreaterThanOrEqual(count);
    return told(type);
  };
  const seen = (type: LoopbackLiveEvent['type']): number => happened.filter((event) => event.type === type).length;
  const untilSeen = (type: LoopbackLiveEvent['type'], count = 1) =>
    expect.poll(() => seen(type)).toBeGreaterThanOrEqual(count);
  await until('session');
  return {
    live,
    clock,
    told,
    until,
    untilSeen,
    say: (text: string) => order({ type: 'say', roomId: 'r1', text }),
    order,
    settings,
    /** The calls that the room has handed over, once there are so many. */
    calls: async (count = 1): Promise<ToolRequest[]> => (await until('toolCall', count)).map(({ request }) => request),
    answer: ({ callId }: ToolRequest, outcome: ToolOutcome) =>
      order({ type: 'toolResult', roomId: 'r1', callId, outcome }),
    /** The model has said so. */
    untilSaid: (words: string) =>
      expect
        .poll(() => happened.map((event) => (event.type === 'outputTranscription' ? event.text : '')).join(''))
        .toContain(words),
    /** Responses that the service got and did not ignore, in order. */
    responses: () =>
      happened.flatMap((event) => (event.type === 'toolResponse' && !event.ignored ? [event.response] : [])),
    rejected: () => happened.filter(({ type }) => type === 'rejected'),
  };
}
