/**
 * Decodes any audio file through prism-media's FFmpeg, which runs the `ffmpeg` of the machine.
 */
import prism from 'prism-media';

/** What comes out, in samples a second: what simulated members speak at. */
export const SOURCE_RATE = 48_000;

/** Decodes a file to 48 kHz mono, `atMostS` seconds of it. @throws FfmpegMissing, or an Error in ffmpeg's own words. */
export type DecodeOther = (path: string, limit: { readonly atMostS: number }) => Promise<Int16Array>;

/** There is no ffmpeg on this machine. */
export class FfmpegMissing extends Error {
  override readonly name = 'FfmpegMissing';
}

/** A file that ffmpeg can neither read nor give up on within this, ms, is a device or a pipe and no recording. */
const DEADLINE_MS = 60_000;
/** Of ffmpeg's complaints so many characters are kept. */
const COMPLAINT_LENGTH = 2000;

export const decodeWithFfmpeg: DecodeOther = async (path, { atMostS }) => {
  const decoder = startFfmpeg(path, atMostS);
  const { process: child } = decoder;
  const timer = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS);
  let complaints = '';
  child.stderr?.on('data', (text: Buffer) => {
    complaints = (complaints + text.toString('utf8')).slice(-COMPLAINT_LENGTH);
  });
  try {
    const exit = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      decoder.on('error', reject);
      child.once('close', resolve);
    });
    const [chunks, exitCode] = await Promise.all([collect(child.stdout), exit]);
    if (exitCode !== 0) throw new Error(lastLine(complaints) ?? `ffmpeg ended with ${exitCode}`);
    return toSamples(Buffer.concat(chunks));
  } finally {
    clearTimeout(timer);
    decoder.destroy();
  }
};

function startFfmpeg(path: string, atMostS: number): prism.FFmpeg {
  // `file:` keeps a name such as `http://…` or `-x` a name; -nostdin because nothing is piped in.
  const input = ['-nostdin', '-hide_banner', '-loglevel', 'error', '-i', `file:${path}`, '-vn', '-t', String(atMostS)];
  try {
    return new prism.FFmpeg({ args: [...input, '-f', 's16le', '-ar', String(SOURCE_RATE), '-ac', '1'] });
  } catch (error) {
    throw new FfmpegMissing('ffmpeg was not found', { cause: error });
  }
}

async function collect(stream: AsyncIterable<Buffer> | null): Promise<Buffer[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream ?? []) chunks.push(chunk);
  return chunks;
}

function toSamples(bytes: Buffer): Int16Array {
  return Int16Array.from({ length: bytes.length >> 1 }, (_, i) => bytes.readInt16LE(i * 2));
}

function lastLine(text: string): string | null {
  return text.trim().split('\n').at(-1)?.trim() || null;
}
