import { expect, test } from 'vitest';
import { lengthOff, SHORT_ANSWER, startWorld } from './harness.ts';

test.concurrent('what is said reaches the Live side whole, and its answer is heard whole, encrypted, from the first word to the last', async (context) => {
  const { discord, live, enter, join, say, window, answer } = await startWorld(context);
  const adam = enter('Adam');
  await join('Adam');
  const mark = adam.heard.mark();
  live.control.nextAnswers({ kind: 'say', text: SHORT_ANSWER });
  await say(adam, 'goforward');
  const heard = await window(0);
  expect(heard.recognition?.best).toMatchObject({ id: 'goforward', verdict: 'whole' });
  expect(Math.abs(lengthOff(heard))).toBeLessThanOrEqual(60);
  const { audioMs, words } = await answer(0);
  expect(words).toContain('Yes');
  const isAnswer = (at: number): boolean => at > (heard.endedAt ?? 0);
  const span = await adam.heard.until(
    ({ voiced, flags }) => voiced.some(({ at }) => isAnswer(at)) && flags.at(-1)?.speaking === false,
    { mark },
  );
  const voiced = span.voiced.filter(({ at }) => isAnswer(at));
  expect(voiced.every(({ encrypted, pcm }) => encrypted === 'dave' && pcm !== null)).toBe(true);
  expect(Math.abs(voiced.length * 20 - audioMs)).toBeLessThanOrEqual(40);
  expect(live.windows).toHaveLength(1);
  expect(discord.voice.call(discord.control.channel('Lounge').id)?.privacyCode).toMatch(/^\d{30}$/);
});

test.concurrent('the setup is what the design says: model, one modality, a voice, both transcriptions, no automatic detection, compression, resumption', async (context) => {
  const { live, enter, join } = await startWorld(context);
  enter('Adam');
  await join('Adam');
  expect(live.setups).toMatchObject([
    {
      model: 'models/gemini-3.8-live',
      generationConfig: {
        responseModalities: ['AUDIO'],
        speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: expect.any(String) } } },
      },
      inputAudioTranscription: {},
      outputAudioTranscription: {},
      realtimeInputConfig: { automaticActivityDetection: { disabled: true } },
      sessionResumption: {},
      contextWindowCompression: { triggerTokens: '16000', slidingWindow: { targetTokens: '8000' } },
    },
  ]);
});

test.concurrent('two speakers one after the other are two windows, each recognised as what it was', async (context) => {
  const { live, enter, join, say, window, answer } = await startWorld(context);
  const [adam, beth] = [enter('Adam'), enter('Beth')];
  await join('Adam');
  live.control.nextAnswers({ kind: 'nothing' }, { kind: 'nothing' });
  await say(adam, 'goforward');
  await answer(0);
  await say(beth, 'bring');
  const second = await window(1);
  expect((await window(0)).recognition?.best?.id).toBe('goforward');
  expect(second.recognition?.best).toMatchObject({ id: 'bring', verdict: 'whole' });
});

test.concurrent('two who speak at once are one window with both in it', async (context) => {
  const { live, enter, join, say, window } = await startWorld(context);
  const [adam, beth] = [enter('Adam'), enter('Beth')];
  await join('Adam');
  live.control.nextAnswers({ kind: 'nothing' });
  await Promise.all([say(adam, 'something'), say(beth, 'story')]);
  const { recognition } = await window(0);
  const ids = [recognition?.best, ...(recognition?.others ?? [])].map((heard) => heard?.id);
  expect(ids).toContain('something');
  expect(ids).toContain('story');
  expect(live.windows).toHaveLength(1);
});

test.concurrent('another bot in the channel is never heard', async (context) => {
  const { live, enter, join, say, window } = await startWorld(context, {
    guilds: [
      {
        channels: [{ name: 'general' }, { name: 'Lounge', kind: 'voice' }],
        people: [{ name: 'Adam' }, { name: 'Jukebox', bot: true }],
      },
    ],
  });
  const [adam, jukebox] = [enter('Adam'), enter('Jukebox')];
  await join('Adam');
  live.control.nextAnswers({ kind: 'nothing' });
  await say(jukebox, 'story');
  await say(adam, 'goforward');
  expect((await window(0)).recognition).toMatchObject({ best: { id: 'goforward' }, others: [] });
});

test.concurrent('an empty answer is an answer: the bot stays silent and listens on', async (context) => {
  const { live, enter, join, say, window, answer } = await startWorld(context);
  const adam = enter('Adam');
  await join('Adam');
  live.control.nextAnswers({ kind: 'nothing' });
  await say(adam, 'goforward');
  expect((await window(0)).answer?.audioMs ?? 0).toBe(0);
  live.control.nextAnswers({ kind: 'say', text: SHORT_ANSWER });
  await say(adam, 'something');
  expect((await window(1)).recognition?.best?.id).toBe('something');
  expect((await answer(1)).audioMs).toBeGreaterThan(0);
});
