/**
 * The 30 voices of the service (live-api.md §5), and which synthetic voice stands in for each.
 */
import type { Voice } from '../speech/voices.ts';

/** A different voice name may sound the same: there are 30 names and nine synthetic voices. The names spoken first are the most used ones. */
const STAND_INS: Readonly<Record<string, Voice>> = {
  Kore: 'slt',
  Puck: 'rms',
  Charon: 'rms-deep',
  Fenrir: 'awb',
  Aoede: 'slt-high',
  Leda: 'slt-young',
  Orus: 'kal16',
  Zephyr: 'awb-light',
  Callirrhoe: 'slt-young',
  Autonoe: 'slt-high',
  Enceladus: 'rms-deep',
  Iapetus: 'kal16-high',
  Umbriel: 'awb',
  Algieba: 'rms',
  Despina: 'slt',
  Erinome: 'slt-young',
  Algenib: 'kal16',
  Rasalgethi: 'awb-light',
  Laomedeia: 'slt-high',
  Achernar: 'slt-young',
  Alnilam: 'kal16-high',
  Schedar: 'rms',
  Gacrux: 'slt',
  Pulcherrima: 'slt-high',
  Achird: 'kal16-high',
  Zubenelgenubi: 'awb',
  Vindemiatrix: 'slt',
  Sadachbia: 'awb-light',
  Sadaltager: 'rms-deep',
  Sulafat: 'slt-young',
};

/** What the service speaks in when setup names no voice. */
export const DEFAULT_VOICE = 'Puck';

/** The synthetic voice for a Live voice name, or null when the service has no such voice. Names are taken in any case. */
export function standInFor(voiceName: string): Voice | null {
  const wanted = voiceName.toLowerCase();
  for (const [name, voice] of Object.entries(STAND_INS)) if (name.toLowerCase() === wanted) return voice;
  return null;
}
