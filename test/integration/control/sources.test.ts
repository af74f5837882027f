import { expect, test } from 'vitest';
import { answered, posted, startBot, startDiscord } from './harness.ts';

async function inRoom(locale?: string) {
  const discord = await startDiscord();
  const bot = await startBot(discord);
  const { control } = discord;
  const lounge = control.channel('Lounge');
  control.person('Adam').joinVoice(lounge);
  await control.person('Adam').command('join').until(answered);
  if (locale !== undefined) {
    await control
      .person('Adam')
      .command('language', { options: { code: locale } })
      .until(answered);
  }
  const room = bot.rooms.latest();
  const last = () => lounge.messages.at(-1);
  return { discord, control, lounge, room, last };
}

const sources = {
  type: 'sources',
  queries: ['how high is mont blanc'],
  sources: [
    { uri: 'https://a.example/x', title: 'a.example' },
    { uri: 'https://b.example/y', title: '@everyone b' },
  ],
} as const;

test('the sources of an answer are posted in the room’s channel: links, the suggestions of Google, no previews, no pings', async () => {
  const { room, lounge, last, discord } = await inRoom();
  room.tells({ ...sources, roomId: room.id });
  await expect.poll(() => posted(lounge).at(-1)).toContain('Sources');
  expect(last()?.content).toContain('[a\\.example](<https://a.example/x>)');
  expect(last()?.content).toContain('(<https://www.google.com/search?q=how+high+is+mont+blanc>)');
  // SUPPRESS_EMBEDS
  expect((last()?.flags ?? 0) & 4).toBe(4);
  expect(last()?.mentionEveryone).not.toBe(true);
  expect(discord.violations).toEqual([]);
});

test('in the language that the room speaks, and one after the other in the order in which they came', async () => {
  const { room, lounge } = await inRoom('de');
  room.tells({ type: 'code', roomId: room.id, language: 'python', code: 'print(1)', outcome: 'ok', output: '1' });
  room.tells({ ...sources, roomId: room.id });
  await expect.poll(() => posted(lounge).at(-1)).toContain('Quellen');
  expect(posted(lounge).at(-2)).toContain('Ich habe diesen Code ausgeführt');
});

test('code is posted in blocks; too long for that, in a file; where no file may be attached, as much as fits', async () => {
  const { room, lounge, last, control, discord } = await inRoom();
  const run = { type: 'code', roomId: room.id, language: 'python', outcome: 'ok', output: '11311' } as const;
  room.tells({ ...run, code: 'print(11311)' });
  await expect.poll(() => last()?.content).toContain('```python\nprint(11311)\n```');
  const code = 'print(11311)\n'.repeat(300);
  room.tells({ ...run, code });
  await expect.poll(() => posted(lounge).at(-1)).toContain('`code.py`');
  expect(last()?.attachments.map(({ filename }) => filename)).toEqual(['code.py']);
  for (const channel of [lounge, control.channel('general')]) control.overwriteBot(channel, { deny: ['AttachFiles'] });
  room.tells({ ...run, code });
  await expect.poll(() => posted(lounge).at(-1)).toContain('I may not attach files here');
  expect(discord.violations).toEqual([]);
});
