/**
 * Images as the service takes them: what they say they are, whole, and not too large (live-api.md §2.2; Google, "Image
 * understanding": 7 MB inline, JPEG, PNG, WebP and a few more).
 */
import type { Blob } from './content-kinds.ts';

export interface SeenImage {
  readonly mimeType: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** Inline data of one image. */
export const MOST_IMAGE_BYTES = 7 * 1024 * 1024;

/** Null: it is no image that can be read. */
export function readImage({ data, mimeType = '' }: Blob): SeenImage | null {
  if (data === undefined) return null;
  const type = mimeType.toLowerCase();
  const size = type === 'image/jpeg' ? jpegSize(data) : type === 'image/png' ? pngSize(data) : null;
  return size === null ? null : { mimeType: type, bytes: data.length, ...size };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** From the frame header, past the segments before it; null as well where the end of the image is missing. */
function jpegSize(data: Buffer): Size | null {
  if (data.length < 4 || data.readUInt16BE(0) !== 0xffd8 || data.readUInt16BE(data.length - 2) !== 0xffd9) return null;
  for (let at = 2; at + 9 <= data.length; at += 2 + data.readUInt16BE(at + 2)) {
    if (data[at] !== 0xff) return null;
    const marker = data[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: data.readUInt16BE(at + 5), width: data.readUInt16BE(at + 7) };
  }
  return null;
}

function pngSize(data: Buffer): Size | null {
  const isPng = data.length >= 24 && data.readUInt32BE(0) === 0x89504e47 && data.readUInt32BE(4) === 0x0d0a1a0a;
  return isPng ? { width: data.readUInt32BE(16), height: data.readUInt32BE(20) } : null;
}
