/**
 * The 30 prebuilt voices and the one word that Google gives each (reference/live-api.md §5; the text-to-speech set).
 */

export interface LiveVoice {
  readonly name: string;
  /** Google's word for its character. */
  readonly character: string;
}

const voice = (name: string, character: string): LiveVoice => ({ name, character });

/** The eight of the first Live API come first: every model that ever spoke has them. */
export const LIVE_VOICES: readonly LiveVoice[] = [
  voice('Puck', 'Upbeat'),
  voice('Charon', 'Informative'),
  voice('Kore', 'Firm'),
  voice('Fenrir', 'Excitable'),
  voice('Aoede', 'Breezy'),
  voice('Leda', 'Youthful'),
  voice('Orus', 'Firm'),
  voice('Zephyr', 'Bright'),
  voice('Callirrhoe', 'Easy-going'),
  voice('Autonoe', 'Bright'),
  voice('Enceladus', 'Breathy'),
  voice('Iapetus', 'Clear'),
  voice('Umbriel', 'Easy-going'),
  voice('Algieba', 'Smooth'),
  voice('Despina', 'Smooth'),
  voice('Erinome', 'Clear'),
  voice('Algenib', 'Gravelly'),
  voice('Rasalgethi', 'Informative'),
  voice('Laomedeia', 'Upbeat'),
  voice('Achernar', 'Soft'),
  voice('Alnilam', 'Firm'),
  voice('Schedar', 'Even'),
  voice('Gacrux', 'Mature'),
  voice('Pulcherrima', 'Forward'),
  voice('Achird', 'Friendly'),
  voice('Zubenelgenubi', 'Casual'),
  voice('Vindemiatrix', 'Gentle'),
  voice('Sadachbia', 'Lively'),
  voice('Sadaltager', 'Knowledgeable'),
  voice('Sulafat', 'Warm'),
];

/** The voice's name as the service spells it, whatever the case; null: there is no such voice. */
export function voiceNamed(name: string): string | null {
  const wanted = name.trim().toLowerCase();
  return LIVE_VOICES.find((it) => it.name.toLowerCase() === wanted)?.name ?? null;
}
