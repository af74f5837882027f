import { type ExpectStatic, test } from 'vitest';
import { SHORT_ANSWER, startWorld, type World } from './harness.ts';

/** A question of Adam's is heard and answered: the room lives. */
async function talks(
  expect: ExpectStatic,
  { live, say, window, answer }: World,
  adam: Parameters<World['say']>[0],
): Promise<void> {
  const index = live.windows.length;
  live.control.nextAnswers({ kind: 'say', text: SHORT_ANSWER });
  const mark = adam.heard.mark();
  await say(adam, 'something');
  expect((await window(index)).recognition?.best?.id).toBe('something');
  await answer(index);
  await adam.heard.until(({ voiced, flags }) => voiced.length > 0 && flags.at(-1)?.speaking === false, { mark });
}

test.concurrent('moved by a moderator, the bot follows, says there that it listens, and talks on', async (context) => {
  const { expect } = context;
  const world = await startWorld(context);
  const { discord, enter, join, posted } = world;
  const { control } = discord;
  enter('Beth', 'Studio');
  enter('Adam');
  await join('Adam');
  control.move(control.botId, control.channel('Studio'));
  const adam = enter('Adam', 'Studio');
  await discord.voice.call(control.channel('Studio').id)?.until((call) => call.botSecured);
  await expect.poll(() => posted('Studio')).toContain('is listening in');
  await talks(expect, world, adam);
});

test.concurrent('disconnected by a moderator, the room ends and says how to call it back', async (context) => {
  const { expect } = context;
  const { discord, live, enter, join, posted, command } = await startWorld(context);
  const { control } = discord;
  enter('Adam');
  await join('Adam');
  control.move(control.botId, null);
  await expect.poll(() => posted(), { timeout: 10_000 }).toContain('A moderator disconnected me');
  await expect.poll(() => live.openSockets).toBe(0);
  expect(await command('Adam', 'leave')).toBe('I am in no channel.');
});

test.concurrent('when the channel is deleted the room ends without a fuss', async (context) => {
  const { expect } = context;
  const { discord, live, log, enter, join } = await startWorld(context);
  const { control } = discord;
  enter('Adam');
  await join('Adam');
  control.deleteChannel(control.channel('Lounge'));
  await expect.poll(() => live.openSockets, { timeout: 10_000 }).toBe(0);
  expect(log.messages('error')).toEqual([]);
});

test.concurrent('a voice socket that breaks off is resumed, and nobody notices', async (context) => {
  const { expect } = context;
  const world = await startWorld(context);
  const { discord, enter, join } = world;
  const adam = enter('Adam');
  await join('Adam');
  const call = discord.voice.call(discord.control.channel('Lounge').id);
  call?.cutSocket();
  await talks(expect, world, adam);
});

test.concurrent('a voice session that Discord declares invalid is joined anew', async (context) => {
  const { expect } = context;
  const world = await startWorld(context);
  const { discord, enter, join } = world;
  const adam = enter('Adam');
  await join('Adam');
  const call = discord.voice.call(discord.control.channel('Lounge').id);
  call?.closeSocket(4006);
  await call?.until(({ botConnected }) => !botConnected).catch(() => undefined);
  await call?.until(({ botSecured }) => botSecured);
  await talks(expect, world, adam);
});

test.concurrent('another voice server takes over in the middle: the room goes on', async (context) => {
  const { expect } = context;
  const world = await startWorld(context);
  const { discord, enter, join } = world;
  const adam = enter('Adam');
  await join('Adam');
  await discord.control.moveVoiceServer();
  await discord.voice.call(discord.control.channel('Lounge').id)?.until(({ botSecured }) => botSecured);
  await talks(expect, world, adam);
});

test.concurrent('the gateway is cut in mid-conversation: the voice goes on, and commands work again when it is back', async (context) => {
  const { expect } = context;
  const world = await startWorld(context);
  const { discord, enter, join, command } = world;
  const adam = enter('Adam');
  await join('Adam');
  discord.control.gateway.cut();
  await talks(expect, world, adam);
  expect(await command('Adam', 'leave')).toContain('I have left');
});

test.concurrent('people come and go: the call is keyed anew each time, and everybody hears and is heard', async (context) => {
  const { expect } = context;
  const world = await startWorld(context);
  const { discord, enter, join } = world;
  const adam = enter('Adam');
  await join('Adam');
  const call = discord.voice.call(discord.control.channel('Lounge').id);
  enter('Beth');
  await call?.until(({ botSecured, memberIds }) => botSecured && memberIds.length === 2);
  discord.control.person('Beth').leaveVoice();
  await call?.until(({ botSecured, memberIds }) => botSecured && memberIds.length === 1);
  await talks(expect, world, adam);
});

test.concurrent('the last one leaves while the bot is speaking and comes back: it is heard again', async (context) => {
  const world = await startWorld(context);
  const { discord, live, enter, join, say, window } = world;
  enter('Beth');
  const adam = enter('Adam');
  await join('Adam');
  live.control.nextAnswers({ kind: 'long', seconds: 4 });
  await say(adam, 'something');
  const { endedAt } = await window(0);
  await adam.heard.until(({ voiced }) => voiced.some(({ at }) => at > (endedAt ?? 0)));
  discord.control.person('Beth').leaveVoice();
  discord.control.person('Adam').leaveVoice();
  const back = enter('Adam');
  await discord.voice.call(discord.control.channel('Lounge').id)?.until(({ botSecured }) => botSecured);
  await back.heard.until(({ voiced }) => voiced.length > 0);
});
