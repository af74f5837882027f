/**
 * A person's own recording for `--say FILE`: whatever they have, as the 48 kHz mono that a simulated member speaks.
 */
import { readFile, stat } from 'node:fs/promises';
import { type DecodeOther, decodeWithFfmpeg, FfmpegMissing, SOURCE_RATE } from './ffmpeg.ts';
import { measure } from './loudness.ts';
import { resample } from './resample.ts';
import { decodeWav, looksLikeWav, toMono, WavError } from './wav.ts';

export type RecordingFault = 'unreadable' | 'empty' | 'silent' | 'too-long' | 'not-audio' | 'ffmpeg-missing';

/** Why a recording cannot be spoken; the message is for the person who chose the file. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
  readonly fault: RecordingFault;

  constructor(fault: RecordingFault, message: string, { cause }: { cause?: unknown } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.fault = fault;
  }
}

/** One turn of a conversation: the bot closes a window of activity after 60 s, so that more would become two. */
export const MAX_RECORDING_S = 60;
/** Far more than 60 s of any sound: what is larger is no recording of a sentence and is not read into memory. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;
/** A recording whose loudest sample stays under this (dBFS) holds a quiet room and no speech. */
const SILENT_DBFS = -50;

export interface LoadOptions {
  /** Decodes what is no WAV; tests put their own in its place. */
  readonly decodeOther?: DecodeOther;
}

/**
 * Reads a recording: WAV of any rate and number of channels directly, anything else through ffmpeg where it is installed.
 *
 * @returns 48 kHz mono, at most 60 s.
 * @throws RecordingError with a plain sentence when there is nothing in it to be said.
 */
export async function loadRecording(
  path: string,
  { decodeOther = decodeWithFfmpeg }: LoadOptions = {},
): Promise<Int16Array> {
  const bytes = await readBytes(path);
  const { pcm, rate } = await decode(path, bytes, decodeOther);
  const { durationMs, peakDbfs } = measure(pcm, rate);
  if (durationMs === 0) throw new RecordingError('empty', `${path} holds no audio.`);
  if (durationMs > MAX_RECORDING_S * 1000) throw tooLong(path, durationMs);
  if (peakDbfs === null || peakDbfs < SILENT_DBFS) {
    throw new RecordingError('silent', `${path} is silent: nothing in it is louder than ${SILENT_DBFS} dBFS.`);
  }
  return resample(pcm, rate, SOURCE_RATE);
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    const file = await stat(path);
    // A device or a pipe has no end. (A folder is told by reading it.)
    if (!file.isFile() && !file.isDirectory()) throw new RecordingError('unreadable', `${path} is not a file.`);
    const { size } = file;
    if (size > MAX_FILE_BYTES) throw new RecordingError('too-long', `${path} is larger than 256 MB.`);
    const bytes = await readFile(path);
    if (bytes.length === 0) throw new RecordingError('empty', `${path} is empty.`);
    return bytes;
  } catch (error) {
    if (error instanceof RecordingError) throw error;
    throw new RecordingError('unreadable', `${path} cannot be read: ${reason(error)}.`, { cause: error });
  }
}

async function decode(
  path: string,
  bytes: Buffer,
  decodeOther: DecodeOther,
): Promise<{ pcm: Int16Array; rate: number }> {
  if (looksLikeWav(bytes)) {
    try {
      const wav = decodeWav(bytes);
      const durationMs = ((wav.samples[0]?.length ?? 0) / wav.rate) * 1000;
      if (durationMs > MAX_RECORDING_S * 1000) throw tooLong(path, durationMs);
      return { pcm: toMono(wav), rate: wav.rate };
    } catch (error) {
      if (!(error instanceof WavError)) throw error;
      if (error.fault === 'empty') throw new RecordingError('empty', `${path} holds no audio.`, { cause: error });
      if (error.fault !== 'encoding')
        throw new RecordingError('not-audio', `${path}: ${error.message}`, { cause: error });
    }
  }
  return { pcm: await decodeThrough(decodeOther, path), rate: SOURCE_RATE };
}

async function decodeThrough(decodeOther: DecodeOther, path: string): Promise<Int16Array> {
  try {
    // One second more than is allowed, so that a longer file is seen to be longer and not decoded to its end.
    return await decodeOther(path, { atMostS: MAX_RECORDING_S + 1 });
  } catch (error) {
    if (error instanceof FfmpegMissing) {
      const message = `ffmpeg is not installed: without it only WAV files of plain PCM can be read, and ${path} is none.`;
      throw new RecordingError('ffmpeg-missing', message, { cause: error });
    }
    throw new RecordingError('not-audio', `${path} holds no audio that ffmpeg can read: ${reason(error)}.`, {
      cause: error,
    });
  }
}

function tooLong(path: string, durationMs: number): RecordingError {
  const seconds = Math.round(durationMs / 1000);
  const length = seconds > MAX_RECORDING_S ? `about ${seconds} s long` : 'longer';
  return new RecordingError('too-long', `${path} is ${length}; one turn may have ${MAX_RECORDING_S} s.`);
}

/** A system error's code in words a person knows; any other error's own message without its full stop. */
function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'EISDIR') return 'it is a folder';
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}
