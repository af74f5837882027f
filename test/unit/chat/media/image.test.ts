import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { type ImageResolution, type PreparedImage, prepareImage } from '../../../../src/chat/media/image.ts';

const create = (width: number, height: number, background = '#ff0000'): Sharp =>
  sharp({ create: { width, height, channels: 3, background } });

async function prepared(bytes: Uint8Array, resolution: ImageResolution = 'medium'): Promise<PreparedImage> {
  const result = await prepareImage({ bytes, resolution, declaredType: null });
  if (!result.ok) throw new Error(result.reason);
  return result;
}

const refusal = (bytes: Uint8Array, declaredType: string | null = null) =>
  prepareImage({ bytes, resolution: 'medium', declaredType });

/** Mean of each channel, of the whole or of a part. */
async function colourOf(jpeg: Uint8Array, part?: { left: number; top: number; width: number; height: number }) {
  const cut = await (part ? sharp(jpeg).extract(part) : sharp(jpeg)).png().toBuffer();
  const { channels } = await sharp(cut).stats();
  return channels.map(({ mean }) => Math.round(mean));
}

test.each(['png', 'jpeg', 'webp', 'gif'] as const)('a %s comes out as a jpeg of the same picture', async (format) => {
  const image = await prepared(await create(900, 600).toFormat(format).toBuffer());
  expect(image).toMatchObject({ width: 768, height: 512 });
  expect(await sharp(image.jpeg).metadata()).toMatchObject({ format: 'jpeg', width: 768, height: 512 });
  const [red = 0, green = 255, blue = 255] = await colourOf(image.jpeg);
  expect(red).toBeGreaterThan(245);
  expect(Math.max(green, blue)).toBeLessThan(10);
});

test.each([
  ['low', 384],
  ['medium', 768],
  ['high', 1_536],
] as const)('at resolution %s the longest side has %d pixels, whichever it is', async (resolution, side) => {
  const wide = await prepared(await create(4_000, 1_000).png().toBuffer(), resolution);
  expect([wide.width, wide.height]).toEqual([side, side / 4]);
  const tall = await prepared(await create(1_000, 4_000).png().toBuffer(), resolution);
  expect([tall.width, tall.height]).toEqual([side / 4, side]);
});

test('a small image is not enlarged, and a line of pixels stays one', async () => {
  expect(await prepared(await create(40, 30).png().toBuffer(), 'high')).toMatchObject({ width: 40, height: 30 });
  expect(await prepared(await create(20_000, 1).png().toBuffer())).toMatchObject({ width: 768, height: 1 });
});

test('a photo is turned upright, as its camera says', async () => {
  const top = await create(200, 50, '#00ff00').png().toBuffer();
  const photo = create(200, 100).composite([{ input: top, gravity: 'north' }]);
  const lying = await photo.jpeg().withMetadata({ orientation: 6 }).toBuffer();
  const { jpeg, width, height } = await prepared(lying);
  expect([width, height]).toEqual([100, 200]);
  const [red = 0, green = 0] = await colourOf(jpeg, { left: 60, top: 20, width: 30, height: 160 });
  expect(green).toBeGreaterThan(240);
  expect(red).toBeLessThan(15);
});

test('where the camera was, and everything else beside the picture, is left out', async () => {
  const exif = { IFD0: { Copyright: 'Ada' }, IFD3: { GPSLatitude: '47/1 0/1 0/1' } };
  const photo = await create(100, 100).jpeg().withExif(exif).withIccProfile('p3').toBuffer();
  expect((await sharp(photo).metadata()).exif).toBeDefined();
  const { exif: kept, icc, xmp, iptc } = await sharp((await prepared(photo)).jpeg).metadata();
  expect([kept, icc, xmp, iptc]).toEqual([undefined, undefined, undefined, undefined]);
});

test('what is transparent becomes white', async () => {
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  const clear = sharp({ create: { width: 60, height: 60, channels: 4, background } });
  for (const format of ['png', 'webp', 'gif'] as const) {
    expect(await colourOf((await prepared(await clear.toFormat(format).toBuffer())).jpeg)).toEqual([255, 255, 255]);
  }
});

test('of an animation the first frame is taken', async () => {
  const frames = await Promise.all(['#ff0000', '#0000ff', '#00ff00'].map((it) => create(50, 40, it).png().toBuffer()));
  for (const format of ['gif', 'webp'] as const) {
    const film = await sharp(frames, { join: { animated: true } })
      .toFormat(format)
      .toBuffer();
    expect((await sharp(film).metadata()).pages).toBe(3);
    const image = await prepared(film);
    expect(image).toMatchObject({ width: 50, height: 40 });
    const [red = 0, green = 0, blue = 0] = await colourOf(image.jpeg);
    expect([red > 245, green < 10, blue < 10]).toEqual([true, true, true]);
  }
});

test('grey, 16 bits a channel, a palette and the colours of printers are all shown as screens show them', async () => {
  const red = create(64, 64);
  const kinds = {
    grey: await create(64, 64, '#808080').toColourspace('b-w').png().toBuffer(),
    deep: await create(64, 64, '#808080').toColourspace('rgb16').png().toBuffer(),
    palette: await red.clone().png({ palette: true }).toBuffer(),
    printer: await red.clone().toColourspace('cmyk').jpeg().toBuffer(),
  };
  expect((await sharp(kinds.deep).metadata()).depth).toBe('ushort');
  expect((await sharp(kinds.printer).metadata()).space).toBe('cmyk');
  for (const grey of [kinds.grey, kinds.deep]) {
    for (const level of await colourOf((await prepared(grey)).jpeg)) expect(Math.abs(level - 128)).toBeLessThan(3);
  }
  for (const image of [kinds.palette, kinds.printer]) {
    const [red = 0, green = 255, blue = 255] = await colourOf((await prepared(image)).jpeg);
    expect([red > 200, green < 60, blue < 60]).toEqual([true, true, true]);
  }
});

test('the worst picture there is, pure noise, is squeezed to what one message may carry', async () => {
  const noise = { type: 'gaussian', mean: 128, sigma: 120 } as const;
  const image = sharp({ create: { width: 1_536, height: 1_536, channels: 3, background: 'grey', noise } });
  const bytes = await image.jpeg({ quality: 95 }).toBuffer();
  const { jpeg, width } = await prepared(bytes, 'high');
  expect(width).toBe(1_536);
  expect(jpeg.length).toBeLessThanOrEqual(768_000);
});

describe('what is refused', () => {
  test('a file that says it is an image and is none is told from one of another type', async () => {
    const html = Buffer.from('<!doctype html><script>alert(1)</script>');
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>');
    const tiff = await create(10, 10).tiff().toBuffer();
    for (const bytes of [html, svg, tiff, new Uint8Array()]) {
      expect(await refusal(bytes, 'image/png')).toEqual({ ok: false, reason: 'falseType' });
      expect(await refusal(bytes, 'image/svg+xml')).toEqual({ ok: false, reason: 'unsupportedType' });
      expect(await refusal(bytes)).toEqual({ ok: false, reason: 'unsupportedType' });
    }
  });

  test('whatever passed for an image: no decoder of anything else is there to be reached', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    for (const bytes of [svg, await create(10, 10).tiff().toBuffer()]) {
      await expect(sharp(bytes).metadata()).rejects.toThrow('unsupported image format');
    }
  });

  test('an image that is called by the name of another is read as what it is', async () => {
    const png = await create(10, 10).png().toBuffer();
    expect(await refusal(png, 'image/jpeg')).toMatchObject({ ok: true, width: 10 });
    expect(await refusal(png, 'text/plain')).toMatchObject({ ok: true, width: 10 });
  });

  test('a bomb of 40 million pixels in a few kilobytes', async () => {
    const picture = create(8_000, 5_000);
    for (const encoded of [picture.clone().png({ compressionLevel: 3 }), picture.clone().jpeg()]) {
      const bomb = await encoded.toBuffer();
      expect(bomb.length).toBeLessThan(1_000_000);
      expect(await refusal(bomb)).toEqual({ ok: false, reason: 'tooManyPixels' });
    }
  });

  test('24 million pixels, as phones have them, are not too many', async () => {
    expect(await prepared(await create(6_000, 4_000).jpeg().toBuffer())).toMatchObject({ width: 768, height: 512 });
  });

  test('more than 8 MB, whatever is in it', async () => {
    expect(await refusal(Buffer.alloc(8_000_001))).toEqual({ ok: false, reason: 'tooLarge' });
  });

  test('files that were cut off or in which something was overwritten are damaged, not guessed at', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 50 } as const;
    const picture = sharp({ create: { width: 300, height: 300, channels: 3, background: 'grey', noise } });
    for (const format of ['png', 'jpeg', 'webp', 'gif'] as const) {
      const whole = await picture.clone().toFormat(format).toBuffer();
      for (const share of [0.02, 0.5, 0.9]) {
        const part = whole.subarray(0, Math.round(whole.length * share));
        expect(await refusal(part), `${format} ${share}`).toEqual({ ok: false, reason: 'damaged' });
      }
    }
    const png = await picture.clone().png().toBuffer();
    png.fill(0x55, png.length >> 1, (png.length >> 1) + 200);
    expect(await refusal(png)).toEqual({ ok: false, reason: 'damaged' });
  });
});
