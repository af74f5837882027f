import {
  ButtonBuilder,
  ButtonStyle,
  ContainerBuilder,
  FileBuilder,
  MediaGalleryBuilder,
  SectionBuilder,
  SeparatorBuilder,
  TextDisplayBuilder,
} from 'discord.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MessageContext } from '../../../../../src/rehearsal/discord/rest/validation/message-terms.ts';
import { validateMessage } from '../../../../../src/rehearsal/discord/rest/validation/messages.ts';
import { letters, said, sent } from './said.ts';

const V2 = 32768;
const files = [{ index: 0, name: 'cat.png', contentType: 'image/png', size: 1000 }];
const inChannel: MessageContext = { edit: false, webhook: false, files };
const text = { type: 10, content: 'Hello' };
const button = { type: 2, style: 2, label: 'Stop', custom_id: 'stop' };
const media = { url: 'attachment://cat.png' };

const about = (body: object, context = inChannel): readonly string[] =>
  said(validateMessage({ flags: V2, ...body }, context));
const aboutOne = (component: object): readonly string[] => about({ components: [component] });

test('a panel made with discord.js is taken', () => {
  const panel = new ContainerBuilder()
    .setAccentColor(0x58_65_f2)
    .addTextDisplayComponents(new TextDisplayBuilder().setContent('# Parley'))
    .addSeparatorComponents(new SeparatorBuilder().setDivider(true).setSpacing(2))
    .addSectionComponents(
      new SectionBuilder()
        .addTextDisplayComponents(new TextDisplayBuilder().setContent('Aoede speaks'))
        .setButtonAccessory(new ButtonBuilder().setCustomId('mute').setStyle(ButtonStyle.Danger).setLabel('Mute')),
    )
    .addMediaGalleryComponents(new MediaGalleryBuilder().addItems({ media }))
    .addFileComponents(new FileBuilder().setURL('attachment://cat.png'));
  expect(about({ components: [sent(panel.toJSON())] })).toEqual([]);
});

test.each([
  ['a text', { content: 'Hello' }, ['content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2']],
  ['an empty text', { content: '' }, ['content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2']],
  ['null for a text', { content: null, poll: null }, []],
  ['embeds', { embeds: [{ title: 'a' }] }, ['embeds MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2']],
  ['no embeds', { embeds: [] }, []],
  ['stickers', { sticker_ids: ['1'] }, ['sticker_ids MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2']],
  [
    'a poll',
    { poll: { question: { text: 'a' }, answers: [{ poll_media: { text: 'b' } }] } },
    ['poll MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2'],
  ],
])('components with %s beside them', (_, body, expected) => {
  expect(about({ components: [text], ...body })).toEqual(expected);
});

test('components are all there is, so a message without them is empty', () => {
  expect(about({})).toEqual(['50006']);
  expect(about({ components: [] })).toEqual(['50006']);
});

describe('a component', () => {
  test.each([
    ['a button without a row', button, [' UNION_TYPE_CHOICES']],
    ['a picture outside a section', { type: 11, media }, [' UNION_TYPE_CHOICES']],
    ['an empty text', { ...text, content: '' }, ['.content BASE_TYPE_BAD_LENGTH']],
    ['no text', { type: 10 }, ['.content BASE_TYPE_REQUIRED']],
    ['a black container', { type: 17, accent_color: 0, components: [text] }, []],
    ['an empty container', { type: 17, components: [] }, ['.components BASE_TYPE_BAD_LENGTH']],
    [
      'a container in a container',
      { type: 17, components: [{ type: 17, components: [text] }] },
      ['.components.0 UNION_TYPE_CHOICES'],
    ],
    ['a container of no colour', { type: 17, accent_color: -1, components: [text] }, ['.accent_color NUMBER_TYPE_MIN']],
    ['a section without an accessory', { type: 9, components: [text] }, ['.accessory BASE_TYPE_REQUIRED']],
    [
      'a section with a menu',
      { type: 9, components: [text], accessory: { type: 3 } },
      ['.accessory UNION_TYPE_CHOICES'],
    ],
    [
      'a section of four texts',
      { type: 9, components: [text, text, text, text], accessory: button },
      ['.components BASE_TYPE_BAD_LENGTH'],
    ],
    [
      'a section of a row',
      { type: 9, components: [{ type: 1, components: [button] }], accessory: { ...button, custom_id: 'a' } },
      ['.components.0 UNION_TYPE_CHOICES'],
    ],
    [
      'a section with a picture',
      { type: 9, components: [text], accessory: { type: 11, media, description: 'A cat' } },
      [],
    ],
    ['a gap of three', { type: 14, spacing: 3 }, ['.spacing BASE_TYPE_CHOICES']],
    ['an empty gallery', { type: 12, items: [] }, ['.items BASE_TYPE_BAD_LENGTH']],
    ['a gallery without pictures', { type: 12 }, ['.items BASE_TYPE_REQUIRED']],
    [
      'eleven pictures',
      { type: 12, items: Array.from({ length: 11 }, () => ({ media })) },
      ['.items BASE_TYPE_BAD_LENGTH'],
    ],
    ['a picture without an address', { type: 12, items: [{ media: {} }] }, ['.items.0.media.url BASE_TYPE_REQUIRED']],
    [
      'a picture that did not come',
      { type: 12, items: [{ media: { url: 'attachment://dog.png' } }] },
      ['.items.0.media.url UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND'],
    ],
    [
      'a file from elsewhere',
      { type: 13, file: { url: 'https://example.org/a.pdf' } },
      ['.file.url UNFURLED_MEDIA_ITEM_ATTACHMENT_REQUIRED'],
    ],
    ['a menu of modals', { type: 18, label: 'a', component: { type: 4 } }, [' UNION_TYPE_CHOICES']],
  ])('that is %s', (_, component, expected) => {
    expect(aboutOne(component)).toEqual(expected.map((error) => `components.0${error}`));
  });
});

test('a file that is given another name is shown by that name', () => {
  const attachments = [{ id: '0', filename: 'dog.png' }];
  const picture = (url: string): object => ({ attachments, components: [{ type: 12, items: [{ media: { url } }] }] });
  expect(about(picture('attachment://dog.png'))).toEqual([]);
});

test('forty components are the most, wherever they are', () => {
  const spread = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(spread, (sizes) => {
      const containers = sizes.map((size) => ({ type: 17, components: Array.from({ length: size }, () => text) }));
      const count = sizes.reduce((sum, size) => sum + size + 1, 0);
      const alone = (extra: number): object[] => Array.from({ length: Math.max(0, 40 - count) + extra }, () => text);
      if (count <= 40) expect(about({ components: [...containers, ...alone(0)] })).toEqual([]);
      expect(about({ components: [...containers, ...alone(1)] })).toContain(
        'components COMPONENT_LAYOUT_TOO_MANY_COMPONENTS',
      );
    }),
  );
});

test('the buttons in rows and the parts of sections count among the forty', () => {
  const section = (index: number): object => ({
    type: 9,
    components: [text, text, text],
    accessory: { ...button, custom_id: `b${index}` },
  });
  const sections = Array.from({ length: 8 }, (_, index) => section(index));
  expect(about({ components: sections })).toEqual([]);
  expect(about({ components: [...sections, text] })).toEqual(['components COMPONENT_LAYOUT_TOO_MANY_COMPONENTS']);
});

test('all texts together may have 4,000 characters', () => {
  const texts = (...sizes: readonly number[]): object => ({
    components: sizes.map((size) => ({ type: 10, content: letters(size) })),
  });
  expect(about(texts(4000))).toEqual([]);
  expect(about(texts(2000, 2000))).toEqual([]);
  expect(about(texts(2000, 2001))).toEqual(['components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED']);
});

test('a long text in a language of three bytes a letter makes Discord fail', () => {
  const japanese = (letters: number): object => ({ components: [{ type: 10, content: 'あ'.repeat(letters) }] });
  expect(about(japanese(3386))).toEqual([]);
  expect(about(japanese(3387))).toEqual(['0']);
});

test('one custom id is for one component, wherever it is', () => {
  const row = { type: 1, components: [button] };
  expect(about({ components: [row, { type: 17, components: [row] }] })).toEqual([
    'components.1.components.0.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
  ]);
});

describe('an edit', () => {
  const edit = { edit: true, webhook: false, files: [] };
  const wasV2 = { ...edit, had: { flags: V2 } };
  const wasText = { ...edit, had: { flags: 0, content: 'Hello', embeds: [], poll: null } };
  const legacy = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';
  test.each([
    ['keeps the flag when it names none', { flags: undefined, components: [text] }, wasV2, []],
    ['cannot take the flag away', { flags: 0 }, wasV2, ['flags MESSAGE_FLAGS_INVALID']],
    ['cannot give a text back', { flags: undefined, content: 'Hello' }, wasV2, [`content ${legacy}`]],
    ['that takes all components away leaves nothing', { flags: undefined, components: [] }, wasV2, ['50006']],
    [
      'without the flag has no components of V2',
      { flags: undefined, components: [text] },
      wasText,
      ['components.0 UNION_TYPE_CHOICES'],
    ],
    ['has to take the text away that was there', { components: [text] }, wasText, [`content ${legacy}`]],
    ['that takes the text away is taken', { content: null, components: [text] }, wasText, []],
    [
      'has to take embeds away by an empty list',
      { embeds: null, components: [text] },
      { ...edit, had: { flags: 0, content: '', embeds: [{}] } },
      [`embeds ${legacy}`],
    ],
    [
      'of a poll is in vain',
      { content: null, components: [text] },
      { ...edit, had: { flags: 0, poll: {} } },
      [`poll ${legacy}`],
    ],
    [
      'may show files that the message has',
      { components: [{ type: 13, file: { url: 'attachment://old.pdf' } }] },
      wasV2,
      [],
    ],
    [
      'of a deferred answer needs the flag',
      { flags: undefined, components: [text] },
      { ...edit, had: { flags: 128 } },
      ['components.0 UNION_TYPE_CHOICES'],
    ],
  ])('%s', (_, body, context, expected) => {
    expect(about(body, context)).toEqual(expected);
  });
});
