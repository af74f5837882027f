/**
 * The frame of a jpeg without a picture in it: whoever only looks at its size takes it for one.
 */
export function jpegOf(width: number, height: number, filling = 0): Uint8Array {
  const size = [height >> 8, height & 0xff, width >> 8, width & 0xff];
  return Uint8Array.from([
    ...[0xff, 0xd8, 0xff, 0xc0, 0x00, 0x0b, 0x08, ...size, 0x01, 0x01, 0x11, 0x00],
    ...new Array<number>(filling).fill(0),
    ...[0xff, 0xd9],
  ]);
}
