import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MessageContext } from '../../../../../src/rehearsal/discord/rest/validation/message-terms.ts';
import { validateMessage } from '../../../../../src/rehearsal/discord/rest/validation/messages.ts';
import { letters, said } from './said.ts';

const inChannel: MessageContext = { edit: false, webhook: false, files: [] };
const followUp: MessageContext = { ...inChannel, webhook: true };
const id = '123456789012345678';
const picture = { index: 0, name: 'cat.png', contentType: 'image/png', size: 1000 };

const about = (body: unknown, context = inChannel): readonly string[] => said(validateMessage(body, context));
const aboutText = (body: object, context = inChannel): readonly string[] =>
  about({ content: 'Hello', ...body }, context);

test.each([
  ['2,000 characters, of two units each', { content: '🎙'.repeat(2000) }, []],
  ['2,001 characters', { content: letters(2001) }, ['content BASE_TYPE_MAX_LENGTH']],
  ['nothing', {}, ['50006']],
  ['no body', undefined, ['50006']],
  ['an empty text', { content: '' }, ['50006']],
  ['spaces', { content: ' \n ' }, ['50006']],
  ['a text that is none', { content: { text: 'Hello' } }, ['content STRING_TYPE_CONVERT']],
  ['an empty list of everything', { content: '', embeds: [], components: [], attachments: [] }, ['50006']],
  ['an embed', { embeds: [{ title: 'Hello' }] }, []],
  ['a body that is a list', [], ['MODEL_TYPE_CONVERT']],
  ['speech', { content: 'Hello', tts: true }, []],
  ['speech in words', { content: 'Hello', tts: 'yes' }, ['tts BOOLEAN_TYPE_CONVERT']],
  ['unknown fields', { content: 'Hello', colour: 'red' }, []],
])('a message of %s', (_, body, expected) => {
  expect(about(body)).toEqual(expected);
});

test('a file alone is a message', () => {
  expect(about(undefined, { ...inChannel, files: [picture] })).toEqual([]);
});

test.each([
  ['no more than ten files', Array.from({ length: 11 }, (_, index) => ({ ...picture, index })), ['30015']],
  ['no file above 10 MiB', [{ ...picture, size: 10 * 2 ** 20 + 1 }], ['40005']],
  ['a file of 10 MiB', [{ ...picture, size: 10 * 2 ** 20 }], []],
])('a message takes %s', (_, files, expected) => {
  expect(aboutText({}, { ...inChannel, files })).toEqual(expected);
});

describe('allowed mentions', () => {
  test.each([
    ['nobody', { parse: [] }, []],
    ['kinds', { parse: ['users', 'roles', 'everyone'], replied_user: true }, []],
    ['ids', { users: [id], roles: [id] }, []],
    ['everyone and some members', { parse: ['everyone'], users: [id] }, []],
    ['all members and some of them', { parse: ['users'], users: [id] }, [' MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE']],
    ['all roles and some of them', { parse: ['roles'], roles: [id] }, [' MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE']],
    ['all members and an empty list', { parse: ['users'], users: [] }, []],
    ['an unknown kind', { parse: ['here'] }, ['.parse.0 BASE_TYPE_CHOICES']],
    ['a kind twice', { parse: ['users', 'users'] }, ['.parse.1 SET_TYPE_ALREADY_CONTAINS_VALUE']],
    ['a name for an id', { users: ['Ada'] }, ['.users.0 NUMBER_TYPE_COERCE']],
    ['101 members', { users: Array.from({ length: 101 }, (_, index) => `${index}`) }, ['.users BASE_TYPE_MAX_LENGTH']],
    ['a word for the reply', { replied_user: 'no' }, ['.replied_user BOOLEAN_TYPE_CONVERT']],
    ['a list', [], [' MODEL_TYPE_CONVERT']],
  ])('of %s', (_, mentions, expected) => {
    expect(aboutText({ allowed_mentions: mentions })).toEqual(expected.map((error) => `allowed_mentions${error}`));
  });
});

describe('flags', () => {
  test.each([
    ['no embeds, quietly', 4 | 4096, inChannel, []],
    ['digits in a string', '4', inChannel, []],
    ['a private message in a channel', 64, inChannel, ['flags MESSAGE_FLAGS_INVALID']],
    ['a private follow-up', 64, followUp, []],
    ['Discord’s own mark of a deferred answer', 128, followUp, ['flags MESSAGE_FLAGS_INVALID']],
    ['a voice message through a webhook', 8192, followUp, ['flags MESSAGE_FLAGS_INVALID']],
    ['words', 'Ephemeral', inChannel, ['flags NUMBER_TYPE_COERCE']],
    ['a bit nobody knows', 1 << 30, inChannel, ['flags MESSAGE_FLAGS_INVALID']],
    ['more than a word of bits', 2 ** 40, inChannel, ['flags NUMBER_TYPE_MAX']],
  ])('of %s', (_, flags, context, expected) => {
    expect(aboutText({ flags }, context)).toEqual(expected);
  });

  test('that an edit cannot change are passed over', () => {
    expect(aboutText({ flags: 64 | 128 }, { ...followUp, edit: true, had: { flags: 64 } })).toEqual([]);
  });
});

describe('attachments', () => {
  const withPicture = { ...inChannel, files: [picture] };
  test.each([
    ['the file that came', [{ id: '0', description: 'A cat' }], withPicture, []],
    ['the file by a number', [{ id: 0 }], withPicture, []],
    ['a file that did not come', [{ id: '1' }], withPicture, ['0 ATTACHMENT_NOT_FOUND']],
    ['no id', [{ description: 'A cat' }], withPicture, ['0.id BASE_TYPE_REQUIRED']],
    ['a name of one letter', [{ id: '0', filename: 'c' }], withPicture, []],
    ['an empty name', [{ id: '0', filename: '' }], withPicture, ['0.filename BASE_TYPE_BAD_LENGTH']],
    ['too many words', [{ id: '0', description: letters(1025) }], withPicture, ['0.description BASE_TYPE_MAX_LENGTH']],
    ['an id of Discord’s in a new message', [{ id }], withPicture, ['0 ATTACHMENT_NOT_FOUND']],
    ['an id of Discord’s in an edit', [{ id }, { id: '0' }], { ...withPicture, edit: true }, []],
    ['a file that did not come, in an edit', [{ id: '3' }], { ...withPicture, edit: true }, ['0 ATTACHMENT_NOT_FOUND']],
    ['no object', ['0'], withPicture, ['0 MODEL_TYPE_CONVERT']],
  ])('of %s', (_, attachments, context, expected) => {
    expect(aboutText({ attachments }, context)).toEqual(expected.map((error) => `attachments.${error}`));
  });
});

test.each([
  ['a reply', { message_reference: { message_id: id, fail_if_not_exists: false } }, []],
  [
    'a reply to nothing',
    { message_reference: { channel_id: id } },
    ['message_reference.message_id BASE_TYPE_REQUIRED'],
  ],
  [
    'a reply to a word',
    { message_reference: { message_id: 'last' } },
    ['message_reference.message_id NUMBER_TYPE_COERCE'],
  ],
  [
    'an id of 65 bits',
    { message_reference: { message_id: String(2n ** 64n) } },
    ['message_reference.message_id NUMBER_TYPE_MAX'],
  ],
  ['a forward with words', { message_reference: { type: 1, message_id: id, channel_id: id } }, ['160011']],
  [
    'a forward without its channel',
    { message_reference: { type: 1, message_id: id } },
    ['message_reference.channel_id BASE_TYPE_REQUIRED'],
  ],
  [
    'an unknown reference',
    { message_reference: { type: 2, message_id: id } },
    ['message_reference.type BASE_TYPE_CHOICES'],
  ],
  ['a nonce of 25', { nonce: letters(25), enforce_nonce: true }, []],
  ['a nonce of 26', { nonce: letters(26) }, ['nonce NONCE_TYPE_TOO_LONG']],
  ['a nonce that is a number', { nonce: 5 }, []],
  ['a nonce that is neither', { nonce: true }, ['nonce NONCE_TYPE_INVALID_TYPE']],
  ['four stickers', { sticker_ids: ['1', '2', '3', '4'] }, ['sticker_ids BASE_TYPE_MAX_LENGTH']],
])('a message with %s', (_, body, expected) => {
  expect(aboutText(body)).toEqual(expected);
});

test('a forward needs nothing else', () => {
  expect(about({ message_reference: { type: 1, message_id: id, channel_id: id } })).toEqual([]);
});

describe('a poll', () => {
  const answer = (text: string): object => ({ poll_media: { text } });
  const poll = { question: { text: 'Tea?' }, answers: [answer('Yes'), answer('No')] };
  test.each([
    ['two answers', {}, []],
    ['everything', { duration: 768, allow_multiselect: true, layout_type: 1 }, []],
    ['no question', { question: undefined }, ['question BASE_TYPE_REQUIRED']],
    ['no list of answers', { answers: undefined }, ['answers BASE_TYPE_REQUIRED']],
    ['a question of 301', { question: { text: letters(301) } }, ['question.text BASE_TYPE_BAD_LENGTH']],
    ['no answers', { answers: [] }, ['answers BASE_TYPE_BAD_LENGTH']],
    ['eleven answers', { answers: Array.from({ length: 11 }, () => answer('Yes')) }, ['answers BASE_TYPE_BAD_LENGTH']],
    ['an answer of 56', { answers: [answer(letters(56))] }, ['answers.0.poll_media.text BASE_TYPE_BAD_LENGTH']],
    ['an answer without media', { answers: [{ text: 'Yes' }] }, ['answers.0.poll_media BASE_TYPE_REQUIRED']],
    ['an emoji', { answers: [{ poll_media: { text: 'Tea', emoji: { name: '🍵' } } }] }, []],
    [
      'a word for an emoji',
      { answers: [{ poll_media: { text: 'Tea', emoji: { name: 'tea' } } }] },
      ['answers.0.poll_media.emoji.name COMPONENT_INVALID_EMOJI'],
    ],
    ['33 days', { duration: 769 }, ['duration NUMBER_TYPE_MAX']],
    ['no time', { duration: 0 }, ['duration NUMBER_TYPE_MIN']],
    ['another layout', { layout_type: 2 }, ['layout_type BASE_TYPE_CHOICES']],
  ])('with %s', (_, part, expected) => {
    expect(about({ poll: { ...poll, ...part } })).toEqual(expected.map((error) => `poll.${error}`));
  });
});

test('the route of edits in channels does not know polls', () => {
  const edit = { ...inChannel, edit: true };
  expect(about({ poll: {} }, edit)).toEqual([]);
  expect(about({ poll: {} }, { ...edit, webhook: true })).toContain('poll.question BASE_TYPE_REQUIRED');
});

describe('an edit', () => {
  const edit = { ...followUp, edit: true };
  test.each([
    ['of nothing', {}, {}, []],
    [
      'that takes the text away from an embed',
      { content: null },
      { had: { flags: 0, content: 'Hello', embeds: [{}] } },
      [],
    ],
    [
      'that leaves nothing',
      { content: '' },
      { had: { flags: 0, content: 'Hello', embeds: [], components: [], attachments: [], poll: null } },
      ['50006'],
    ],
    ['that leaves something unknown', { content: '' }, { had: { flags: 0 } }, []],
    ['of an answer that was only deferred', {}, { had: { flags: 128 } }, ['50006']],
    ['that fills a deferred answer', { content: 'Hello' }, { had: { flags: 128 } }, []],
  ])('%s', (_, body, part, expected) => {
    expect(about(body, { ...edit, ...part })).toEqual(expected);
  });
});

test('any JSON is answered, never thrown at', () => {
  const field = fc.constantFrom(
    'content',
    'embeds',
    'components',
    'flags',
    'poll',
    'attachments',
    'allowed_mentions',
    'nonce',
  );
  fc.assert(
    fc.property(fc.jsonValue(), field, fc.jsonValue(), fc.boolean(), (body, key, value, edit) => {
      for (const webhook of [false, true]) {
        about(body, { edit, webhook, files: [picture] });
        about({ [key]: value }, { edit, webhook, files: [], had: { flags: 32768 } });
        about({ flags: 32768, [key]: value }, { edit, webhook, files: [] });
      }
    }),
  );
});
