import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DecodeOther, FfmpegMissing } from '../../../../src/rehearsal/speech/ffmpeg.ts';
import { loadRecording, MAX_RECORDING_S, RecordingError } from '../../../../src/rehearsal/speech/load-recording.ts';
import { encodeWav } from '../../../../src/rehearsal/speech/wav.ts';
import { tone, toneSnr } from '../../../kit/signals.ts';
import { wavBytes } from './wav-bytes.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-recording-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

/** ffmpeg is not there: with WAV nobody may ask for it. */
const missing: DecodeOther = () => Promise.reject(new FfmpegMissing('ffmpeg was not found'));

/** What a person is told. */
async function refusal(path: string, decodeOther: DecodeOther = missing): Promise<RecordingError> {
  const error = await loadRecording(path, { decodeOther }).catch((thrown: unknown) => thrown);
  if (!(error instanceof RecordingError)) throw new Error('it was read', { cause: error });
  expect(error.message).toMatch(/\.$/);
  expect(error.message).not.toMatch(/\n| at |Error|errno|syscall|undefined|\.\./);
  expect(error.message).toContain(path);
  return error;
}

test.each([
  [8_000, 1],
  [44_100, 2],
  [48_000, 6],
] as const)('a WAV file of %i Hz with %i channels becomes 48 kHz mono, without ffmpeg', async (rate, channels) => {
  const mono = tone(440, { ms: 500, rate });
  const pcm = Int16Array.from({ length: mono.length * channels }, (_, i) => mono[Math.floor(i / channels)] ?? 0);
  const loaded = await loadRecording(await file('tone.wav', encodeWav(pcm, rate, { channels })), {
    decodeOther: missing,
  });
  expect(loaded).toHaveLength(24_000);
  expect(toneSnr(loaded.subarray(6_000, 18_000), 440, 48_000)).toBeGreaterThan(60);
});

test('a file that is not there, a folder and a device are said to be so', async () => {
  expect(await refusal(join(folder, 'none.wav'))).toMatchObject({
    fault: 'unreadable',
    message: expect.stringContaining('there is no such file'),
  });
  await mkdir(join(folder, 'folder.wav'));
  expect(await refusal(join(folder, 'folder.wav'))).toMatchObject({
    fault: 'unreadable',
    message: expect.stringContaining('it is a folder'),
  });
  expect(await refusal('/dev/zero')).toMatchObject({
    fault: 'unreadable',
    message: expect.stringContaining('not a file'),
  });
});

test('a file with nothing in it, or only a header, holds no audio', async () => {
  expect((await refusal(await file('empty.wav', Buffer.alloc(0)))).fault).toBe('empty');
  expect((await refusal(await file('header.wav', wavBytes([])))).fault).toBe('empty');
  expect((await refusal(await file('nothing.mp3', Buffer.from('mp3')), async () => new Int16Array())).fault).toBe(
    'empty',
  );
});

test('a recording in which nobody speaks is silent', async () => {
  const quiet = await file('quiet.wav', encodeWav(tone(200, { ms: 300, rate: 16_000, amplitude: 90 }), 16_000));
  expect(await refusal(quiet)).toMatchObject({ fault: 'silent', message: expect.stringContaining('silent') });
  expect((await refusal(await file('zero.wav', encodeWav(new Int16Array(800), 16_000)))).fault).toBe('silent');
});

test('more than a minute is too long for one turn, and the message says how long it is', async () => {
  const long = await file('long.wav', encodeWav(new Int16Array(8_000 * 75).fill(9_000), 8_000));
  expect(await refusal(long)).toMatchObject({ fault: 'too-long', message: expect.stringContaining('about 75 s') });
  const asked: number[] = [];
  const endless: DecodeOther = async (_, { atMostS }) => {
    asked.push(atMostS);
    return new Int16Array(48_000 * atMostS).fill(9_000);
  };
  expect((await refusal(await file('long.mp3', Buffer.from('mp3')), endless)).fault).toBe('too-long');
  expect(asked).toEqual([MAX_RECORDING_S + 1]);
  const minute = await file('minute.wav', encodeWav(new Int16Array(48_000 * MAX_RECORDING_S).fill(9_000), 48_000));
  expect(await loadRecording(minute, { decodeOther: missing })).toHaveLength(48_000 * MAX_RECORDING_S);
});

test('what is no WAV is decoded by ffmpeg', async () => {
  const path = await file('speech.ogg', Buffer.from('OggS and so on'));
  const sound = tone(440, { ms: 100, rate: 48_000 });
  expect(
    await loadRecording(path, { decodeOther: async (asked) => (asked === path ? sound : new Int16Array()) }),
  ).toEqual(sound);
});

test('a WAV file that is compressed is decoded by ffmpeg too', async () => {
  const path = await file('alaw.wav', wavBytes([0.5, 0.5], { tag: 6, bits: 8 }));
  const sound = tone(440, { ms: 100, rate: 48_000 });
  expect(await loadRecording(path, { decodeOther: async () => sound })).toEqual(sound);
  expect(await refusal(path)).toMatchObject({
    fault: 'ffmpeg-missing',
    message: expect.stringContaining('ffmpeg is not installed'),
  });
});

test('without ffmpeg the person is told what can be read without it', async () => {
  expect(await refusal(await file('speech.m4a', Buffer.from('ftypM4A ')))).toMatchObject({
    fault: 'ffmpeg-missing',
    message: expect.stringContaining('only WAV files'),
  });
});

test('what is no audio at all is said to be none, in the words of whoever looked', async () => {
  const failing: DecodeOther = () => Promise.reject(new Error('Invalid data found when processing input'));
  expect(await refusal(await file('letter.txt', Buffer.from('Dear Sir')), failing)).toMatchObject({
    fault: 'not-audio',
    message: expect.stringContaining('Invalid data found'),
  });
  expect((await refusal(await file('broken.wav', wavBytes([0.5], { channels: 0 })))).fault).toBe('not-audio');
});
