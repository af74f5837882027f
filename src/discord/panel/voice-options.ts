/**
 * The voices that a panel offers: as many as a select menu takes, the present one first.
 */
import type { APISelectMenuOption } from 'discord.js';
import { LIVE_VOICES } from '../../catalogue/voices.ts';
import type { Translate } from '../../i18n/translate.ts';
import { voiceCharacter } from '../voice-choice.ts';

/** Discord, "String Select". The rest is there through `/voice`. */
const MOST_OPTIONS = 25;

/** @param current the voice in force, which is preselected; null for none */
export function voiceOptions(t: Translate, current: string | null): APISelectMenuOption[] {
  const present = LIVE_VOICES.filter(({ name }) => name === current);
  const others = LIVE_VOICES.filter(({ name }) => name !== current);
  return [...present, ...others].slice(0, MOST_OPTIONS).map((voice) => ({
    label: voice.name,
    value: voice.name,
    description: voiceCharacter(t, voice),
    default: voice.name === current,
  }));
}
