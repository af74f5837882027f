import type { errors as en } from '../en/errors.ts';

export const errors: Readonly<Record<keyof typeof en, string>> = {
  'fallback.channel': 'kanali',
  'fallback.permissions': 'Shiko kanalin, Lidhu ose Fol',
  'fallback.reset': 'në mesnatë UTC',
  'fallback.wait': 'pas disa minutash',
  'refused.setup': 'nuk thotë cilin. Të lutem, njofto atë që më drejton; fjalët e tij janë në regjistër.',
  'refused.voice': 'zërin. Zgjidh një tjetër me `/voice`.',
  'refused.language': 'gjuhën. Zgjidh një tjetër me `/language`.',
  'refused.persona': 'personazhin. Ndryshoje me `/persona set`.',
  'refused.tools': 'një nga mjetet. Çaktivizo me `/tools disable` atë që u aktivizua e fundit.',
  'refused.location': 'nuk ofrohet në vendin ku punoj. Të lutem, njofto atë që më drejton.',
  'refused.option': '`{option}` në skedarin e `LIVE_OPTIONS`. Të lutem, njofto atë që më drejton.',
  'error.CONFIG_INVALID': 'Cilësimet e mia janë të gabuara. Kush më drejton duhet t’i ndreqë.',
  'error.DISCORD_TOKEN_REFUSED': 'Discord-i e refuzon tokenin tim. Kush më drejton duhet të vendosë një të ri.',
  'error.DISCORD_INTENT_REFUSED':
    'Discord-i ma refuzon një intent. Kush më drejton duhet ta aktivizojë në Developer Portal.',
  'error.DISCORD_UNREACHABLE': 'Tani nuk e arrij dot Discord-in. Provo sërish pas një minute.',
  'error.STORE_UNUSABLE': 'Baza ime e të dhënave nuk mund të përdoret. Kush më drejton duhet ta shohë.',
  'error.STORE_WRITE_FAILED': 'Kjo nuk u ruajt dot dhe asgjë nuk ndryshoi. Provo sërish pas një minute.',
  'error.GUILD_NOT_ALLOWED': 'Nuk lejohem të përdorem në këtë server. E vendos kush më drejton; kërkoji ta shtojë.',
  'error.MEMBER_IN_NO_CHANNEL':
    'Nuk je në asnjë kanal zanor. Hyr në një më parë, ose shkruaje cilin: `/join channel:`.',
  'error.MEMBER_MAY_NOT_MOVE':
    'Po flas me të tjerë në {channel}. Vetëm dikush me lejen «Zhvendos anëtarë» mund të më thërrasë gjetkë.',
  'error.MEMBER_MAY_NOT_STEER': 'Këtë mund ta bëjë vetëm kush është në {channel} ose ka lejen {permissions}.',
  'error.MEMBER_LACKS_PERMISSION': 'Për këtë të mungon leja {permissions}.',
  'error.ROOM_NONE': 'Nuk jam në asnjë kanal.',
  'error.ROOM_LIMIT': 'Jam në aq kanale zanore sa mund të jem njëkohësisht. Provo më vonë.',
  'error.MINUTES_LIMIT': 'Koha e bisedës së këtij serveri për sot mbaroi. Fillon sërish {reset}.',
  'error.TOKENS_LIMIT': 'Kufiri i tokenëve të këtij serveri për sot u arrit. Fillon sërish {reset}.',
  'error.SHUTTING_DOWN': 'Po rinisem. Provo sërish pas një minute.',
  'error.ROOM_THREAD_LOST': 'Një pjesë e imja u rrëzua. Po kthehem vetë; nëse jo, përdor `/join`.',
  'error.ROOM_THREAD_REPEATEDLY_LOST':
    'Një pjesë e imja u rrëzua disa herë këtu, prandaj ndalova. Provo `/join` pas disa minutash dhe njofto atë që më drejton.',
  'error.VOICE_PERMISSION_MISSING':
    'Nuk mund të flas në {channel}: më mungon {permissions}. Ma jep te cilësimet e kanalit dhe provo sërish.',
  'error.VOICE_CHANNEL_FULL': '{channel} është plot. Lironi një vend ose më jepni lejen «Zhvendos anëtarë».',
  'error.VOICE_CHANNEL_UNSUPPORTED': 'Mund të flas vetëm në kanale zanore dhe skena.',
  'error.VOICE_JOIN_TIMEOUT': 'Lidhja me kanalin zanor zgjati shumë, prandaj ndalova. Provo sërish.',
  'error.VOICE_GATEWAY_BUDGET':
    'Kanali zanor dështonte vazhdimisht; ndalova para se të më bllokojë Discord-i. Provo sërish pas një minute.',
  'error.VOICE_GATEWAY_DOWN': 'Humba lidhjen me Discord-in. Provo sërish pas një minute.',
  'error.VOICE_KICKED': 'Moderatorët më shkëputën. Më thirr sërish me `/join`.',
  'error.VOICE_CALL_TERMINATED':
    'Discord-i e mbylli bisedën, ose kanali nuk ekziston më. Përdor `/join` për të nisur nga e para.',
  'error.VOICE_RATE_LIMITED': 'Discord-i më kërkon të ngadalësoj. Provo sërish pas një ose dy minutash.',
  'error.VOICE_ENCRYPTION_REQUIRED':
    'Kjo bisedë kërkon enkriptim nga skaji në skaj dhe nuk e vendosa dot. Të lutem, njofto atë që më drejton.',
  'error.VOICE_ENCRYPTION_FAILED':
    'Enkriptimi nga skaji në skaj i bisedës u prish dhe nuk u riparua dot. Provo sërish me `/join`.',
  'error.VOICE_REJECTED': 'Serveri zanor i Discord-it më refuzoi. Të lutem, njofto atë që më drejton.',
  'error.VOICE_LOST': 'Humba lidhjen me kanalin zanor dhe nuk e riktheva dot. Provo sërish me `/join`.',
  'error.LIVE_KEY_REFUSED':
    'Google e refuzon çelësin tim të Gemini-t. Kush më drejton duhet të vendosë një të vlefshëm: `GEMINI_API_KEY`.',
  'error.LIVE_MODEL_REFUSED':
    'Google nuk e ofron modelin e zgjedhur të Gemini-t. Kush më drejton duhet të zgjedhë një tjetër: `GEMINI_MODEL`.',
  'error.LIVE_SETUP_REFUSED': 'Gemini nuk i pranon cilësimet e mia për bisedë: {setting}',
  'error.LIVE_CONNECT_TIMEOUT': 'Gemini nuk përgjigjet. Provo sërish pas një minute.',
  'error.LIVE_UNREACHABLE': 'Tani nuk e arrij dot Gemini-n. Provo sërish {wait}.',
  'error.LIVE_QUOTA':
    'Kuota e çelësit tim të Gemini-t mbaroi. Mund të ketë sërish {wait}; kush më drejton mund ta rrisë.',
  'error.LIVE_LOST': 'Humba lidhjen me Gemini-n dhe nuk e riktheva dot. Provo sërish me `/join`.',
  'error.INTERNAL': 'Diçka shkoi keq nga ana ime. Provo sërish; nëse përsëritet, njofto atë që më drejton.',
};
