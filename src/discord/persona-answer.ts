/**
 * The persona as a member reads it: in the message while it fits, as a file when it does not.
 */
import { MESSAGE_LENGTH, type Translate } from '../i18n/translate.ts';
import type { Aside } from './change-setting.ts';
import { permissionWords } from './permissions.ts';
import { personaFile } from './persona-form.ts';
import { plainText } from './quote.ts';

export function showPersona(t: Translate, persona: string): Aside {
  if (persona === '')
    return { text: t('persona.none', { permissions: permissionWords(t, ['ManageGuild']) }), files: [] };
  // The three brackets quote all that follows, so nothing follows.
  const quoted = `${t('persona.shown')}\n>>> ${plainText(persona)}`;
  if (quoted.length <= MESSAGE_LENGTH) return { text: quoted, files: [] };
  return { text: t('persona.attached'), files: [personaFile(persona)] };
}
