import type { transcript as en } from '../en/transcript.ts';

export const transcript: Readonly<Record<keyof typeof en, string>> = {
  'command.transcript.name': 'transkript',
  'command.transcript.description': 'Ajo që thuhet në kanalin zanor, e shkruar; në fillim e fikur',
  'command.transcript.on.name': 'ndiz',
  'command.transcript.on.description': 'Që tani ajo që thuhet shkruhet këtu, për të gjithë ata që e lexojnë këtë kanal',
  'command.transcript.off.name': 'fik',
  'command.transcript.off.description': 'Nuk shkruhet më asgjë',
  'command.transcript.show.name': 'shfaq',
  'command.transcript.show.description': 'Biseda më e re e 7 ditëve të fundit, si skedar',
  'command.transcript.show.summary.name': 'përmbledhje',
  'command.transcript.show.summary.description': 'Me një përmbledhje të shkurtër nga Gemini, që kërkon pak kohë',
  'transcript.on.now':
    'Transkripti është i ndezur. Ajo që thuhet në {channel} shkruhet tani në {place}, ku e lexon kushdo që mund ta shohë. `/transcript off` e mbyll.',
  'transcript.on.later':
    'Transkripti është i ndezur. Nga biseda ime e ardhshme, ajo që thuhet do të shkruhet në {place}, ku e lexon kushdo që mund ta shohë. `/transcript off` e mbyll.',
  'transcript.on.already': 'Transkripti është tashmë i ndezur, në {place}. `/transcript off` e mbyll.',
  'transcript.on.stuck':
    'Transkripti është i ndezur, por nuk mund ta shkruaj në {place}. {why} Deri atëherë ruhet vetëm për `/transcript show`.',
  'transcript.on.botLacks':
    'Nuk mund ta shkruaj transkriptin në {channel}: më mungon {permissions}. Ma jep dhe provo përsëri.',
  'transcript.on.wrongPlace':
    'Këtu nuk mund të shkruaj transkript. Përdore komandën në një kanal teksti, në një temë ose në bisedën e një kanali zanor.',
  'transcript.off.done':
    'Transkripti është i fikur. Ajo që kam ruajtur prej tij fshihet 7 ditë pasi është thënë; deri atëherë e jep `/transcript show`. Ajo që gjendet në një temë mbetet aty derisa ta fshijë dikush.',
  'transcript.off.already': 'Transkripti është tashmë i fikur.',
  'transcript.show.file':
    'Çfarë u tha në {channel} nga {from} deri më {to}, siç e kuptoi Gemini: me përafërsi, jo fjalë për fjalë.',
  'transcript.show.none':
    'Nuk ka transkript që mund ta shohësh. Ose nuk u shkrua asgjë në 7 ditët e fundit, ose ishte në një kanal ku nuk mund të hysh. Dikush me lejen {permissions} mund ta ndezë: `/transcript on`.',
  'transcript.show.summaryComing': '{file}\n\nNjë përmbledhje po vjen …',
  'transcript.show.summary':
    '{file}\n\n**Një përmbledhje, e bërë nga Gemini dhe e pakontrolluar nga askush:**\n>>> {summary}',
  'transcript.show.summaryOfEnd':
    '{file}\n\n**Një përmbledhje e fundit të saj, sepse është e gjatë; e bërë nga Gemini dhe e pakontrolluar nga askush:**\n>>> {summary}',
  'transcript.show.summaryFailed': '{file}\n\nNuk ka përmbledhje: {why}',
  'transcript.show.summaryBusy':
    '{file}\n\nNuk ka përmbledhje: pikërisht tani po kërkon një dikush tjetër. Provo përsëri pas një minute.',
  'transcript.file.head': '{channel}, nga {from} deri më {to} (UTC)',
  'transcript.file.approximate': 'Siç e kuptoi Gemini: me përafërsi, jo fjalë për fjalë.',
  'transcript.file.leftOut':
    'Fillimi është lënë jashtë, sepse ky skedar do të ishte tepër i madh. Numri i replikave që mungojnë: {count}',
  'transcript.intro':
    '📝 **Transkripti i {channel}**\nE ka ndezur {member}. Ajo që thuhet atje shkruhet këtu, siç e kupton Gemini: me përafërsi, jo fjalë për fjalë. Kush nuk do të dëgjohet, përdor `/privacy opt-out` dhe nuk shfaqet.\nUnë ruaj një kopje për 7 ditë (`/transcript show`); ajo që gjendet këtu mbetet derisa ta fshijë dikush. Me lejen {permissions}, `/transcript off` e mbyll.',
  'transcript.notice':
    '📝 **Ajo që thuhet këtu po shkruhet** në {place}, ku e lexon kushdo që mund ta shohë, dhe unë e ruaj për 7 ditë. E ka ndezur {member}. Kush nuk do të dëgjohet, përdor `/privacy opt-out`; `/transcript off` e mbyll.',
  'transcript.noticeOff': '📝 {member} e ka fikur transkriptin: nuk shkruhet më asgjë.',
  'transcript.stuck': '📝 Nuk mund ta shkruaj më transkriptin. {why}',
  'transcript.why.gone': 'Tema ose kanali është fshirë: `/transcript on` nis një të re, `/transcript off` e mbyll.',
  'transcript.why.forbidden':
    'Më mungon një leje atje: duhet ta shoh kanalin, të hap tema publike dhe të shkruaj në to.',
  'transcript.why.locked': 'Tema është e kyçur: dikush duhet ta shkyçë, ose të nisë një të re me `/transcript on`.',
  'transcript.why.threadLimit': 'Ky server ka aq tema të hapura sa mund të ketë: dikush duhet të arkivojë disa.',
  'transcript.why.refused': 'Discord e refuzon. Provo `/transcript on` në një kanal tjetër.',
  'transcript.interrupted': 'u ndërpre',
  'transcript.somebody': 'Dikush',
};
