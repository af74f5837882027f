import type { privacy as en } from '../en/privacy.ts';

export const privacy: Readonly<Record<keyof typeof en, string>> = {
  'command.privacy.name': 'privatësia',
  'command.privacy.description': 'Çfarë dëgjon, dërgon dhe ruan Parley, dhe si të mos dëgjohesh',
  'command.privacy.show.name': 'shfaq',
  'command.privacy.show.description': 'Çfarë dëgjohet, dërgohet e ruhet, dhe a po dëgjohesh tani',
  'command.privacy.opt-out.name': 'mos-më-dëgjo',
  'command.privacy.opt-out.description': 'Parley nuk të dëgjon më, në asnjë server',
  'command.privacy.opt-in.name': 'më-dëgjo',
  'command.privacy.opt-in.description': 'Parley të dëgjon sërish',
  'privacy.you.optedOut':
    '**Nuk dëgjohesh**, në asnjë server: kështu e ke zgjedhur. `/privacy opt-in` e kthen mbrapsht.',
  'privacy.you.heard': '**Tani po dëgjohesh**, në {channel}, sa herë që flet.',
  'privacy.you.muted':
    '**Tani nuk dëgjohesh**, sepse e ke mikrofonin të mbyllur. Në {channel} të dëgjoj kur e ke të hapur.',
  'privacy.you.soon': '**Tani nuk dëgjohesh.** Jam rrugës për në {channel}, dhe atje do të të dëgjoj.',
  'privacy.you.elsewhere': '**Tani nuk dëgjohesh**: nuk jam me ty në asnjë kanal zanor.',
  'privacy.heard':
    '**Dëgjoj** këdo që flet në kanalin zanor ku jam, përveç botëve dhe atyre që kanë zgjedhur të mos dëgjohen. Enkriptimi nga skaji në skaj i bisedës mbaron tek unë, sepse duhet t’ju dëgjoj.',
  'privacy.sent':
    '**Dërgoj** zërin tënd, atë që më shkruan bashkë me figurat e mesazhet zanore, dhe emrin që ke në këtë server te Gemini Live API i Google-it, që përgjigjet. Nëse lidhja këputet, Google mund ta vazhdojë bisedën deri në dy orë. Kushtet e tij: <https://ai.google.dev/gemini-api/terms>',
  'privacy.stored':
    '**Ruaj** cilësimet e këtij serveri, sa minuta dhe tokenë përdor ai në ditë, ku i kam panelet e komandimit, në cilat kanale bisedoj dhe si vazhdojnë bisedat atje, kujtesat dhe kush i ka vendosur, dhe kush ka zgjedhur të mos dëgjohet. Asnjëherë zë. Fjalitë e fundit mbeten në memorie derisa të largohem nga kanali.',
  'privacy.transcriptOff': '**Transkriptimi:** i çaktivizuar. Ajo që thuhet nuk shkruhet.',
  'privacy.transcriptOn':
    '**Transkriptimi:** i aktivizuar. Ajo që thuhet shkruhet edhe në {place} dhe ruhet për 7 ditë.',
  'privacy.kept':
    '**Sa gjatë:** përdorimin {usageDays} ditë; një kujtesë derisa ta kem thënë; gjithçka për një server deri {goneDays} ditë pasi të më heqin prej tij; zgjedhjen tënde derisa ta kthesh mbrapsht.',
  'privacy.change': '**Që të mos dëgjohesh:** `/privacy opt-out`, mbylle mikrofonin ose dil nga kanali.',
  'privacy.optedOut':
    'U bë. Nga tani nuk të dëgjoj më, në asnjë server: ajo që thua as që dekodohet. Ti vazhdon të më dëgjosh. `/privacy opt-in` e kthen mbrapsht.',
  'privacy.optedOutAlready':
    'Kështu e kishe zgjedhur tashmë: nuk të dëgjoj në asnjë server. `/privacy opt-in` e kthen mbrapsht.',
  'privacy.optOutUnsaved':
    'Kjo nuk u ruajt dot dhe asgjë nuk ndryshoi: vazhdoj të të dëgjoj. Mbylle mikrofonin ose dil nga kanali, dhe provo sërish pas një minute.',
  'privacy.optedIn': 'U bë. Nga tani të dëgjoj kur jam me ty në një kanal zanor. `/privacy opt-out` e kthen mbrapsht.',
  'privacy.optedInAlready':
    'Nuk ke zgjedhur të mos dëgjohesh: të dëgjoj kur jam me ty në një kanal zanor. `/privacy opt-out` e ndryshon këtë.',
};
