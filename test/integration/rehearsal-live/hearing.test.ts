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
import { saySdk, streamSdk } from './speaking.ts';
import { joined, partOf, shareSpeech, silence, softer } from './speech.ts';
import { audioOf, count, story, wordsOf } from './wire.ts';

const speech = shareSpeech();
/** Nothing here depends on the moment. */
const manner = { stepMs: 200, idle: speech.idle };
const TRANSCRIBED: LiveConnectConfig = { ...MANUAL, inputAudioTranscription: {}, outputAudioTranscription: {} };

const AUTOMATIC: LiveConnectConfig = { inputAudioTranscription: {} };
const ANSWERED = ['audio', 'generationComplete', 'turnComplete'];

interface Exchange {
  readonly input: string;
  readonly output: string;
  readonly story: readonly string[];
  /** 24 kHz. */
  readonly audio: Int16Array;
}

/** Says it on a session of its own and hears the answer to its end. */
async function exchange(question: Int16Array, config: LiveConnectConfig = TRANSCRIBED): Promise<Exchange> {
  await using stage = await startStage(speech.options, manner);
  const client = await stage.sdk({ config });
  saySdk(client, question);
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(stage.rules).toEqual([]);
  const [input, output] = [wordsOf(client, 'input'), wordsOf(client, 'output')];
  return { input, output, story: story(client), audio: audioOf(client) };
}

test('a spoken turn: heard from the audio, answered in speech, transcribed both ways, and billed', async () => {
  await using stage = await startStage(speech.options, manner);
  const client = await stage.sdk({ config: TRANSCRIBED });
  const question = await speech.load('goforward');
  saySdk(client, question);
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(story(client)).toEqual(ANSWERED);
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
  const answer = await exchange(partOf(await speech.load('bring'), 0, 0.6));
  const audio = resample(answer.audio, 24_000, 16_000);
  expect(holdsSpeech(audio)).toBe(true);
  expect(measure(audio).rmsDbfs).toBeGreaterThan(-35);
  const sentences = answer.output.split(/(?<=[.?]) /);
  expect(sentences.length).toBeGreaterThan(1);
  const spoken = new Map<string, Int16Array>();
  for (const words of sentences) spoken.set(words, await speech.speak(words, 'rms'));
  const recogniser = createRecogniser(
    sentences.map((words) => spokenBy('rms', words, words)),
    { load: ({ words }) => spoken.get(words) ?? silence(100) },
  );
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
    /^And what .+ …$/,
  ],
  [
    'without its beginning',
    (pcm) => partOf(pcm, 0.45, 1),
    /It was cut: the first .+ seconds did not arrive\.$/,
    /^… .+ with me\?$/,
  ],
  [
    'with its parts in the wrong order',
    (pcm) => joined(partOf(pcm, 0.5, 1), partOf(pcm, 0, 0.5)),
    /It came in the wrong order\.$/,
    /^\[garbled\] And what should I bring/,
  ],
])('an utterance %s is answered as that', async (_what, damage, output, input) => {
  const answer = await exchange(damage(await speech.load('bring')));
  expect(answer.output).toMatch(output);
  expect(answer.input).toMatch(input);
});

test('how loud it was is told too', async () => {
  const pcm = await speech.load('goforward');
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
  await using stage = await startStage(speech.options, manner);
  expect(stage.live.label).toBe(LIVE_LABEL);
  expect(stage.live.label).toMatch(/loopback.+stand-in, not Gemini/);
  const client = await stage.sdk();
  client.session.sendClientContent({ turnComplete: true });
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(wordsOf(client, 'output')).toContain('I am the rehearsal stand-in, not Gemini.');
});

test('what was said is remembered, and told when asked in writing', async () => {
  await using stage = await startStage(speech.options, manner);
  const client = await stage.sdk();
  saySdk(client, await speech.load('goforward'));
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  const before = wordsOf(client, 'output').length;
  client.session.sendClientContent({ turns: 'What did I say before?' });
  await stage.passUntil(() => count(client, 'turnComplete') === 2);
  expect(wordsOf(client, 'output').slice(before)).toBe('You said: Go forward ten meters');
});

test('a long answer goes on as long as it is to, every sentence numbered', async () => {
  await using stage = await startStage(speech.options, manner);
  stage.live.control.nextAnswers({ kind: 'long', seconds: 8 });
  const client = await stage.sdk({ config: TRANSCRIBED });
  saySdk(client, await speech.load('goforward'));
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  const seconds = audioOf(client).length / 24_000;
  expect(seconds).toBeGreaterThanOrEqual(8);
  expect(seconds).toBeLessThan(14);
  const parts = wordsOf(client, 'output').match(/Part \w+:/g) ?? [];
  expect(parts.slice(0, 2)).toEqual(['Part one:', 'Part two:']);
});

test('left to the service, speech is found in the stream and answered when it is quiet again', async () => {
  await using stage = await startStage(speech.options, manner);
  const client = await stage.sdk({ config: AUTOMATIC });
  const words = await speech.load('goforward');
  streamSdk(client, joined(silence(1000), words, silence(1000)));
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(wordsOf(client, 'input')).toBe('Go forward ten meters.');
  expect(story(client)).toEqual(ANSWERED);
  const [window] = stage.live.windows;
  expect(window?.audioMs).toBeLessThan(words.length / 16 + 1200);
  expect(stage.rules).toEqual([]);
});

test('a stream that stops short of silence leaves the turn open, until it says that it has ended', async () => {
  await using stage = await startStage(speech.options, manner);
  const client = await stage.sdk({ config: AUTOMATIC });
  const words = await speech.load('barge-in');
  streamSdk(
    client,
    words.slice(
      0,
      words.findLastIndex((sample) => Math.abs(sample) > 600),
    ),
  );
  await stage.pass(5000);
  expect(stage.live.windows).toMatchObject([{ endedAt: null }]);
  expect(story(client)).toEqual([]);
  client.session.sendRealtimeInput({ audioStreamEnd: true });
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(wordsOf(client, 'input')).toBe('Wait, stop, one more thing.');
});

test('speech over the answer interrupts it', async () => {
  await using stage = await startStage(speech.options, manner);
  const client = await stage.sdk({ config: AUTOMATIC });
  streamSdk(client, joined(await speech.load('goforward'), silence(1000)));
  await stage.passUntil(() => count(client, 'audio') > 3);
  streamSdk(client, joined(await speech.load('barge-in'), silence(1000)));
  await stage.passUntil(() => count(client, 'turnComplete') === 2);
  expect(story(client)).toEqual(['audio', 'interrupted', 'turnComplete', ...ANSWERED]);
  expect(stage.live.windows.map(({ recognition }) => recognition?.best?.id)).toEqual(['goforward', 'barge-in']);
});
