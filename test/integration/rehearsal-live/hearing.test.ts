import type { LiveConnectConfig } from '@google/genai';
import { expect, test } from 'vitest';
import { LIVE_LABEL } from '../../../src/rehearsal/live/respond.ts';
import { holdsSpeech } from '../../../src/rehearsal/live/speech-likeness.ts';
import { measure } from '../../../src/rehearsal/speech/loudness.ts';
import { createRecogniser } from '../../../src/rehearsal/speech/recogniser.ts';
import { resample } from '../../../src/rehearsal/speech/resample.ts';
import { spokenBy } from '../../../src/rehearsal/speech/utterances.ts';
import { MANUAL } from './clients.ts';
import { startStage } from './harness.ts';
import { saySdk } from './speaking.ts';
import { joined, partOf, shareSpeech, silence, softer } from './speech.ts';
import { audioOf, count, story, wordsOf } from './wire.ts';

const speech = shareSpeech();
const TRANSCRIBED: LiveConnectConfig = { ...MANUAL, inputAudioTranscription: {}, outputAudioTranscription: {} };

interface Exchange {
  readonly input: string;
  readonly output: string;
  readonly story: readonly string[];
  /** 16 kHz. */
  readonly audio: Int16Array;
}

/** Says it on a session of its own and hears the answer to its end. */
async function exchange(question: Int16Array, config: LiveConnectConfig = TRANSCRIBED): Promise<Exchange> {
  await using stage = await startStage(speech.options);
  const client = await stage.sdk({ config });
  saySdk(client, question);
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(stage.rules).toEqual([]);
  const audio = resample(audioOf(client), 24_000, 16_000);
  return { input: wordsOf(client, 'input'), output: wordsOf(client, 'output'), story: story(client), audio };
}

test('a spoken turn: heard from the audio, answered in speech, transcribed both ways, and billed', async () => {
  await using stage = await startStage(speech.options);
  const client = await stage.sdk({ config: TRANSCRIBED });
  const question = await speech.load('goforward');
  saySdk(client, question);
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(story(client)).toEqual(['audio', 'generationComplete', 'turnComplete']);
  expect(wordsOf(client, 'input')).toBe('Go forward ten meters.');
  expect(wordsOf(client, 'output')).toMatch(/^I heard .+ seconds at minus .+ decibels: Go forward ten meters\.$/);
  const last = client.received.find(({ message }) => message.serverContent?.turnComplete)?.message;
  expect(last?.usageMetadata).toMatchObject({
    promptTokensDetails: [{ modality: 'AUDIO', tokenCount: Math.round((question.length / 16_000) * 25) }],
    responseTokensDetails: [{ modality: 'AUDIO', tokenCount: Math.round((audioOf(client).length / 24_000) * 25) }],
  });
  expect(stage.live.windows).toMatchObject([
    { recognition: { best: { id: 'goforward', verdict: 'whole' } }, answer: { words: wordsOf(client, 'output') } },
  ]);
  expect(stage.rules).toEqual([]);
});

test('what is transcribed of an answer is what is spoken in it', async () => {
  const { output, audio } = await exchange(partOf(await speech.load('meeting'), 0, 0.5));
  expect(holdsSpeech(audio)).toBe(true);
  expect(measure(audio).rmsDbfs).toBeGreaterThan(-35);
  const sentences = output.split(/(?<=[.?]) /);
  expect(sentences.length).toBeGreaterThan(1);
  const recogniser = createRecogniser(sentences.map((words) => spokenBy('rms', words, words)));
  const { best, others } = recogniser.recognise(audio);
  const heard = [best, ...others].sort((a, b) => (a?.startMs ?? 0) - (b?.startMs ?? 0));
  expect(heard.map((each) => each?.id)).toEqual(sentences);
  expect(heard.map((each) => each?.verdict)).toEqual(sentences.map(() => 'whole'));
});

test('another utterance is another answer, and another length another figure', async () => {
  const [bring, stop] = await Promise.all([speech.load('bring'), speech.load('barge-in')]);
  const answers = [await exchange(bring), await exchange(stop), await exchange(joined(silence(200), bring))];
  expect(answers.map(({ input }) => input)).toEqual([
    'And what should I bring with me?',
    'Wait, stop, one more thing.',
    'And what should I bring with me?',
  ]);
  const seconds = answers.map(({ output }) => /heard (.+) seconds/.exec(output)?.[1]);
  expect(seconds[0]).not.toBe(seconds[1]);
  expect(seconds[2]).toBe(seconds[0]);
});

test.each<[string, (pcm: Int16Array) => Int16Array, RegExp, RegExp]>([
  [
    'without its end',
    (pcm) => partOf(pcm, 0, 0.6),
    /It was cut: the last .+ seconds did not arrive\.$/,
    /^Could you tell us .+ …$/,
  ],
  [
    'without its beginning',
    (pcm) => partOf(pcm, 0.45, 1),
    /It was cut: the first .+ seconds did not arrive\.$/,
    /^… .+ tomorrow, please\?$/,
  ],
  [
    'with its parts in the wrong order',
    (pcm) => joined(partOf(pcm, 0.5, 1), partOf(pcm, 0, 0.5)),
    /It came in the wrong order\.$/,
    /^\[garbled\] Could you tell us/,
  ],
])('an utterance %s is answered as that', async (_what, damage, output, input) => {
  const answer = await exchange(damage(await speech.load('meeting')));
  expect(answer.output).toMatch(output);
  expect(answer.input).toMatch(input);
});

test('how loud it was is told too', async () => {
  const pcm = await speech.load('hello');
  const levels = [await exchange(pcm), await exchange(softer(pcm, 12))].map(
    ({ output }) => /at (minus .+) decibels/.exec(output)?.[1],
  );
  expect(levels[0]).toMatch(/^minus/);
  expect(levels[1]).not.toBe(levels[0]);
});

test('two utterances in one window are both heard', async () => {
  const both = joined(await speech.load('goforward'), silence(600), await speech.load('go-on'));
  const { input, output } = await exchange(both);
  expect(input).toBe('Go forward ten meters. Never mind, go on.');
  expect(output).toMatch(/I also heard: /);
});

test('speech that it does not know is told as that', async () => {
  const { input, output } = await exchange(await speech.speak('The quick brown fox jumps over the lazy dog.', 'kal16'));
  expect(input).toBe('[speech that the stand-in does not know]');
  expect(output).toMatch(/I do not know these words\.$/);
});

test.each<[string, Int16Array]>([
  ['silence', silence(1500)],
  ['steady noise', Int16Array.from({ length: 24_000 }, (_, i) => ((i * 7919) % 6000) - 3000)],
])('%s is no speech: an empty turn', async (_what, pcm) => {
  const answer = await exchange(pcm);
  expect(answer).toMatchObject({ input: '', output: '', story: ['generationComplete', 'turnComplete'] });
});

test('without transcription the audio comes alone, and another voice is another sound', async () => {
  const question = await speech.load('goforward');
  const voice = (voiceName: string): LiveConnectConfig => ({
    ...MANUAL,
    speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName } } },
  });
  const [puck, kore] = [await exchange(question, voice('Puck')), await exchange(question, voice('Kore'))];
  expect([puck.input, kore.input]).toEqual(['', '']);
  expect(puck.output).toBe(kore.output);
  expect(puck.audio.length).not.toBe(kore.audio.length);
});

test('wherever it speaks of itself it is a stand-in, not Gemini', async () => {
  await using stage = await startStage(speech.options);
  expect(stage.live.label).toBe(LIVE_LABEL);
  expect(stage.live.label).toMatch(/loopback.+stand-in, not Gemini/);
  const client = await stage.sdk();
  client.session.sendClientContent({ turns: [], turnComplete: true });
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(wordsOf(client, 'output')).toContain('I am the rehearsal stand-in, not Gemini.');
});

test('what was said is remembered, and told when asked in writing', async () => {
  await using stage = await startStage(speech.options);
  const client = await stage.sdk();
  saySdk(client, await speech.load('goforward'));
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  const before = wordsOf(client, 'output').length;
  client.session.sendClientContent({ turns: 'What did I say before?' });
  await stage.passUntil(() => count(client, 'turnComplete') === 2);
  expect(wordsOf(client, 'output').slice(before)).toBe('You said: Go forward ten meters');
});

test('a long answer goes on as long as it is to, every sentence numbered', async () => {
  await using stage = await startStage(speech.options);
  stage.live.control.nextAnswers({ kind: 'long', seconds: 20 });
  const client = await stage.sdk({ config: TRANSCRIBED });
  saySdk(client, await speech.load('story'));
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  const seconds = audioOf(client).length / 24_000;
  expect(seconds).toBeGreaterThanOrEqual(20);
  expect(seconds).toBeLessThan(26);
  const parts = wordsOf(client, 'output').match(/Part \w+:/g) ?? [];
  expect(parts.slice(0, 3)).toEqual(['Part one:', 'Part two:', 'Part three:']);
});
