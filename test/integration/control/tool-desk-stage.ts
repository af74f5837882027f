import { expect } from 'vitest';
import type { MessageState } from '../../../src/rehearsal/discord/world/guild-state.ts';
import type { ToolSpec } from '../../../src/tools/define-tool.ts';
import type { ToolRequest } from '../../../src/types/tools.ts';
import { someTool } from '../../kit/some-tool.ts';
import { answered, type BotOptions, startBot, startDiscord } from './harness.ts';

/** A room in the lounge with Adam and Beth in it; Olive owns the server. */
export async function roomWith(specs: readonly Partial<ToolSpec>[], options: BotOptions = {}) {
  const discord = await startDiscord();
  const ran: unknown[] = [];
  const tools = specs.map((spec) =>
    someTool({
      run: async (args) => {
        ran.push(args);
        return { ran: ran.length };
      },
      ...spec,
    }),
  );
  const bot = await startBot(discord, { tools, ...options });
  const { control } = discord;
  const lounge = control.channel('Lounge');
  const [adam, beth, olive] = [control.person('Adam'), control.person('Beth'), control.person('Olive')];
  adam.joinVoice(lounge);
  beth.joinVoice(lounge);
  await adam.command('join').until(answered);
  const room = bot.rooms.latest();
  let number = 0;
  const request = (more: Partial<ToolRequest> = {}): ToolRequest => ({
    callId: `call-${number++}`,
    name: 'some_tool',
    args: {},
    actorIds: [adam.id],
    deadlineAt: performance.timeOrigin + performance.now() + 40_000,
    ...more,
  });
  /** What the room is told came of a call. */
  const outcomeOf = async (more: Partial<ToolRequest> = {}): Promise<unknown> => {
    const asked = request(more);
    room.tells({ type: 'toolCall', roomId: room.id, request: asked });
    return resultOf(asked.callId);
  };
  const resultOf = async (callId: string): Promise<unknown> => {
    const find = () => room.toolResults.find((it) => it.callId === callId);
    await expect.poll(find).toBeDefined();
    return find()?.outcome;
  };
  /** The same, to be waited for later. */
  const begin = (more: Partial<ToolRequest> = {}) => {
    const asked = request(more);
    room.tells({ type: 'toolCall', roomId: room.id, request: asked });
    return { callId: asked.callId, outcome: () => resultOf(asked.callId) };
  };
  const question = (): Promise<MessageState> => adam.reads(lounge, ({ content }) => content.startsWith('❓'));
  return { ...bot, discord, control, lounge, room, adam, beth, olive, ran, outcomeOf, begin, question };
}

/** The custom id of a button by what is on it. */
export function buttonOf({ components }: MessageState, label: string): string {
  const [row] = components as { components: { label: string; custom_id: string }[] }[];
  const button = row?.components.find((it) => it.label === label);
  if (button === undefined) throw new Error(`there is no button ${label}`);
  return button.custom_id;
}
