import sharp from 'sharp';
import { expect, test } from 'vitest';
import { decodeVoice } from '../../src/chat/media/decode-voice.ts';
import { waveformOf } from '../../src/chat/media/waveform.ts';
import type { MessageState } from '../../src/rehearsal/discord/world/guild-state.ts';
import { SHORT_ANSWER, spoken, startWorld, type World } from '../e2e/harness.ts';
import { voiceMessage } from '../unit/chat/media/voice-message.ts';

/** The bot's message in a channel that is as wanted. */
function said({ discord: { control } }: World, channel: string, wanted: RegExp): Promise<MessageState> {
  const isIt = ({ author, content }: MessageState): boolean => author.id === control.botId && wanted.test(content);
  return control.person('Adam').reads(control.channel(channel), isIt);
}

const calls = ({ discord: { control } }: World, text: string, channel = 'general') =>
  control.person('Adam').write(control.channel(channel), `<@${control.botId}> ${text}`);

test.concurrent('a question in a text channel is answered in writing, over a session of its own, and nothing is spoken', async (context) => {
  const world = await startWorld(context);
  const { discord, live } = world;
  live.control.nextAnswers({ kind: 'say', text: SHORT_ANSWER }, { kind: 'say', text: 'Until tomorrow.' });
  const question = calls(world, 'Will it rain?');
  const answer = await said(world, 'general', /^Yes, of course\.?$/);
  expect(answer.replyTo?.id).toBe(question.id);
  const watch = discord.control.person('Beth').command('ask', { options: { text: 'How long?' } });
  const done = await watch.until(({ messages }) => messages[0]?.content.includes('tomorrow') === true, 20_000);
  expect(done.messages[0]?.content).toMatch(/^> How long\\\?\nUntil tomorrow\.?$/);
  expect(live.setups).toHaveLength(1);
  expect(discord.control.botChannel()).toBeNull();
});

test.concurrent('what is typed in the chat of the voice channel is spoken aloud, and posted as it is spoken', async (context) => {
  const world = await startWorld(context);
  const { live, enter, join } = world;
  const adam = enter('Adam');
  await join('Adam');
  const mark = adam.heard.mark();
  live.control.nextAnswers({
    kind: 'say',
    text: 'It will rain all day and all night, and then the sun will shine again.',
  });
  calls(world, 'Will it rain?', 'Lounge');
  await said(world, 'Lounge', /^It will/);
  await said(world, 'Lounge', /shine again\.?$/);
  const span = await adam.heard.until(({ voiced, flags }) => voiced.length > 50 && flags.at(-1)?.speaking === false, {
    mark,
  });
  expect(span.voiced.every(({ encrypted }) => encrypted === 'dave')).toBe(true);
});

/** A picture to upload. */
async function picture(width: number, height: number) {
  const bytes = await sharp({ create: { width, height, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  return { name: 'teal.png', contentType: 'image/png', bytes };
}

test.concurrent('a picture reaches the model with its question, as a jpeg of the size that was chosen', async (context) => {
  const world = await startWorld(context);
  const { discord, live } = world;
  const { control } = discord;
  const seen: unknown[] = [];
  live.on((event) => {
    if (event.type === 'clientContent') seen.push(...event.images);
  });
  live.control.nextAnswers({ kind: 'say', text: SHORT_ANSWER });
  const files = [await picture(1200, 900), await picture(90, 60)];
  control.person('Adam').write(control.channel('general'), `<@${control.botId}> Are they teal?`, { files });
  await said(world, 'general', /^Yes/);
  expect(seen).toMatchObject([
    { mimeType: 'image/jpeg', width: 768, height: 576 },
    { mimeType: 'image/jpeg', width: 90, height: 60 },
  ]);
});

test.concurrent('a picture that is shown in the voice channel’s chat is seen in what is said next', async (context) => {
  const world = await startWorld(context);
  const { discord, live, enter, join, say, answer } = world;
  const { control } = discord;
  const seen: unknown[] = [];
  live.on((event) => {
    if (event.type === 'image') seen.push([event.window, event.image.width]);
  });
  const adam = enter('Adam');
  await join('Adam');
  live.control.nextAnswers({ kind: 'say', text: SHORT_ANSWER });
  const files = [await picture(400, 300)];
  control.person('Adam').write(control.channel('Lounge'), `<@${control.botId}>`, { files });
  await say(adam, 'something');
  await answer(0);
  expect(seen).toEqual([[0, 400]]);
});

test.concurrent('a voice message is heard as it was spoken, and answered in writing and with a voice message', async (context) => {
  const world = await startWorld(context);
  const { discord, live, window } = world;
  const { control } = discord;
  live.control.nextAnswers({ kind: 'say', text: 'Hello.' }, { kind: 'say', text: SHORT_ANSWER });
  calls(world, 'Hello');
  const replyTo = await said(world, 'general', /^Hello/);
  const pcm = await spoken('goforward');
  const recording = {
    bytes: await voiceMessage(pcm),
    durationSecs: pcm.length / 48_000,
    waveform: waveformOf(pcm, 48_000),
  };
  const general = control.channel('general');
  control.person('Adam').sendVoice(general, recording, { replyTo });
  expect((await window(0)).recognition?.best).toMatchObject({ id: 'goforward', verdict: 'whole' });
  await said(world, 'general', /^Yes, of course\.?$/);
  const isVoice = ({ author, flags }: MessageState): boolean =>
    author.id === control.botId && (flags & (1 << 13)) !== 0;
  const voice = await control.person('Adam').reads(general, isVoice);
  const [file] = voice.attachments;
  const decoded = await decodeVoice(file?.bytes ?? new Uint8Array());
  if (!decoded.ok) throw new Error(decoded.reason);
  expect(Math.abs(decoded.durationMs - (file?.durationSecs ?? 0) * 1_000)).toBeLessThan(25);
  expect(decoded.durationMs).toBeGreaterThan(300);
  expect(discord.control.botChannel()).toBeNull();
});

test.concurrent('a barge-in cuts the answer to what was typed, where it stands and where it sounds', async (context) => {
  const world = await startWorld(context);
  const { live, enter, join, say, window } = world;
  const adam = enter('Adam');
  await join('Adam');
  const long = Array.from({ length: 12 }, (_, n) => `This is sentence number ${n + 1} of a very long story.`).join(' ');
  live.control.nextAnswers({ kind: 'say', text: long }, { kind: 'nothing' });
  calls(world, 'Tell us a story.', 'Lounge');
  await said(world, 'Lounge', /^This is/);
  await say(adam, 'goforward');
  await window(0);
  const cut = await said(world, 'Lounge', /\n-# Cut off here\.$/);
  expect(cut.content.length).toBeLessThan(long.length);
  expect(long.startsWith(cut.content.split('\n-#')[0]?.trim() ?? 'x')).toBe(true);
});
