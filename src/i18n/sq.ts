import type { Messages } from './messages.ts';

export const sq: Messages = {
  'command.join.name': 'bashkohu',
  'command.join.description': 'Parley hyn në kanalin tënd zanor dhe flet me të gjithë aty',
  'command.join.channel.name': 'kanali',
  'command.join.channel.description': 'Një kanal tjetër nga ai ku je',
  'command.leave.name': 'largohu',
  'command.leave.description': 'Parley largohet nga kanali zanor',

  'dispatch.unknown': 'Këtë komandë nuk e njoh më. Rinise Discord-in për të parë ato që kam.',
  'dispatch.guildOnly': 'Unë punoj vetëm në serverë ku jam anëtar.',

  'join.connecting': 'Ende po lidhem me {channel} …',
  'join.done': 'Jam në {channel} dhe po dëgjoj.',
  'join.alreadyHere': 'Jam tashmë këtu, në {channel}.',
  'join.alreadyJoining': 'Jam tashmë rrugës për në {channel}.',
  'join.youLack': 'Nuk mund të më dërgosh në {channel}: atje të mungon {permissions}.',
  'join.noticeUnposted': 'Nuk munda të shkruaja në këtë kanal. Të lutem, njofto të gjithë aty se po dëgjohen:',
  'leave.done': 'U largova nga {channel}.',
  'leave.youMayNot': 'Vetëm dikush që është në {channel}, ose që ka lejen {permissions}, mund të më largojë.',

  'notice.consent':
    '🎙️ **Parley po dëgjon në {channel}.**\n' +
    'Dëgjohet kushdo që flet këtu. Atë që thoni e deshifroj dhe e dërgoj te Gemini Live API i Google-it, përgjigjet e të cilit i them me zë. Nuk ruaj asnjë zë.\n' +
    'Nuk do të dëgjohesh? Mbylle mikrofonin ose dil nga kanali. Kushdo në kanal mund të më largojë me `/leave`.',
  'notice.askedToSpeak': 'Kam kërkuar fjalën në këtë skenë. Derisa moderatorët të ma japin, nuk do të më dëgjoni.',
  'notice.serverMuted':
    'Moderatorët ma kanë mbyllur mikrofonin në këtë server. Vazhdoj të dëgjoj, por askush nuk i dëgjon përgjigjet e mia.',
  'notice.serverDeafened':
    'Moderatorët ma kanë hequr dëgjimin në këtë server. Nuk dëgjoj askënd derisa kjo të zhbëhet.',
  'notice.permissionLost':
    'Sapo humba një leje në {channel}: {permissions}. Ju lutem ma ktheni, përndryshe mund të hesht ose të shkëputem.',
  'notice.minutesLeft':
    'Koha e bisedës së këtij serveri për sot po mbaron. Minuta të mbetura: {minutes}. Fillon sërish {reset}.',
  'notice.tokensLeft':
    'Kufiri i tokenëve të këtij serveri për sot po mbaron. Mbeten {percent} për qind. Fillon sërish {reset}.',

  'end.alone': 'U largova nga {channel} sepse mbeta vetëm. Më thirr sërish me `/join`.',
  'end.shutdown': 'Po rinisem dhe u largova nga {channel}. Më thirr sërish me `/join` pas një minute.',
  'end.other': 'U largova nga {channel}. {why}',

  'permission.ViewChannel': 'Shiko kanalin',
  'permission.Connect': 'Lidhu',
  'permission.Speak': 'Fol',
  'permission.RequestToSpeak': 'Kërko të flasësh',
  'permission.MoveMembers': 'Zhvendos anëtarë',

  'fallback.channel': 'kanali',
  'fallback.permissions': 'Shiko kanalin, Lidhu ose Fol',
  'fallback.reset': 'në mesnatë UTC',

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
    'Google e refuzon çelësin tim të Gemini-t. Kush më drejton duhet të vendosë një të vlefshëm.',
  'error.LIVE_MODEL_REFUSED':
    'Google nuk e ofron modelin e zgjedhur të Gemini-t. Kush më drejton duhet të zgjedhë një tjetër.',
  'error.LIVE_SETUP_REFUSED': 'Gemini i refuzon cilësimet e mia për bisedë. Të lutem, njofto atë që më drejton.',
  'error.LIVE_CONNECT_TIMEOUT': 'Gemini nuk përgjigjet. Provo sërish pas një minute.',
  'error.LIVE_UNREACHABLE': 'Tani nuk e arrij dot Gemini-n. Provo sërish pas një minute.',
  'error.LIVE_QUOTA': 'Kuota e çelësit tim të Gemini-t mbaroi. Provo më vonë; kush më drejton mund ta rrisë.',
  'error.LIVE_LOST': 'Humba lidhjen me Gemini-n dhe nuk e riktheva dot. Provo sërish me `/join`.',
  'error.INTERNAL': 'Diçka shkoi keq nga ana ime. Provo sërish; nëse përsëritet, njofto atë që më drejton.',
};
