import { expect, test } from 'vitest';
import type { ComponentContext } from '../../../src/discord/define-component.ts';
import { showPersona } from '../../../src/discord/persona-answer.ts';
import { PERSONA_LENGTH, personaForm, personaSubmit } from '../../../src/discord/persona-form.ts';
import { type Locale, TABLES } from '../../../src/i18n/locales.ts';
import { translator } from '../../../src/i18n/translate.ts';
import { validateModal } from '../../../src/rehearsal/discord/rest/validation/modals.ts';

const LOCALES = Object.keys(TABLES) as Locale[];
const t = translator('en');

test.each(LOCALES)('the form is one that Discord takes, in %s, empty or full', (locale) => {
  for (const persona of ['', 'You are a pirate.', '🙂'.repeat(PERSONA_LENGTH / 2)]) {
    const form: unknown = JSON.parse(JSON.stringify(personaForm(translator(locale), persona)));
    expect(validateModal(form)).toBeNull();
  }
});

test('the form’s custom id tells one persona from another, and the same one after a restart', () => {
  const idOf = (persona: string) => personaForm(t, persona).data.custom_id;
  expect(idOf('a')).toBe(idOf('a'));
  expect(new Set(['a', 'b', '', 'A'].map(idOf)).size).toBe(4);
});

test('more than any client of Discord lets through is answered with how much there may be', async () => {
  const answers: string[] = [];
  const interaction = {
    member: { permissions: { has: () => true } },
    isModalSubmit: () => true,
    fields: { getTextInputValue: () => 'x'.repeat(10_000) },
  };
  const reply = async (text: string) => void answers.push(text);
  await personaSubmit.run({ interaction, args: [''], t, reply } as unknown as ComponentContext);
  expect(answers).toEqual(['A persona may have up to 4000 characters, and this one has 10000. Nothing has changed.']);
});

test('a persona is shown in the message as long as it fits in there, escaped as it is', () => {
  expect(showPersona(t, 'x'.repeat(1900)).files).toEqual([]);
  expect(showPersona(t, 'x'.repeat(2000)).files).toHaveLength(1);
  expect(showPersona(t, '*'.repeat(1100)).files).toHaveLength(1);
});
