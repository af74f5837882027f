/**
 * Makes of an image that somebody posted what the model takes: a jpeg of a bounded size with nothing in it but the picture.
 *
 * What it is is decided by its first bytes, never by its name or declared type; only the decoders of those four types are there at
 * all. A png that is called jpg is read as the png it is: phones and browsers do that every day.
 */
import sharp, { type Sharp } from 'sharp';
import { MOST_IMAGE_BYTES, MOST_IMAGE_PIXELS } from './media-limits.ts';

export type ImageResolution = 'low' | 'medium' | 'high';

/**
 * The longest side, pixels. The service spends a fixed number of tokens on an image whatever its size (live-api.md §4,
 * mediaResolution), so that more pixels cost time on the wire, not money: letters of a screenshot can be read from 1536 on.
 */
const LONGEST_SIDE = { low: 384, medium: 768, high: 1536 } as const satisfies Record<ImageResolution, number>;

/** A megabyte as base64 in one message, behind which the sound of the room has to wait. No limit of the service is known. */
const MOST_JPEG_BYTES = 768_000;
/**
 * Tried in turn until the jpeg is small enough. 85: photos at `high` come to some 300 kB and a page of small print to its limit,
 * while 90 costs a quarter more for nothing that a model sees; under 70 letters begin to fray. The last one brings pure noise,
 * the worst there is, to half the limit.
 */
const QUALITIES = [85, 70, 50, 25] as const;

/** Well under the time limit of a task: the thread cannot be ended while native code is running in it. */
const TIMEOUT_S = 10;

// The cores belong to the rooms, and no two images are the same.
sharp.concurrency(1);
sharp.cache(false);
// libvips reads dozens of formats, among them some that open other files. A decoder that is not there has no defects.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['Png', 'Jpeg', 'Webp', 'Nsgif'].map((type) => `VipsForeignLoad${type}Buffer`) });

export type ImageFault =
  /** Something else than png, jpeg, webp and gif, and it does not claim to be one of them. */
  | 'unsupportedType'
  /** It is said to be such an image and is none. */
  | 'falseType'
  | 'tooLarge'
  | 'tooManyPixels'
  | 'damaged'
  | 'timedOut';

export interface PreparedImage {
  readonly ok: true;
  readonly jpeg: Uint8Array;
  /** Of the jpeg, pixels, after it was turned upright. */
  readonly width: number;
  readonly height: number;
}

export type ImageResult = PreparedImage | { readonly ok: false; readonly reason: ImageFault };

export interface ImageRequest {
  readonly bytes: Uint8Array;
  readonly resolution: ImageResolution;
  /** What it is said to be, e.g. `image/png`; null if nothing is said. Only chooses between two words for what is no image. */
  readonly declaredType: string | null;
}

/** The first frame, upright, on white, without metadata, its longest side as `resolution` says but never enlarged. */
export async function prepareImage({ bytes, resolution, declaredType }: ImageRequest): Promise<ImageResult> {
  if (bytes.length > MOST_IMAGE_BYTES) return { ok: false, reason: 'tooLarge' };
  if (!isSupported(bytes)) {
    return { ok: false, reason: IMAGE_TYPES.test(declaredType ?? '') ? 'falseType' : 'unsupportedType' };
  }
  try {
    // Truncated files and errors end it; at mere warnings a decoder goes on, and so do browsers.
    const image = sharp(bytes, { limitInputPixels: MOST_IMAGE_PIXELS, failOn: 'error' });
    return await toJpeg(image, LONGEST_SIDE[resolution]);
  } catch (error) {
    return { ok: false, reason: faultOf(String(error)) };
  }
}

/** Whatever libvips stumbles over is the file's fault; it has no codes, only words. */
function faultOf(complaint: string): ImageFault {
  if (complaint.includes('exceeds pixel limit')) return 'tooManyPixels';
  return complaint.includes('timeout:') ? 'timedOut' : 'damaged';
}

async function toJpeg(image: Sharp, side: number): Promise<PreparedImage> {
  const { data, info } = await image
    .autoOrient()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: 'white' })
    .timeout({ seconds: TIMEOUT_S })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  let jpeg = data;
  for (const quality of QUALITIES) {
    jpeg = await sharp(data, { raw: { width, height, channels } }).jpeg({ quality }).toBuffer();
    if (jpeg.length <= MOST_JPEG_BYTES) break;
  }
  return { ok: true, jpeg: Uint8Array.from(jpeg), width, height };
}

const IMAGE_TYPES = /^image\/(png|jpe?g|webp|gif|apng)\b/i;

const SIGNATURES = ['\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'GIF87a', 'GIF89a'];

function isSupported(bytes: Uint8Array): boolean {
  const beginning = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  // A webp has its length in between.
  const isWebp = beginning.startsWith('RIFF') && beginning.endsWith('WEBP');
  return isWebp || SIGNATURES.some((signature) => beginning.startsWith(signature));
}
