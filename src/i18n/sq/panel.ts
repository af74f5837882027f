import type { panel as en } from '../en/panel.ts';

export const panel: Readonly<Record<keyof typeof en, string>> = {
  'panel.listening': '🎙️ **Parley po dëgjon në {channel}.**',
  'panel.recovering': '🔄 **Parley po rilidhet në {channel}.** Derisa të kthehem, nuk do të merrni përgjigje.',
  'panel.muted':
    '🔇 **Parley po dëgjon në {channel}**, por moderatorët ma kanë mbyllur mikrofonin: askush nuk i dëgjon përgjigjet e mia.',
  'panel.deafened': '🙉 **Parley nuk dëgjon askënd në {channel}**: moderatorët ma kanë hequr dëgjimin.',
  'panel.inAudience':
    '🖐️ **Parley po dëgjon në {channel}**, por askush nuk i dëgjon përgjigjet e mia derisa moderatorët të ma japin fjalën.',
  'panel.over': '⏹️ **Parley nuk dëgjon më.** Kjo bisedë ka mbaruar. Më thirr sërish me `/join`.',
  'panel.moved': '⏹️ **Parley nuk dëgjon më këtu.** Tani jam në {channel}.',
  'panel.consent':
    'Dëgjohet kushdo që flet këtu. Atë që thoni e deshifroj dhe e dërgoj te Gemini Live API i Google-it, përgjigjet e të cilit i them me zë. Nuk ruaj asnjë zë.\n' +
    'Nuk do të dëgjohesh? Përdor `/privacy opt-out`, mbylle mikrofonin ose dil nga kanali. Kushdo në kanal mund të më largojë me `/leave`.',
  'panel.heard': '**Dëgjohen:** {people}',
  'panel.heardMore': '**Dëgjohen:** {people} dhe {count} të tjerë',
  'panel.heardNobody': 'Këtu nuk ka askënd që mund ta dëgjoj.',
  'panel.unheard': '-# Nuk dëgjohen: {count} (bote të tjerë dhe kushdo që ka zgjedhur `/privacy opt-out`)',
  'panel.voices': '-# Zëri im; të {count} zërat gjenden te `/voice`:',
  'panel.voice': 'Zëri',
  'panel.stop': 'Ndalo',
  'panel.leave': 'Largohu',
  'panel.old': 'Këta butona i përkasin një bisede që ka mbaruar. Tani jam në {channel}, me butona të rinj.',
};
