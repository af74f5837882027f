import { expect, test } from 'vitest';
import { backLines, HANDLE, panelsIn, stageFor, talking } from '../integration/control/recovery-stage.ts';

test('twenty kills in a row, each in the middle of a conversation: twenty times back in the same room, once a time', async () => {
  const stage = await stageFor();
  const { discord, lounge } = stage;
  let bot = await talking(stage);
  const { id } = bot.rooms.latest();
  for (let kill = 1; kill <= 20; kill++) {
    await bot.kill();
    bot = await stage.start();
    await expect.poll(() => backLines(lounge)).toHaveLength(kill);
    expect(bot.rooms.opened.map((room) => room.id)).toEqual([id]);
    expect(bot.rooms.latest().request.handle?.value).toBe(kill === 1 ? HANDLE.value : `handle-${kill - 1}`);
    bot.rooms.latest().issue({ ...HANDLE, value: `handle-${kill}` });
    await expect.poll(() => stage.rows()).toMatchObject([{ room_id: id, handle: `handle-${kill}` }]);
    expect(discord.control.botChannel()).toBe(lounge);
  }
  expect(panelsIn(lounge)).toHaveLength(1);
  expect(bot.log.messages('error')).toEqual([]);
  expect(discord.violations).toEqual([]);
}, 120_000);
