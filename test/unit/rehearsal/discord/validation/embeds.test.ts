import { EmbedBuilder } from 'discord.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { validateMessage } from '../../../../../src/rehearsal/discord/rest/validation/messages.ts';
import { letters, said, sent } from './said.ts';

const inChannel = { edit: false, webhook: false, files: [] };
const about = (...embeds: readonly unknown[]): readonly string[] => said(validateMessage({ embeds }, inChannel));

test('what the builder of discord.js makes is taken', () => {
  const embed = new EmbedBuilder()
    .setTitle('Parley')
    .setURL('https://example.org/')
    .setDescription('Talks')
    .setColor(0x58_65_f2)
    .setTimestamp(0)
    .setAuthor({ name: 'Ada', iconURL: 'attachment://ada.png' })
    .setFooter({ text: 'Bye', iconURL: 'https://example.org/a.png' })
    .setImage('attachment://cat.png')
    .addFields({ name: 'Voice', value: 'Aoede', inline: true });
  expect(about(sent(embed.toJSON()))).toEqual([]);
});

test.each([
  ['nothing in it', {}, ['description BASE_TYPE_REQUIRED']],
  ['a title of spaces', { title: '  ' }, ['description BASE_TYPE_REQUIRED']],
  ['only a colour', { color: 5 }, ['description BASE_TYPE_REQUIRED']],
  ['only a picture', { image: { url: 'https://example.org/a.png' } }, []],
  ['a title of 256 between spaces', { title: ` ${letters(256)} ` }, []],
  ['a title of 257', { title: letters(257) }, ['title BASE_TYPE_MAX_LENGTH']],
  ['a description of 4,097', { description: letters(4097) }, ['description BASE_TYPE_MAX_LENGTH']],
  ['a footer of 2,049', { footer: { text: letters(2049) } }, ['footer.text BASE_TYPE_MAX_LENGTH']],
  ['an author of 257', { author: { name: letters(257) } }, ['author.name BASE_TYPE_MAX_LENGTH']],
  [
    '26 fields',
    { fields: Array.from({ length: 26 }, () => ({ name: 'a', value: 'b' })) },
    ['fields BASE_TYPE_MAX_LENGTH'],
  ],
  ['a field without a name', { fields: [{ name: '', value: 'b' }] }, ['fields.0.name BASE_TYPE_REQUIRED']],
  ['a field of 1,025', { fields: [{ name: 'a', value: letters(1025) }] }, ['fields.0.value BASE_TYPE_MAX_LENGTH']],
  ['a colour beyond white', { title: 'a', color: 0x1_00_00_00 }, ['color NUMBER_TYPE_MAX']],
  ['a colour in words', { title: 'a', color: '#ffffff' }, ['color NUMBER_TYPE_COERCE']],
  ['a link without a scheme', { title: 'a', url: 'example.org' }, ['url URL_TYPE_INVALID_URL']],
  ['a link to a file of the message', { title: 'a', url: 'attachment://a.png' }, ['url URL_TYPE_INVALID_SCHEME']],
  ['a picture from a disk', { image: { url: 'file:///a.png' } }, ['image.url URL_TYPE_INVALID_SCHEME']],
  ['a time in words', { title: 'a', timestamp: 'yesterday' }, ['timestamp DATE_TIME_TYPE_PARSE']],
  ['a title that is none', { title: ['a'] }, ['title STRING_TYPE_CONVERT']],
  ['an author that is none', { title: 'a', author: 'Ada' }, ['author MODEL_TYPE_CONVERT']],
])('an embed with %s', (_, embed, expected) => {
  expect(about(embed)).toEqual(expected.map((error) => `embeds.0.${error}`));
});

test('ten embeds are the most', () => {
  const embeds = (count: number): object[] => Array.from({ length: count }, () => ({ title: 'a' }));
  expect(about(...embeds(10))).toEqual([]);
  expect(about(...embeds(11))).toEqual(['embeds BASE_TYPE_MAX_LENGTH']);
});

test('the texts of all embeds together may have 6,000 characters, however they are spread', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 1900 }),
      fc.nat({ max: 200 }),
      fc.integer({ min: -1, max: 1 }),
      (description, name, over) => {
        const first = {
          title: 'a',
          description: letters(description + 1),
          fields: [{ name: letters(name + 1), value: letters(1000) }],
        };
        const used = 1 + description + 1 + name + 1 + 1000;
        const second = {
          footer: { text: letters(2000) },
          author: { name: letters(100) },
          description: letters(6000 - used - 2100 + over),
        };
        expect(about(first, second)).toEqual(over > 0 ? ['embeds MAX_EMBED_SIZE_EXCEEDED'] : []);
      },
    ),
  );
});
