import { expect, test } from 'vitest';
import type { FetchAttachment, FetchFault } from '../../../src/chat/media/fetch-attachment.ts';
import type { Media } from '../../../src/chat/media/media.ts';
import { createLoadFiles, type PostedFile } from '../../../src/chat/question-files.ts';
import { TABLES } from '../../../src/i18n/locales.ts';
import { translator } from '../../../src/i18n/translate.ts';

const file = (name: string, sizeBytes = 10): PostedFile => ({ url: name, sizeBytes, contentType: 'image/png' });
const LOCALES = Object.keys(TABLES) as (keyof typeof TABLES)[];

function setUp(change: { fetch?: FetchAttachment; media?: Partial<Media> } = {}) {
  const fetched: string[] = [];
  const fetch: FetchAttachment = async (request) => {
    fetched.push(request.url);
    return change.fetch?.(request) ?? { ok: true, bytes: Buffer.from(request.url) };
  };
  const media = {
    prepareImage: async ({ bytes }: { bytes: Uint8Array }) => ({ ok: true, jpeg: bytes, width: 1, height: 1 }) as const,
    decodeVoice: async () => ({ ok: true, pcm: new Int16Array(2), durationMs: 0, cutOff: false, lost: 0 }) as const,
    ...change.media,
  };
  const load = createLoadFiles({ fetch, media });
  const signal = new AbortController().signal;
  const refusal = async (wanted: Partial<Parameters<typeof load>[0]>, locale: keyof typeof TABLES = 'en') => {
    const loaded = await load({ images: [], voice: null, resolution: 'medium', ...wanted }, signal);
    return 'refused' in loaded ? loaded.refused(translator(locale)) : null;
  };
  return { load, fetched, signal, refusal };
}

test('pictures come in the order in which they were posted', async () => {
  const { load, signal } = setUp();
  const loaded = await load({ images: [file('a'), file('b')], voice: null, resolution: 'low' }, signal);
  expect('images' in loaded && loaded.images.map(({ jpeg }) => Buffer.from(jpeg).toString())).toEqual(['a', 'b']);
});

test('what Discord says is too large is not even fetched', async () => {
  const { refusal, fetched } = setUp();
  expect(await refusal({ images: [file('a', 8_000_001)] })).toContain('up to 8 MB');
  expect(await refusal({ voice: file('a', 8_000_001) })).toContain('up to 8 MB');
  expect(fetched).toEqual([]);
});

const FETCH: readonly FetchFault[] = [
  'forbiddenHost',
  'redirected',
  'tooLarge',
  'timedOut',
  'gone',
  'unreachable',
  'aborted',
];
const IMAGE = [
  'unsupportedType',
  'falseType',
  'tooManyPixels',
  'damaged',
  'timedOut',
  'busy',
  'crashed',
  'closed',
] as const;
const VOICE = ['notOgg', 'notOpus', 'unsupported', 'tooLong', 'damaged', 'empty', 'busy', 'crashed', 'closed'] as const;

test.each(LOCALES)('whatever is wrong with a file is told in plain words, in %s', async (locale) => {
  const told: (string | null)[] = [];
  for (const reason of FETCH) {
    const { refusal } = setUp({ fetch: async () => ({ ok: false, reason }) });
    told.push(await refusal({ images: [file('a')] }, locale), await refusal({ voice: file('a') }, locale));
  }
  for (const reason of IMAGE) {
    const { refusal } = setUp({ media: { prepareImage: async () => ({ ok: false, reason }) } });
    told.push(await refusal({ images: [file('a')] }, locale));
  }
  for (const reason of VOICE) {
    const { refusal } = setUp({ media: { decodeVoice: async () => ({ ok: false, reason }) } });
    told.push(await refusal({ voice: file('a') }, locale));
  }
  for (const text of told) expect(text).toMatch(/^[^{}]{10,}$/);
});

test('one picture that cannot be looked at is enough: nobody is answered about the others', async () => {
  let calls = 0;
  const { refusal } = setUp({
    media: {
      prepareImage: async () =>
        ++calls === 2 ? { ok: false, reason: 'damaged' } : { ok: true, jpeg: new Uint8Array(), width: 1, height: 1 },
    },
  });
  expect(await refusal({ images: [file('a'), file('b'), file('c')] })).toContain('damaged');
  expect(calls).toBe(2);
});
