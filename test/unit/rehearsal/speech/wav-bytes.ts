/**
 * WAV files as all kinds of programs write them, byte by byte: independent of the reader that is tested with them.
 */

export interface WavShape {
  readonly bits?: 8 | 12 | 16 | 24 | 32 | 64;
  readonly float?: boolean;
  readonly rate?: number;
  readonly channels?: number;
  /** WAVE_FORMAT_EXTENSIBLE, as editors write for more than two channels or 16 bits. */
  readonly extensible?: boolean;
  /** The format tag in place of the one for PCM or float. */
  readonly tag?: number;
  /** What the header says of the data's length, in place of the truth. */
  readonly claimed?: number;
  /** Bytes of a chunk between format and data, or after the data. */
  readonly before?: Buffer;
  readonly after?: Buffer;
  readonly riff?: 'RIFF' | 'RF64';
}

/** @param samples in -1..1, interleaved. */
export function wavBytes(samples: readonly number[], shape: WavShape = {}): Buffer {
  const { bits = 16, float = false, channels = 1, before, after, riff = 'RIFF' } = shape;
  const data = Buffer.concat(samples.map((sample) => sampleBytes(sample, bits, float)));
  const claimed = shape.claimed ?? data.length;
  const chunks = [
    formatChunk(bits, { ...shape, channels }),
    ...(before ? [before] : []),
    header('data', claimed),
    data,
  ];
  if (after !== undefined) chunks.push(Buffer.alloc(data.length % 2), after);
  const body = Buffer.concat([Buffer.from('WAVE'), ...chunks]);
  return Buffer.concat([header(riff, body.length), body]);
}

export function chunk(name: string, bytes: number): Buffer {
  return Buffer.concat([header(name, bytes), Buffer.alloc(bytes + (bytes % 2), 0x41)]);
}

function formatChunk(
  bits: number,
  { float = false, rate = 16_000, channels = 1, extensible = false, tag }: WavShape,
): Buffer {
  const codec = tag ?? (float ? 3 : 1);
  const block = Math.ceil(bits / 8) * channels;
  const fields = Buffer.alloc(extensible ? 40 : 16);
  fields.writeUInt16LE(extensible ? 0xfffe : codec, 0);
  fields.writeUInt16LE(channels, 2);
  fields.writeUInt32LE(rate, 4);
  fields.writeUInt32LE(rate * block, 8);
  fields.writeUInt16LE(block, 12);
  fields.writeUInt16LE(bits, 14);
  if (extensible) {
    fields.writeUInt16LE(22, 16);
    fields.writeUInt16LE(bits, 18);
    fields.writeUInt16LE(codec, 24);
    Buffer.from('000000001000800000aa00389b71', 'hex').copy(fields, 26);
  }
  return Buffer.concat([header('fmt ', fields.length), fields]);
}

function header(name: string, size: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.write(name, 0, 'latin1');
  bytes.writeUInt32LE(size >>> 0, 4);
  return bytes;
}

function sampleBytes(sample: number, bits: number, float: boolean): Buffer {
  const width = Math.ceil(bits / 8);
  const bytes = Buffer.alloc(width);
  if (float && bits === 32) bytes.writeFloatLE(sample, 0);
  else if (float) bytes.writeDoubleLE(sample, 0);
  else if (bits === 8) bytes.writeUInt8(Math.round(sample * 127) + 128, 0);
  else bytes.writeIntLE(Math.round(sample * (2 ** (width * 8 - 1) - 1)), 0, width);
  return bytes;
}
