import type { panel as en } from '../en/panel.ts';

export const panel: Readonly<Record<keyof typeof en, string>> = {
  'panel.listening': '🎙️ **Parley hört in {channel} zu.**',
  'panel.recovering':
    '🔄 **Parley verbindet sich in {channel} neu.** Bis ich wieder da bin, bekommt ihr keine Antwort.',
  'panel.muted':
    '🔇 **Parley hört in {channel} zu**, aber die Moderation hat mich stummgeschaltet: Niemand hört meine Antworten.',
  'panel.deafened': '🙉 **Parley hört in {channel} niemanden**: Die Moderation hat mir den Ton abgestellt.',
  'panel.inAudience':
    '🖐️ **Parley hört in {channel} zu**, aber niemand hört meine Antworten, bis mich die Moderation sprechen lässt.',
  'panel.over': '⏹️ **Parley hört nicht mehr zu.** Dieses Gespräch ist zu Ende. Mit `/join` komme ich wieder.',
  'panel.moved': '⏹️ **Parley hört hier nicht mehr zu.** Ich bin jetzt in {channel}.',
  'panel.consent':
    'Alle, die hier sprechen, werden gehört. Was ihr sagt, entschlüssele ich und sende es an Googles Gemini Live API, deren Antworten ich spreche. Ich speichere keinen Ton.\n' +
    'Du willst nicht gehört werden? Nimm `/privacy opt-out`, schalte dein Mikrofon stumm oder verlasse den Kanal. Wer im Kanal ist, kann mich mit `/leave` wegschicken.',
  'panel.heard': '**Gehört werden:** {people}',
  'panel.heardMore': '**Gehört werden:** {people} und {count} weitere',
  'panel.heardNobody': 'Hier ist niemand, den ich hören könnte.',
  'panel.unheard': '-# Nicht gehört: {count} (andere Bots und wer `/privacy opt-out` gewählt hat)',
  'panel.voices': '-# Meine Stimme; alle {count} gibt es mit `/voice`:',
  'panel.voice': 'Stimme',
  'panel.stop': 'Stopp',
  'panel.leave': 'Verlassen',
  'panel.old': 'Das sind die Knöpfe eines Gesprächs, das zu Ende ist. Ich bin jetzt in {channel}, dort gibt es neue.',
};
