import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FileFacts } from '../../../../../src/rehearsal/discord/rest/validation/message-terms.ts';
import { validateMessage } from '../../../../../src/rehearsal/discord/rest/validation/messages.ts';
import { said } from './said.ts';

const recording: FileFacts = { index: 0, name: 'voice-message.ogg', contentType: 'audio/ogg', size: 1000 };
const waveform = (bytes: number): string => Buffer.alloc(bytes, 128).toString('base64');
const attachment = { id: '0', duration_secs: 1.5, waveform: waveform(15) };

const about = (body: object, files: readonly FileFacts[] = [recording]): readonly string[] =>
  said(validateMessage({ flags: 8192, attachments: [attachment], ...body }, { edit: false, webhook: false, files }));

test.each([
  ['nothing else', {}, []],
  ['no notification', { flags: 8192 | 4096 }, []],
  ['a text', { content: 'Listen' }, ['50159']],
  ['an empty text', { content: '' }, []],
  ['an embed', { embeds: [{ title: 'a' }] }, ['50159']],
  ['a row', { components: [{ type: 1, components: [{ type: 2, style: 1, label: 'a', custom_id: 'a' }] }] }, ['50159']],
  ['a poll', { poll: { question: { text: 'a' }, answers: [{ poll_media: { text: 'b' } }] } }, ['50159']],
  ['no description of the file', { attachments: undefined }, ['50161']],
  ['no length', { attachments: [{ ...attachment, duration_secs: undefined }] }, ['50161']],
  ['no waveform', { attachments: [{ ...attachment, waveform: undefined }] }, ['50161']],
  [
    'a waveform that is not base64',
    { attachments: [{ ...attachment, waveform: '~~~' }] },
    ['attachments.0 ATTACHMENT_METADATA_INVALID'],
  ],
  [
    'a negative length',
    { attachments: [{ ...attachment, duration_secs: -1 }] },
    ['attachments.0.duration_secs NUMBER_TYPE_MIN'],
  ],
])('a recording with %s', (_, body, expected) => {
  expect(about(body)).toEqual(expected);
});

test.each([
  ['nothing', [], ['50160', 'attachments.0 ATTACHMENT_NOT_FOUND']],
  ['two recordings', [recording, { ...recording, index: 1 }], ['50160']],
  ['a picture', [{ ...recording, contentType: 'image/png' }], ['50160']],
  ['Ogg of no kind', [{ ...recording, contentType: 'application/ogg' }], ['50160']],
  ['Ogg with its codec', [{ ...recording, contentType: 'audio/ogg; codecs=opus' }], []],
])('a voice message of %s', (_, files, allowed) => {
  const [error] = about({}, files);
  if (allowed.length === 0) expect(error).toBeUndefined();
  else expect(allowed).toContain(error);
});

test('a waveform has 256 points at most', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 290 }), (bytes) => {
      const errors = about({ attachments: [{ ...attachment, waveform: waveform(bytes) }] });
      expect(errors).toEqual(bytes > 256 ? ['attachments.0 ATTACHMENT_METADATA_INVALID'] : []);
    }),
  );
});

test('a voice message cannot be edited', () => {
  const context = { edit: true, webhook: false, files: [], had: { flags: 8192 } };
  expect(said(validateMessage({ content: 'Hello' }, context))).toEqual(['50162']);
});

test('a follow-up is no voice message', () => {
  const context = { edit: false, webhook: true, files: [recording] };
  expect(said(validateMessage({ flags: 8192, attachments: [attachment] }, context))).toEqual([
    'flags MESSAGE_FLAGS_INVALID',
  ]);
});
