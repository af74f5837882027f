/**
 * WAV files: reading whatever a person may hand in, and writing plain 16-bit PCM.
 *
 * Recorders, editors and streaming tools write headers that lie (a size of 0 or 0xFFFFFFFF where the length was not known yet,
 * a file cut short), so a header's sizes are taken as hints and the bytes that are there decide. Layout: Microsoft,
 * "Multiple Channel Audio Data and WAVE Files" (WAVE_FORMAT_EXTENSIBLE), and RFC 2361 for the format tags.
 */

/** One recording, a channel an array; samples in -1..1 (32-bit float files may exceed it). */
export interface WavAudio {
  /** Samples a second, a channel. */
  readonly rate: number;
  readonly channels: number;
  /** `samples[channel][index]`; every channel has the same length. */
  readonly samples: readonly Float32Array[];
}

/** `encoding`: a sound WAV file whose samples are stored in a way not read here (A-law, ADPCM, MP3). */
export type WavFault = 'not-wav' | 'encoding' | 'damaged' | 'empty';

/** Why bytes are no WAV that can be read; the message is a plain sentence. */
export class WavError extends Error {
  override readonly name = 'WavError';
  readonly fault: WavFault;

  constructor(fault: WavFault, message: string) {
    super(message);
    this.fault = fault;
  }
}

const FORMAT_PCM = 1;
const FORMAT_FLOAT = 3;
const FORMAT_EXTENSIBLE = 0xfffe;
const FMT_BYTES = 16;
/** Where the sub-format's tag stands in an extensible `fmt ` chunk: the first two bytes of its GUID. */
const SUBFORMAT_OFFSET = 24;
/** Twelve bytes of `RIFF`, size, `WAVE`; eight of each chunk's name and size. */
const RIFF_BYTES = 12;
const CHUNK_BYTES = 8;
/** Beyond these no recording exists, only a damaged header; they also bound what is allocated. */
const MAX_CHANNELS = 64;
const MAX_RATE = 768_000;

interface Format {
  readonly rate: number;
  readonly channels: number;
  readonly bytesPerSample: number;
  readonly float: boolean;
}

/** Whether the bytes begin as a WAVE file does (RF64 is the form for more than 4 GB, EBU Tech 3306). */
export function looksLikeWav(bytes: Uint8Array): boolean {
  return bytes.length >= RIFF_BYTES && ['RIFF', 'RF64'].includes(ascii(bytes, 0)) && ascii(bytes, 8) === 'WAVE';
}

/**
 * Reads integer PCM of 8 to 32 bits and float of 32 or 64, any rate, any number of channels.
 *
 * A data chunk shorter than its header says is read as far as it goes; a part of a last sample is left out.
 *
 * @throws WavError when the bytes are no WAV, are compressed, hold no audio, or contradict themselves.
 */
export function decodeWav(bytes: Uint8Array): WavAudio {
  if (bytes.length === 0) throw new WavError('empty', 'The file is empty.');
  if (!looksLikeWav(bytes))
    throw new WavError('not-wav', 'This is not a WAV file: it does not begin with RIFF and WAVE.');
  const { format, data } = findChunks(bytes);
  if (format === null) throw new WavError('damaged', 'The WAV file has no format chunk.');
  if (data === null) throw new WavError('damaged', 'The WAV file has no data chunk.');
  const length = Math.floor(data.length / (format.bytesPerSample * format.channels));
  if (length === 0) throw new WavError('empty', 'The WAV file holds no audio.');
  return { rate: format.rate, channels: format.channels, samples: deinterleave(data, format, length) };
}

/**
 * A 16-bit PCM WAV file.
 *
 * @param pcm interleaved samples, one after another for each channel.
 * @throws RangeError when `pcm` is no whole number of frames of `channels`, or rate or channels are out of range.
 */
export function encodeWav(pcm: Int16Array, rate: number, { channels = 1 }: { channels?: number } = {}): Buffer {
  requireWhole('rate', rate, MAX_RATE);
  requireWhole('channels', channels, MAX_CHANNELS);
  if (pcm.length % channels !== 0) throw new RangeError(`${pcm.length} samples do not fill ${channels} channels`);
  const header = Buffer.alloc(RIFF_BYTES + CHUNK_BYTES + FMT_BYTES + CHUNK_BYTES);
  const dataBytes = pcm.length * 2;
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(header.length - CHUNK_BYTES + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(FMT_BYTES, 16);
  header.writeUInt16LE(FORMAT_PCM, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * channels * 2, 28);
  header.writeUInt16LE(channels * 2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  const body = Buffer.alloc(dataBytes);
  for (let i = 0; i < pcm.length; i++) body.writeInt16LE(pcm[i] ?? 0, i * 2);
  return Buffer.concat([header, body]);
}

/** All channels of a recording as one, each with the same weight; 16-bit, clipped at full scale. */
export function toMono(audio: WavAudio): Int16Array {
  const length = audio.samples[0]?.length ?? 0;
  const mono = new Int16Array(length);
  for (let i = 0; i < length; i++) {
    let sum = 0;
    for (const channel of audio.samples) sum += channel[i] ?? 0;
    const value = Math.round((sum / audio.channels) * 32_768);
    mono[i] = Number.isNaN(value) ? 0 : Math.max(-32_768, Math.min(32_767, value));
  }
  return mono;
}

function findChunks(bytes: Uint8Array): { format: Format | null; data: Uint8Array | null } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: Format | null = null;
  let data: Uint8Array | null = null;
  let at = RIFF_BYTES;
  while (at + CHUNK_BYTES <= bytes.length && (format === null || data === null)) {
    const name = ascii(bytes, at);
    const start = at + CHUNK_BYTES;
    const size = name === 'data' ? dataSize(bytes, view, start) : view.getUint32(at + 4, true);
    const end = Math.min(start + size, bytes.length);
    if (name === 'fmt ') format = readFormat(view, start, end);
    if (name === 'data') data = bytes.subarray(start, end);
    at = start + size + (size % 2);
  }
  return { format, data };
}

/**
 * How many bytes of samples there really are. A writer that could not go back to its header (a pipe, a crash) leaves 0, the
 * largest number, or the length at some earlier moment there; what then follows the data is no chunk but more samples.
 */
function dataSize(bytes: Uint8Array, view: DataView, start: number): number {
  const claimed = view.getUint32(start - 4, true);
  const rest = bytes.length - start;
  const next = start + claimed + (claimed % 2);
  // The last sample's padding byte may be missing, and a few stray bytes at the end are no audio.
  if (next + CHUNK_BYTES > bytes.length) return Math.min(claimed, rest);
  const chunkFollows = /^[\x20-\x7e]{4}$/.test(ascii(bytes, next));
  return chunkFollows ? claimed : rest;
}

function readFormat(view: DataView, start: number, end: number): Format {
  if (end - start < FMT_BYTES) throw new WavError('damaged', 'The format chunk of the WAV file is cut short.');
  const tag = view.getUint16(start, true);
  const extensible = tag === FORMAT_EXTENSIBLE && end - start >= SUBFORMAT_OFFSET + 2;
  const codec = extensible ? view.getUint16(start + SUBFORMAT_OFFSET, true) : tag;
  const channels = view.getUint16(start + 2, true);
  const rate = view.getUint32(start + 4, true);
  const bits = view.getUint16(start + 14, true);
  if (channels < 1 || channels > MAX_CHANNELS)
    throw new WavError('damaged', `The WAV file claims ${channels} channels.`);
  if (rate < 1 || rate > MAX_RATE) throw new WavError('damaged', `The WAV file claims ${rate} samples a second.`);
  const float = codec === FORMAT_FLOAT;
  const readable = float ? bits === 32 || bits === 64 : codec === FORMAT_PCM && bits >= 8 && bits <= 32;
  if (!readable) {
    throw new WavError('encoding', `The WAV file stores its samples in format ${codec} with ${bits} bits.`);
  }
  // Samples of 12 or 20 bits stand left-justified in whole bytes, so that they read like the wider ones.
  return { rate, channels, bytesPerSample: Math.ceil(bits / 8), float };
}

function deinterleave(data: Uint8Array, format: Format, length: number): Float32Array[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const read = sampleReader(view, format);
  return Array.from({ length: format.channels }, (_, channel) => {
    const out = new Float32Array(length);
    for (let i = 0; i < length; i++) out[i] = read((i * format.channels + channel) * format.bytesPerSample);
    return out;
  });
}

/** Reads one sample at a byte offset as -1..1. 8-bit WAV is unsigned around 128, all wider ones are signed. */
function sampleReader(view: DataView, { bytesPerSample, float }: Format): (offset: number) => number {
  if (float && bytesPerSample === 8) return (offset) => view.getFloat64(offset, true);
  if (float) return (offset) => view.getFloat32(offset, true);
  if (bytesPerSample === 1) return (offset) => (view.getUint8(offset) - 128) / 128;
  if (bytesPerSample === 2) return (offset) => view.getInt16(offset, true) / 32_768;
  if (bytesPerSample === 3) {
    return (offset) => (view.getInt16(offset + 1, true) * 256 + view.getUint8(offset)) / 8_388_608;
  }
  return (offset) => view.getInt32(offset, true) / 2_147_483_648;
}

function ascii(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function requireWhole(name: string, value: number, most: number): void {
  if (!Number.isInteger(value) || value < 1 || value > most) throw new RangeError(`${name} out of range: ${value}`);
}
