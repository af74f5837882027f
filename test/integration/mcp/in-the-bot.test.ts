import { expect, test } from 'vitest';
import { systemClock } from '../../../src/types/clock.ts';
import { answered, startBot, startDiscord, words } from '../control/harness.ts';
import { EVERYTHING, isAlive, probe } from './hosted.ts';

/** Adam has called a bot with these servers into the lounge; the owner, Olive, may switch tools. */
async function joined(mcpServers: object) {
  const discord = await startDiscord();
  const bot = await startBot(discord, {
    env: { MCP_CONFIG: 'mcp.json' },
    readFile: () => JSON.stringify({ mcpServers }),
  });
  const { control } = discord;
  const lounge = control.channel('Lounge');
  const [adam, olive] = [control.person('Adam'), control.person('Olive')];
  adam.joinVoice(lounge);
  await adam.command('join').until(answered);
  const room = bot.rooms.latest();

  const tools = async (subcommand: string, name?: string): Promise<string> => {
    const options = name === undefined ? {} : { options: { name } };
    return words(await olive.command('tools', { subcommand, ...options }).until(answered));
  };
  let calls = 0;
  return {
    ...{ bot, discord, lounge, adam },
    tools,
    /** Waits for a server to be there, and switches its tool on. */
    switchOn: async (name: string): Promise<void> => {
      await expect.poll(() => tools('enable', name)).toContain('switched on');
    },
    /** What the model is told when Adam asks for it. */
    call: async (name: string, args: Readonly<Record<string, unknown>> = {}): Promise<unknown> => {
      const callId = `call-${++calls}`;
      const deadlineAt = systemClock.now() + 40_000;
      room.tells({
        type: 'toolCall',
        roomId: room.id,
        request: { callId, name, args, actorIds: [adam.id], deadlineAt },
      });
      const result = () => room.toolResults.find((it) => it.callId === callId)?.outcome;
      await expect.poll(result).toBeDefined();
      return result();
    },
  };
}

test('a tool of a server is listed as off, switched on by its name, called, and its answer told to the model', async () => {
  const it = await joined({ everything: { command: process.execPath, args: [EVERYTHING, 'stdio'] } });
  expect(await it.call('everything__get_sum', { a: 19, b: 23 })).toHaveProperty('error');
  await it.switchOn('everything__get-sum');
  expect(it.bot.rooms.latest().given.tools).toEqual({ everything__get_sum: true });
  expect(await it.call('everything__get_sum', { a: 19, b: 23 })).toMatchObject({ output: expect.stringMatching(/42/) });
  // What breaks the schema never reaches the server.
  expect(await it.call('everything__get_sum', { a: 19 })).toHaveProperty('error');
  expect(it.discord.violations).toEqual([]);
});

test('a tool that may destroy something waits for a press on a button', async () => {
  const it = await joined({ probe: probe() });
  await it.switchOn('probe__identity');
  const call = it.call('probe__identity');
  const question = () =>
    it.lounge.messages.find(({ components }) => /tool:[^"]+:allow/.test(JSON.stringify(components)));
  await expect.poll(question).toBeDefined();
  const asked = question();
  const [allow] = /tool:[^"]+:allow/.exec(JSON.stringify(asked?.components)) ?? [];
  if (asked === undefined || allow === undefined) throw new Error('nobody was asked');
  await it.adam.click(asked, allow).until(answered);
  expect(await call).toMatchObject({ output: expect.stringContaining('"pid"') });
});

test('a bot that ends leaves none of its servers behind, and starts without waiting for one that hangs', async () => {
  const it = await joined({
    probe: { ...probe(), alwaysAllow: ['identity'] },
    hangs: { command: process.execPath, args: ['-e', 'setInterval(() => undefined, 60_000)'] },
  });
  await it.switchOn('probe__identity');
  const { output } = (await it.call('probe__identity')) as { readonly output: string };
  const { pid } = JSON.parse(output) as { readonly pid: number };
  await it.bot.parley.close();
  await expect.poll(() => isAlive(pid)).toBe(false);
});
