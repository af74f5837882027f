/**
 * The voices as members choose from them: by name or by character, in their own language.
 */
import { LIVE_VOICES, type LiveVoice, voiceNamed } from '../catalogue/voices.ts';
import type { MessageKey } from '../i18n/messages.ts';
import type { Translate } from '../i18n/translate.ts';
import type { Suggestion } from './define-command.ts';
import { quote } from './quote.ts';
import { closest, search } from './search.ts';

type CharacterKey = Extract<MessageKey, `voice.character.${string}`>;

/** How many voices an answer names to somebody who asked for one that is not there. */
const MOST_NAMED = 5;

/** The one word for what a voice is like. */
export function voiceCharacter(t: Translate, { character }: LiveVoice): string {
  return t(`voice.character.${character}` as CharacterKey);
}

/** `Puck · Upbeat`; a name that is in no table stands for itself. */
export function voiceLabel(t: Translate, name: string): string {
  const voice = LIVE_VOICES.find((it) => it.name === name);
  return voice === undefined ? name : `${name} · ${voiceCharacter(t, voice)}`;
}

/** The voice that is meant, by its name in any case or by the whole label; null when there is none. */
export function voiceFrom(typed: string): string | null {
  return voiceNamed(typed.split('·')[0] ?? '');
}

export function suggestVoices(t: Translate, typed: string): readonly Suggestion[] {
  const found = search(LIVE_VOICES, typed, (voice) => words(t, voice));
  return found.map(({ name }) => ({ name: voiceLabel(t, name), value: name }));
}

/** What to tell somebody who asked for a voice that is not there. */
export function unknownVoice(t: Translate, typed: string): string {
  const near = closest(LIVE_VOICES, typed, (voice) => words(t, voice), MOST_NAMED);
  const named = near.length > 0 ? near : LIVE_VOICES.slice(0, MOST_NAMED);
  const voices = named.map(({ name }) => `**${voiceLabel(t, name)}**`).join(', ');
  return t('voice.unknown', { text: quote(typed), voices, count: LIVE_VOICES.length });
}

function words(t: Translate, voice: LiveVoice): readonly string[] {
  return [voice.name, voiceCharacter(t, voice), voice.character, voiceLabel(t, voice.name)];
}
