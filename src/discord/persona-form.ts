/**
 * The form in which a guild writes who the bot is, and what becomes of what was sent with it.
 */
import { createHash } from 'node:crypto';
import { AttachmentBuilder, LabelBuilder, ModalBuilder, TextInputBuilder, TextInputStyle } from 'discord.js';
import type { Translate } from '../i18n/translate.ts';
import type { RoomSettings } from '../types/settings.ts';
import { type Aside, changeSetting, type SettingContext } from './change-setting.ts';
import type { ComponentHandler } from './define-component.ts';
import { mustManage } from './member-rights.ts';

const NAMESPACE = 'persona';
const FIELD = 'text';
/** As much as one field of a form takes (Discord, "Component Reference", Text Input). */
export const PERSONA_LENGTH = 4000;

/**
 * The form, filled with the present persona. Its custom id names that text, so that a change meanwhile is noticed: the revision
 * of the settings would not do, since it counts a change of the voice too.
 */
export function personaForm(t: Translate, persona: string): ModalBuilder {
  const input = new TextInputBuilder()
    .setCustomId(FIELD)
    .setStyle(TextInputStyle.Paragraph)
    .setPlaceholder(t('persona.form.placeholder'))
    .setMaxLength(PERSONA_LENGTH)
    .setRequired(false);
  if (persona !== '') input.setValue(persona);
  const label = new LabelBuilder()
    .setLabel(t('persona.form.label'))
    .setDescription(t('persona.form.description'))
    .setTextInputComponent(input);
  return new ModalBuilder()
    .setCustomId(`${NAMESPACE}:${fingerprint(persona)}`)
    .setTitle(t('persona.form.title'))
    .addLabelComponents(label);
}

/** Takes the form. The right to send it is asked for again: it may have been open for hours. */
export const personaSubmit: ComponentHandler = {
  namespace: NAMESPACE,
  async run(context) {
    const { interaction, args, t, reply } = context;
    mustManage(t, interaction.member);
    if (!interaction.isModalSubmit()) return;
    const persona = interaction.fields.getTextInputValue(FIELD).replaceAll('\r\n', '\n').trim();
    if (persona.length > PERSONA_LENGTH) {
      return reply(t('persona.tooLong', { most: PERSONA_LENGTH, length: persona.length }));
    }
    const { guildId, user } = interaction;
    await setPersona(context, { guildId, persona, by: user.id, written: args[0] ?? '' });
  },
};

export interface WantedPersona {
  readonly guildId: string;
  /** Empty for none. */
  readonly persona: string;
  /** Id of the member who wants it. */
  readonly by: string;
  /** Which persona the member saw while writing, from the form's custom id. */
  readonly written?: string;
}

/** @throws ParleyError `STORE_WRITE_FAILED`: nothing has changed */
export function setPersona(context: SettingContext, { guildId, persona, by, written }: WantedPersona): Promise<void> {
  const { t } = context;
  const member = `<@${by}>`;
  return changeSetting(context, {
    guildId,
    change: { persona },
    saved: t(persona === '' ? 'persona.wasReset' : 'persona.saved'),
    announce: (inRoom) => inRoom(persona === '' ? 'persona.announcedReset' : 'persona.announced', { member }),
    aside: (before) => (written === undefined || written === fingerprint(before.persona) ? null : replaced(t, before)),
  });
}

/** `persona.txt`, as it was written. */
export function personaFile(persona: string): AttachmentBuilder {
  return new AttachmentBuilder(Buffer.from(persona, 'utf8'), { name: 'persona.txt' });
}

/** So that the words of whoever was quicker are not lost. */
function replaced(t: Translate, { persona }: RoomSettings): Aside {
  if (persona === '') return { text: t('persona.replacedReset'), files: [] };
  return { text: t('persona.replaced'), files: [personaFile(persona)] };
}

/** Twelve characters that say which text it was. */
function fingerprint(persona: string): string {
  return createHash('sha256').update(persona).digest('base64url').slice(0, 12);
}
