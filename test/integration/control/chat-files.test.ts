import sharp from 'sharp';
import { expect, test } from 'vitest';
import { encodeVoice } from '../../../src/chat/media/encode-voice.ts';
import type { VoiceRecording } from '../../../src/rehearsal/discord/people/person.ts';
import { chatStage } from './chat-stage.ts';
import { answered, words } from './harness.ts';

/** A plain picture. */
async function picture(width: number, height: number, format: 'png' | 'jpeg' | 'webp' | 'gif' = 'png') {
  const image = sharp({ create: { width, height, channels: 3, background: 'teal' } });
  const bytes = await image.toFormat(format).toBuffer();
  return { name: `picture.${format}`, contentType: `image/${format}`, bytes };
}

/** A second of a tone, as a client records it. */
async function recording(seconds = 1): Promise<VoiceRecording> {
  const pcm = Int16Array.from({ length: 24_000 * seconds }, (_, i) => Math.round(8_000 * Math.sin(i / 20)));
  const voice = await encodeVoice(pcm);
  if (!voice.ok) throw new Error(voice.reason);
  return { bytes: voice.file, durationSecs: voice.durationSecs, waveform: voice.waveform };
}

test('pictures with words are one turn with the pictures as jpegs, as large as /images says', async () => {
  const { discord, calls, asked, answer, command } = await chatStage();
  const files = [await picture(2000, 1000), await picture(300, 200, 'webp'), await picture(400, 1600, 'gif')];
  calls('Adam', 'What are these?', undefined, { files });
  const turn = await asked();
  expect(turn.text).toBe('What are these?');
  const sizes = await Promise.all(turn.images.map(async ({ jpeg }) => sharp(jpeg).metadata()));
  expect(sizes.map(({ format, width, height }) => [format, width, height])).toEqual([
    ['jpeg', 768, 384],
    ['jpeg', 300, 200],
    ['jpeg', 192, 768],
  ]);
  await answer('Colours.');
  await expect(command('Adam', 'images', { options: { resolution: 'low' } })).rejects.toThrow('does not see images');
  expect(await command('Mona', 'images', { options: { resolution: 'low' } })).toContain('**Low: what there is to see');
  expect(await command('Mona', 'images', { options: { resolution: 'low' } })).toContain('That is so already');
  calls('Adam', 'And now?', undefined, { files: [await picture(2000, 1000)] });
  const [small] = (await asked()).images;
  expect((await sharp(small?.jpeg).metadata()).width).toBe(384);
  expect(discord.violations).toEqual([]);
});

test('a picture that is shown in the chat of the voice channel is looked at there; with words it is a question', async () => {
  const { lounge, general, calls, join, asked, person, bot } = await chatStage({ intent: true });
  const room = await join();
  person('Adam').write(lounge, '', { files: [await picture(100, 100)] });
  await expect.poll(() => room.typing.images).toHaveLength(1);
  calls('Beth', '', lounge, { files: [await picture(100, 100), await picture(50, 50)] });
  await expect.poll(() => room.typing.images).toHaveLength(3);
  expect(room.typing.turns).toEqual([]);
  person('Adam').write(lounge, 'Look at this', { files: [await picture(100, 100)] });
  expect(await asked(room)).toMatchObject({ text: 'Adam: Look at this', images: [{}] });
  calls('Beth', '', general, { files: [await picture(100, 100)] });
  expect(await asked()).toMatchObject({ text: '', images: [{}] });
  expect(bot.rooms.openedText).toHaveLength(1);
});

test('/ask takes a picture', async () => {
  const { person, asked, answer } = await chatStage();
  const watch = person('Adam').command('ask', {
    options: { text: 'What is it?', image: await picture(40, 20, 'jpeg') },
  });
  expect((await asked()).images).toHaveLength(1);
  await answer('Teal.');
  expect(words(await watch.until(answered))).toBe('> What is it\\?\nTeal.');
});

test('what is no picture, too large, too many pixels or damaged is told in plain words, and nothing is asked', async () => {
  const { discord, general, calls, person, bot, said, skip } = await chatStage();
  const bomb = await sharp({ create: { width: 8000, height: 5000, channels: 3, background: 'black' } })
    .png()
    .toBuffer();
  const cases = [
    ['Make it smaller', { name: 'bomb.png', contentType: 'image/png', bytes: bomb }],
    ['calls itself a picture', { name: 'x.png', contentType: 'image/png', bytes: Buffer.from('MZ this is a program') }],
    ['damaged', { name: 'half.png', contentType: 'image/png', bytes: (await picture(500, 500)).bytes.subarray(0, 60) }],
    ['up to 8 MB', { name: 'big.png', contentType: 'image/png', bytes: Buffer.alloc(8_000_001) }],
    ['something else', { name: 'x.svg', contentType: 'image/svg+xml', bytes: Buffer.from('<svg/>') }],
  ] as const;
  for (const [told, file] of cases) {
    calls('Adam', 'What is this?', undefined, { files: [file] });
    await said(general, expect.stringContaining(told));
    skip(61_000);
  }
  const watch = person('Adam').command('ask', { options: { text: 'And this?', image: cases[1][1] } });
  expect(words(await watch.until(answered))).toBe('That file calls itself a picture, but it is none.');
  calls('Adam', '', undefined, {
    files: [{ name: 'a.pdf', contentType: 'application/pdf', bytes: Buffer.from('%PDF') }],
  });
  await said(general, expect.stringContaining('not at this file'));
  expect(bot.rooms.openedText).toEqual([]);
  expect(discord.violations).toEqual([]);
});

test('a voice message is heard as one window, answered in writing, and with a voice message where nobody speaks', async () => {
  const { discord, bot, general, calls, person, asked, answer, said } = await chatStage();
  calls('Adam', 'Hello');
  await answer('Hello.');
  const replyTo = await said(general, 'Hello.');
  person('Adam').sendVoice(general, await recording(), { replyTo });
  const turn = await asked();
  expect(turn).toMatchObject({ text: '', wantsSound: true });
  expect(Math.abs((turn.speech?.length ?? 0) - 16_000)).toBeLessThan(400);
  const { typing } = bot.rooms.latestText();
  typing.sound(turn.turnId, new Int16Array(24_000).fill(1_000), false);
  await answer('That was a tone.');
  typing.sound(turn.turnId, new Int16Array(12_000).fill(1_000), true);
  const voices = () =>
    general.messages.filter(({ author, attachments }) => author.id === discord.control.botId && attachments.length > 0);
  await expect.poll(() => voices().map(({ attachments }) => attachments[0]?.durationSecs)).toEqual([1.5]);
  const [voice] = voices();
  expect(voice).toMatchObject({ flags: 1 << 13, content: '', mentions: [] });
  expect(voice?.attachments[0]?.contentType).toBe('audio/ogg');
  expect(Buffer.from(voice?.attachments[0]?.waveform ?? '', 'base64').length).toBe(15);
  expect(discord.violations).toEqual([]);
});

test('without the permission for voice messages the answer is written, and says what it lacks', async () => {
  const { discord, general, calls, person, asked, answer, said } = await chatStage();
  calls('Adam', 'Hello');
  await answer('Hello.');
  const replyTo = await said(general, 'Hello.');
  discord.control.overwriteBot(general, { deny: ['SendVoiceMessages'] });
  person('Adam').sendVoice(general, await recording(), { replyTo });
  expect((await asked()).wantsSound).toBe(false);
  await answer('That was a tone.');
  await said(
    general,
    'That was a tone.\n-# I would have answered with a voice message too, but here I lack **Send Voice Messages**.',
  );
  expect(discord.violations).toEqual([]);
});

test('in the voice room a voice message is part of the conversation, spoken about and not answered with another', async () => {
  const { lounge, join, person, asked } = await chatStage({ intent: true });
  const room = await join();
  person('Adam').sendVoice(lounge, await recording());
  expect(await asked(room)).toMatchObject({ text: 'Adam has sent a voice message.', wantsSound: false });
});

test('a voice message that is cut off is heard as far as it goes; one that is none is told so', async () => {
  const { general, calls, person, asked, answer, said, skip } = await chatStage();
  calls('Adam', 'Hello');
  await answer('Hello.');
  const replyTo = await said(general, 'Hello.');
  const whole = await recording(4);
  const cut = { ...whole, bytes: whole.bytes.subarray(0, Math.round(whole.bytes.length * 0.7)) };
  person('Adam').sendVoice(general, cut, { replyTo });
  const turn = await asked();
  expect(turn.text).toContain('the file is not complete');
  expect(turn.speech?.length).toBeGreaterThan(16_000);
  await answer('I heard the beginning.');
  skip(61_000);
  person('Adam').sendVoice(general, { ...whole, bytes: Buffer.from('OggS no more') }, { replyTo });
  await said(general, expect.stringContaining('damaged'));
});
